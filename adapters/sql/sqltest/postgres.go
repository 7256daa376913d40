package sqltest

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
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

// start starts a server on a Unix socket. It ends with this process: a shell
// waits for the pipe that the process holds and then stops the server.
func start() (string, error) {
	bin, err := programs()
	if err != nil {
		return "", err
	}
	directory, err := os.MkdirTemp("", "pg")
	if err != nil {
		return "", err
	}
	as, err := unprivileged(directory)
	if err != nil {
		return "", err
	}
	data := filepath.Join(directory, "d")
	if err := run(as, filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"); err != nil {
		return "", err
	}
	options := "-h '' -k " + directory + " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
	ctl := filepath.Join(bin, "pg_ctl")
	if err := run(as, ctl, "-D", data, "-w", "-l", filepath.Join(directory, "log"), "-o", options, "start"); err != nil {
		return "", err
	}
	if err := stopWithProcess(as, ctl, directory, data); err != nil {
		return "", err
	}
	return "host=" + directory + " user=postgres dbname=postgres", nil
}

// programs finds the directory of the server's programs: Debian keeps them apart
// from the path.
func programs() (string, error) {
	if path, err := exec.LookPath("pg_ctl"); err == nil {
		if _, err := exec.LookPath("initdb"); err == nil {
			return filepath.Dir(path), nil
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pg_ctl")
	if len(found) == 0 {
		return "", fmt.Errorf("set %s, or install the PostgreSQL server", EnvDSN)
	}
	return filepath.Dir(found[len(found)-1]), nil
}

// unprivileged returns the words that start a program as the user postgres when
// this process is root, as whom the server refuses to run.
func unprivileged(directory string) ([]string, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("the server does not run as root, and there is no user postgres: %w", err)
	}
	uid, _ := strconv.Atoi(account.Uid)
	gid, _ := strconv.Atoi(account.Gid)
	if err := os.Chown(directory, uid, gid); err != nil {
		return nil, err
	}
	return []string{"setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"}, nil
}

func run(as []string, words ...string) error {
	words = append(as[:len(as):len(as)], words...)
	command := exec.Command(words[0], words[1:]...)
	command.Dir = "/"
	var output strings.Builder
	command.Stdout, command.Stderr = &output, &output
	command.WaitDelay = time.Second // the server keeps the pipes of pg_ctl open
	err := command.Run()
	if err != nil && command.ProcessState != nil && command.ProcessState.Success() {
		err = nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w: %s", strings.Join(words, " "), err, output.String())
	}
	return nil
}

// held is the end of a pipe that closes when this process ends, however it ends.
var held *os.File

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
