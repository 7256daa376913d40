// Package backup is the port of copies of a service's store.
package backup

//go:generate go tool mockgen -source=backup.go -destination=../mocks/backupmock/backup.go -package=backupmock

import (
	"context"
	"time"
)

// File is one copy of the store.
type File struct {
	// Path is the absolute path of the file.
	Path string
	// Bytes is its size.
	Bytes int64
	// SHA256 is the hash of its content in hexadecimal; empty in lists.
	SHA256 string
	// MadeAt is the instant that its name tells, in UTC, to the second.
	MadeAt time.Time
}

// Backups makes copies of a store while it is read and written, and keeps them.
// Every method fails with Storage when the disk cannot serve, with Timeout when
// ctx ended, and with Unavailable where the store has tools of its own for this;
// the message names them.
type Backups interface {
	// Make writes a copy of the last commit, named after now. The copy is whole or
	// absent. It fails with Conflict when there is one of that second.
	Make(ctx context.Context, now time.Time) (File, error)
	// List returns the copies, the latest made first.
	List(ctx context.Context) ([]File, error)
	// Keep erases all copies but the latest n, and returns those that it erased.
	Keep(ctx context.Context, n int) ([]File, error)
}
