package sqlkit

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"modernc.org/sqlite"

	"github.com/docsteward/docsteward/domain"
)

// Delays after which a failed call may be tried again.
const (
	retryBusy = time.Second
	retryAway = 5 * time.Second
	retryDisk = 30 * time.Second
)

// Translate returns err as a fault. What names the thing in the middle of a
// sentence, such as "document". Faults pass unchanged, nil stays nil.
//
// No rows become NotFound, a taken key Conflict, a broken reference NotFound, an
// ended context Timeout. A full, read-only, damaged or unreachable store becomes
// Storage with a time to come back; everything else Storage without one.
func Translate(err error, what string) error {
	if err == nil {
		return nil
	}
	var fault *domain.Fault
	if errors.As(err, &fault) {
		return err
	}
	if errors.Is(err, sql.ErrNoRows) || errors.Is(err, gorm.ErrRecordNotFound) {
		return domain.NotFound.New("There is no such " + what + ".")
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return domain.FaultOf(err)
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return liteFault(lite, what)
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pgFault(pg, what)
	}
	if unreachable(err) {
		return away(err)
	}
	return domain.Storage.Wrap(err, "The store could not serve the "+what+"; report it with the request id.")
}

// isBusy reports whether another process or connection held SQLite's lock.
func isBusy(err error) bool {
	var lite *sqlite.Error
	const busy = 5
	return errors.As(err, &lite) && lite.Code()&0xff == busy
}

// liteFault reads the extended result codes of https://www.sqlite.org/rescode.html.
func liteFault(err *sqlite.Error, what string) error {
	const (
		busy, locked, readOnly, interrupted, ioError  = 5, 6, 8, 9, 10
		corrupt, full, cannotOpen, constraint, notADB = 11, 13, 14, 19, 26
		foreignKey, primaryKey, unique, rowid, tooBig = 787, 1555, 2067, 2579, 18
	)
	switch err.Code() {
	case primaryKey, unique, rowid:
		return taken(err, what)
	case foreignKey:
		return dangling(err, what)
	}
	switch err.Code() & 0xff {
	case busy, locked:
		return domain.Storage.Wrap(err, "The store is busy; try again in a moment.").WithRetryAfter(retryBusy)
	case interrupted:
		return domain.Timeout.Wrap(err, "The operation took too long; try again, or ask for less at once.")
	case full:
		return diskFull(err)
	case readOnly:
		return readOnlyFault(err)
	case corrupt, notADB:
		return corruptFault(err)
	case ioError, cannotOpen:
		return domain.Storage.Wrap(err, "The store's file cannot be read or written; check the disk and the permissions of the data directory.").WithRetryAfter(retryDisk)
	case tooBig:
		return domain.TooLarge.Wrap(err, "The "+what+" is too large for the store.")
	case constraint:
		return domain.Conflict.Wrap(err, "The "+what+" breaks a rule of the store.")
	}
	return domain.Storage.Wrap(err, "The store could not serve the "+what+"; report it with the request id.")
}

// pgFault reads the codes of https://www.postgresql.org/docs/current/errcodes-appendix.html.
func pgFault(err *pgconn.PgError, what string) error {
	switch err.Code {
	case "23505":
		return taken(err, what)
	case "23503":
		return dangling(err, what)
	case "40001", "40P01", "55P03":
		return domain.Storage.Wrap(err, "The store is busy; try again in a moment.").WithRetryAfter(retryBusy)
	case "57014":
		return domain.Timeout.Wrap(err, "The operation took too long; try again, or ask for less at once.")
	case "53100":
		return diskFull(err)
	case "25006":
		return readOnlyFault(err)
	case "XX001", "XX002":
		return corruptFault(err)
	}
	switch class := err.Code[:min(2, len(err.Code))]; {
	case class == "23":
		return domain.Conflict.Wrap(err, "The "+what+" breaks a rule of the store.")
	case class == "08" || class == "53" || strings.HasPrefix(err.Code, "57P"):
		return away(err)
	}
	return domain.Storage.Wrap(err, "The store could not serve the "+what+"; report it with the request id.")
}

func unreachable(err error) bool {
	var network net.Error
	var connect *pgconn.ConnectError
	return errors.As(err, &network) || errors.As(err, &connect) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		strings.Contains(err.Error(), "conn closed")
}

func taken(err error, what string) error {
	return domain.Conflict.Wrap(err, "There is such a "+what+" already.")
}

func dangling(err error, what string) error {
	return domain.NotFound.Wrap(err, "The "+what+" refers to something that does not exist, or is still referred to.")
}

func diskFull(err error) error {
	return domain.Storage.Wrap(err, "The disk of the store is full; free some space and try again.").WithCode("disk_full").WithRetryAfter(retryDisk)
}

func readOnlyFault(err error) error {
	return domain.Storage.Wrap(err, "The store is read-only; make its file writable and try again.").WithCode("read_only").WithRetryAfter(retryDisk)
}

func corruptFault(err error) error {
	return domain.Storage.Wrap(err, "The store is damaged and takes no writes; restore it from a backup.").WithCode(codeCorrupt).WithRetryAfter(retryDisk)
}

func away(err error) error {
	return domain.Storage.Wrap(err, "The database cannot be reached; try again in a moment.").WithRetryAfter(retryAway)
}

// codeCorrupt marks the fault of a damaged store.
const codeCorrupt = "corrupt"

var errPanicked = domain.Internal.New("The nested unit of work ended without an answer.")
