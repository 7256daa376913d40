package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// binary is the command, built once for all tests of the package.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "docsteward")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "docsteward")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return path, nil
})

// command runs docsteward with an environment of its own.
func command(t *testing.T, environment []string, args ...string) *exec.Cmd {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()}, environment...)
	return cmd
}

// run returns what a command printed and its exit code.
func run(t *testing.T, environment []string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := command(t, environment, args...)
	var out, failed bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &failed
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), failed.String(), cmd.ProcessState.ExitCode()
}

func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	return port
}

func TestPortPrintsThePortOfAService(t *testing.T) {
	for service, want := range map[string]string{"doc_store": "5087\n", "orchestrator": "5099\n", "prompt-store": "5110\n"} {
		if out, _, code := run(t, nil, "port", service); out != want || code != 0 {
			t.Errorf("%s: got %q, exit %d", service, out, code)
		}
	}
	if out, _, _ := run(t, []string{"DOC_STORE_PORT=7"}, "port", "doc_store"); out != "7\n" {
		t.Errorf("a configured port: got %q", out)
	}
	out, failed, code := run(t, nil, "port", "nope")
	if out != "" || code != 2 || strings.Count(failed, "\n") != 1 || !strings.Contains(failed, "nope") {
		t.Errorf("got %q, %q, exit %d", out, failed, code)
	}
}

func TestCheckTellsFindingsByItsExitCode(t *testing.T) {
	dir := t.TempDir()
	page := filepath.Join(dir, "a.md")
	write := func(text string) {
		if err := os.WriteFile(page, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("# A\n\n[gone](no.md)\n")
	if out, _, code := run(t, nil, "check", dir); code != 1 || !strings.Contains(out, "broken-link") {
		t.Errorf("got exit %d: %s", code, out)
	}
	if _, _, code := run(t, nil, "check", dir, "--fail-on", "critical"); code != 0 {
		t.Errorf("below --fail-on: exit %d", code)
	}
	out, _, code := run(t, nil, "check", dir, "--format", "json")
	var report struct {
		Findings []struct {
			Rule, Severity, Path, Message string
			Line, Column                  int
			Span                          struct{ Start, End int }
		}
		Summary struct{ Files int }
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil || code != 1 || len(report.Findings) != 1 || report.Findings[0].Line != 3 || report.Findings[0].Span.Start != 5 || report.Summary.Files != 1 {
		t.Errorf("got exit %d, %v, %+v", code, err, report)
	}
	write("# A\n")
	if _, _, code := run(t, nil, "check", dir); code != 0 {
		t.Errorf("a clean folder: exit %d", code)
	}
	write("# A\x00\n")
	if out, _, code := run(t, nil, "check", dir); code != 2 || !strings.Contains(out, "not checked") {
		t.Errorf("a binary file: exit %d, %s", code, out)
	}
	for _, wrong := range [][]string{{"check"}, {"check", filepath.Join(dir, "no")}, {"check", dir, "--format", "pdf"}, {"check", dir, "--disable", "no-such-rule"}, {"check", dir, "--fail-on", "loud"}} {
		if _, failed, code := run(t, nil, wrong...); code != 2 || strings.Count(failed, "\n") != 1 {
			t.Errorf("%v: exit %d, %q", wrong, code, failed)
		}
	}
}

// server is a running docsteward serve.
type server struct {
	cmd         *exec.Cmd
	base        string
	environment []string
	logs        *lockedBuffer
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func serve(t *testing.T, environment ...string) *server {
	t.Helper()
	dir, err := os.MkdirTemp("", "ds") // the path of a socket may not be long
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	port := freePort(t)
	s := &server{base: "http://127.0.0.1:" + port, logs: new(lockedBuffer)}
	s.environment = append([]string{"DOCSTEWARD_DATA=" + dir, "DOC_STORE_PORT=" + port, "SOURCE_AGENT_PORT=" + freePort(t), "ANALYSIS_SERVICE_PORT=" + freePort(t), "CODE_ANALYZER_PORT=" + freePort(t)}, environment...)
	s.cmd = command(t, s.environment, "serve")
	s.cmd.Stderr = s.logs
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.cmd.Process.Signal(os.Interrupt)
		_ = s.cmd.Wait()
	})
	s.await(t)
	return s
}

// await asks for readiness until it comes, for 20 s at most.
func (s *server) await(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for tick := time.NewTicker(10 * time.Millisecond); ; {
		if response, err := http.Get(s.base + "/ready"); err == nil {
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return
			}
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("the server is not ready:\n%s", s.logs)
		}
	}
}

func (s *server) do(t *testing.T, method, path, body string) (int, map[string]any) {
	t.Helper()
	request, err := http.NewRequest(method, s.base+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Correlation-ID", "given")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.Header.Get("X-Correlation-ID") != "given" {
		t.Errorf("%s %s: the correlation id is not echoed", method, path)
	}
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	var decoded map[string]any
	_ = json.Unmarshal(data, &decoded)
	return response.StatusCode, decoded
}

func TestTheServerAnswersAsItsDocumentSays(t *testing.T) {
	s := serve(t, "LOG_LEVEL=WARNING", "DOCSTORE_MAX_CONTENT_BYTES=1000")
	for _, path := range []string{"/health", "/ready", "/info", "/config/effective", "/openapi.json"} {
		if status, body := s.do(t, "GET", path, ""); status != 200 || body == nil {
			t.Errorf("%s: %d %v", path, status, body)
		}
	}
	cases := []struct {
		method, path, body string
		status             int
		code               string
	}{
		{"POST", "/api/v1/documents", "{", 422, "validation_error"},
		{"POST", "/api/v1/documents", `{"content":"  "}`, 422, "validation_error"},
		{"POST", "/api/v1/documents", `{"content":"` + strings.Repeat("x", 1001) + `"}`, 413, "payload_too_large"},
		{"GET", "/nope", "", 404, "route_not_found"},
		{"GET", "/api/v1/documents/none", "", 404, "not_found"},
		{"GET", "/api/v1/documents?limit=0", "", 422, "validation_error"},
		{"DELETE", "/api/v1/search", "", 405, "method_not_allowed"},
	}
	for _, c := range cases {
		status, body := s.do(t, c.method, c.path, c.body)
		if status != c.status || body["error_code"] != c.code || body["request_id"] != "given" {
			t.Errorf("%s %s: got %d %v", c.method, c.path, status, body)
		}
	}
	if status, body := s.do(t, "POST", "/api/v1/documents", `{"id":"a","content":"# Find the warden"}`); status != 200 {
		t.Fatalf("got %d %v", status, body)
	}
	out, _, code := run(t, s.environment, "search", "warden")
	if code != 0 || !strings.Contains(out, "**warden**") {
		t.Errorf("search: exit %d, %q", code, out)
	}
	out, _, code = run(t, s.environment, "api", "doc_store", "get-document", "id=a")
	if code != 0 || !strings.Contains(out, `"content": "# Find the warden"`) {
		t.Errorf("api: exit %d, %q", code, out)
	}
	if _, failed, code := run(t, s.environment, "serve"); code == 0 || strings.Count(failed, "\n") != 1 || !strings.Contains(failed, "DOC_STORE_PORT") {
		t.Errorf("a taken port: exit %d, %q", code, failed)
	}
	s.restart(t)
	s.checkLogs(t)
}

// restart restarts the document store and finds what was stored before.
func (s *server) restart(t *testing.T) {
	t.Helper()
	if _, failed, code := run(t, s.environment, "restart", "doc_store"); code != 0 {
		t.Fatalf("restart: exit %d, %q", code, failed)
	}
	s.await(t)
	if status, _ := s.do(t, "GET", "/api/v1/documents/a", ""); status != 200 {
		t.Errorf("after the restart: %d", status)
	}
	if _, _, code := run(t, s.environment, "restart", "nope"); code != 2 {
		t.Errorf("restart of an unknown service: exit %d", code)
	}
}

// checkLogs holds every line to the level, the service and the correlation id.
func (s *server) checkLogs(t *testing.T) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(s.logs.String()), "\n")
	if len(lines) < 5 {
		t.Fatalf("only %d lines were logged:\n%s", len(lines), s.logs)
	}
	for _, line := range lines {
		var entry struct {
			Level         string `json:"level"`
			Service       string `json:"service"`
			CorrelationID string `json:"correlation_id"`
		}
		if err := json.Unmarshal([]byte(line), &entry); err != nil || entry.Service == "" || entry.CorrelationID == "" || entry.Level != "WARNING" && entry.Level != "ERROR" {
			t.Errorf("a line is not as promised: %s", line)
		}
	}
}

