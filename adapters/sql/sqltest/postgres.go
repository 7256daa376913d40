package sqltest

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
)

// Environment variables that say where tests find PostgreSQL, and whether they
// may go without.
const (
	// EnvDSN names a running server on which tests may make and drop schemas.
	EnvDSN = "DOCSTEWARD_TEST_POSTGRES"
	// EnvRequire, when "1", makes a missing server a failure.
	EnvRequire = "REQUIRE_LIVE"
)

// Postgres opens an empty schema on a real server and drops it with the test.
// The server is the one of EnvDSN, or one that is started from the programs on
// this machine, once per test process. Where there is none the test is skipped,
// or fails when EnvRequire is set.
func Postgres(t testing.TB, migrations fs.FS) *sqlkit.DB {
	t.Helper()
	dsn, schema := PostgresSchema(t)
	return Open(t, sqlkit.Config{DSN: dsn, Schema: schema, Migrations: migrations})
}

var schemas atomic.Int64

// PostgresSchema returns a connection string and the name of a schema that does
// not exist yet and is dropped with the test.
func PostgresSchema(t testing.TB) (dsn, schema string) {
	t.Helper()
	dsn, err := server()
	if err != nil {
		if os.Getenv(EnvRequire) == "1" {
			t.Fatalf("no PostgreSQL for this test: %v", err)
		}
		t.Skipf("no PostgreSQL for this test: %v", err)
	}
	schema = fmt.Sprintf("test_%d_%d_%d", os.Getpid(), time.Now().UnixNano(), schemas.Add(1))
	t.Cleanup(func() { drop(t, dsn, schema) })
	return dsn, schema
}

func drop(t testing.TB, dsn, schema string) {
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Errorf("drop schema: %v", err)
		return
	}
	defer db.Close()
	if _, err := db.ExecContext(context.Background(), "DROP SCHEMA IF EXISTS "+schema+" CASCADE"); err != nil {
		t.Errorf("drop schema: %v", err)
	}
}

var server = sync.OnceValues(func() (string, error) {
	if dsn := os.Getenv(EnvDSN); dsn != "" {
		return dsn, nil
	}
	return start()
})

// start starts a server that ends with this process: a shell waits for the pipe
// that the process holds and then stops the server.
func start() (string, error) {
	s, err := initialise()
	if err != nil {
		return "", err
	}
	if err := s.run("start"); err != nil {
		return "", err
	}
	if err := stopWithProcess(s.as, s.ctl, s.directory, s.data); err != nil {
		return "", err
	}
	return s.DSN, nil
}

// held is the end of a pipe that closes when this process ends, however it ends.
var held *os.File //nolint:unused // it is held and never read

func stopWithProcess(as []string, ctl, directory, data string) error {
	read, write, err := os.Pipe()
	if err != nil {
		return err
	}
	held = write
	script := `read _; "$@" >/dev/null 2>&1; rm -rf "$0"`
	words := append(append([]string{"-c", script, directory}, as...), ctl, "-D", data, "-m", "immediate", "stop")
	command := exec.Command("sh", words...)
	command.Stdin, command.Dir = read, "/"
	if err := command.Start(); err != nil {
		return err
	}
	return read.Close()
}
