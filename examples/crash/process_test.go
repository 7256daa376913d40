package crash

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// patience is how long the process may take to be ready, and its background
// work to catch up.
const patience = 60 * time.Second

// server is the command under test, which runs in one directory on one port.
type server struct {
	program, log string
	port         int
	// arguments and environment are those that it is started with.
	arguments, environment []string
	process                *exec.Cmd
}

// newServer builds the command and finds a free port for the document store.
func newServer(t *testing.T) *server {
	t.Helper()
	s := place(t, build(t, "../cli", "one"))
	s.arguments = []string{"serve", "--services", "doc_store"}
	s.environment = append(s.environment, fmt.Sprint("DOC_STORE_PORT=", s.port))
	return s
}

// built are the commands that were built in this process, by source and version.
var built struct {
	sync.Mutex
	directory string
	programs  map[string]string
}

func TestMain(m *testing.M) {
	code := m.Run()
	_ = os.RemoveAll(built.directory)
	os.Exit(code)
}

// build builds a command that tells the version, once, and returns its path.
func build(t *testing.T, source, version string) string {
	t.Helper()
	built.Lock()
	defer built.Unlock()
	if program, known := built.programs[source+version]; known {
		return program
	}
	if built.programs == nil {
		directory, err := os.MkdirTemp("", "ds")
		if err != nil {
			t.Fatal(err)
		}
		built.directory, built.programs = directory, make(map[string]string)
	}
	program := filepath.Join(built.directory, filepath.Base(source)+"-"+version)
	if output, err := exec.Command("go", "build", "-ldflags", "-s -w -X main.version="+version, "-o", program, source).CombinedOutput(); err != nil {
		t.Fatalf("build the command: %v\n%s", err, output)
	}
	built.programs[source+version] = program
	return program
}

// place gives a server a directory and a free port.
func place(t *testing.T, program string) *server {
	t.Helper()
	directory, err := os.MkdirTemp("", "ds") // the path of a socket must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(directory) })
	s := &server{program: program, log: filepath.Join(directory, "log"), environment: []string{"DOCSTEWARD_DATA=" + filepath.Join(directory, "data")}}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.port = listener.Addr().(*net.TCPAddr).Port
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if s.process != nil {
			s.kill(t)
		}
	})
	return s
}

func (s *server) url(path string) string { return fmt.Sprintf("http://127.0.0.1:%d%s", s.port, path) }

// start starts the process and does not wait for it.
func (s *server) start(t *testing.T) {
	t.Helper()
	log, err := os.Create(s.log)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	s.process = exec.Command(s.program, s.arguments...)
	s.process.Env = append(os.Environ(), s.environment...)
	s.process.Stdout, s.process.Stderr = log, log
	if err := s.process.Start(); err != nil {
		t.Fatalf("start the process: %v", err)
	}
}

// kill ends the process with SIGKILL and waits until it is gone.
func (s *server) kill(t *testing.T) {
	t.Helper()
	if err := s.process.Process.Kill(); err != nil {
		t.Fatalf("the process ended before it was killed: %v\n%s", err, s.lastLog())
	}
	_ = s.process.Wait() // it tells that it was killed
	s.process = nil
}

// awaitReady waits until the process serves.
func (s *server) awaitReady(t *testing.T) {
	t.Helper()
	ready := poll(func() bool {
		answer, err := http.Get(s.url("/ready"))
		if err != nil {
			return false
		}
		defer answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
	if !ready {
		t.Fatalf("the process was not ready within %v:\n%s", patience, s.lastLog())
	}
}

func (s *server) lastLog() string {
	content, err := os.ReadFile(s.log)
	if err != nil {
		return err.Error()
	}
	return string(content[max(0, len(content)-4000):])
}

// poll asks until the answer is yes, or patience is over.
func poll(done func() bool) bool {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
	}
	return true
}