func TestSearchWithoutAServerReadsTheDataDirectory(t *testing.T) {
	environment := []string{"DOCSTEWARD_DATA=" + t.TempDir(), "DOC_STORE_PORT=" + freePort(t), "LOG_LEVEL=ERROR"}
	if out, failed, code := run(t, environment, "search", "anything"); code != 0 || !strings.Contains(out, "0 of 0 documents") {
		t.Errorf("exit %d, %q, %q", code, out, failed)
	}
	if _, failed, code := run(t, environment, "search", "x", "--as-of", "yesterday"); code != 2 || !strings.Contains(failed, "yesterday") {
		t.Errorf("exit %d, %q", code, failed)
	}
}

func TestKeysGuardTheServer(t *testing.T) {
	s := serve(t, "AUTH_API_KEYS=reader:viewer:k1,writer:editor:k2", "AUTH_ANONYMOUS=health")
	if status, _ := s.do(t, "GET", "/health", ""); status != 200 {
		t.Errorf("health for anonymous: %d", status)
	}
	if status, body := s.do(t, "GET", "/api/v1/documents", ""); status != 401 {
		t.Errorf("a list for anonymous: %d %v", status, body)
	}
	for key, want := range map[string]int{"k1": 403, "k2": 200, "wrong": 401} {
		request, err := http.NewRequest("POST", s.base+"/api/v1/documents", strings.NewReader(`{"content":"by `+key+`"}`))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+key)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%s: got %d, want %d", key, response.StatusCode, want)
		}
	}
	if _, failed, code := run(t, []string{"SERVICE_HOST=0.0.0.0", "DOCSTEWARD_DATA=" + t.TempDir()}, "serve"); code != 2 || !strings.Contains(failed, "AUTH_API_KEYS") {
		t.Errorf("an open host without keys: exit %d, %q", code, failed)
	}
}
