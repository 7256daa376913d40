package sqltest

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Server is a PostgreSQL server of one test, which may stop and start it.
type Server struct {
	// DSN is the connection string; it stays the same over a restart.
	DSN string

	directory, data, ctl string
	as                   []string
}

// StartPostgres starts a server from the programs on this machine and removes it
// with the test. The test is skipped where there are none, or fails when
// EnvRequire is set.
func StartPostgres(t testing.TB) *Server {
	t.Helper()
	s, err := initialise()
	if err != nil {
		if os.Getenv(EnvRequire) == "1" {
			t.Fatalf("no PostgreSQL server for this test: %v", err)
		}
		t.Skipf("no PostgreSQL server for this test: %v", err)
	}
	t.Cleanup(func() {
		_ = s.run("stop") // it may be stopped already
		if err := os.RemoveAll(s.directory); err != nil {
			t.Errorf("remove the server: %v", err)
		}
	})
	s.Start(t)
	return s
}

// Start starts the stopped server and waits until it takes connections.
func (s *Server) Start(t testing.TB) {
	t.Helper()
	if err := s.run("start"); err != nil {
		t.Fatalf("start the server: %v", err)
	}
}

// Stop ends the server at once, and its connections with it.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	if err := s.run("stop"); err != nil {
		t.Fatalf("stop the server: %v", err)
	}
}

// initialise makes a server on a Unix socket.
func initialise() (*Server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	directory, err := os.MkdirTemp("", "pg")
	if err != nil {
		return nil, err
	}
	as, err := unprivileged(directory)
	if err != nil {
		return nil, err
	}
	s := &Server{DSN: "host=" + directory + " user=postgres dbname=postgres", directory: directory,
		data: filepath.Join(directory, "d"), ctl: filepath.Join(bin, "pg_ctl"), as: as}
	return s, run(as, filepath.Join(bin, "initdb"), "-D", s.data, "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C")
}

// run calls pg_ctl to start or stop the server.
func (s *Server) run(what string) error {
	if what == "stop" {
		return run(s.as, s.ctl, "-D", s.data, "-w", "-m", "immediate", "stop")
	}
	options := "-h '' -k " + s.directory + " -c fsync=off -c max_connections=200"
	return run(s.as, s.ctl, "-D", s.data, "-w", "-l", filepath.Join(s.directory, "log"), "-o", options, "start")
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
