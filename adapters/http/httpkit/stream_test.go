package httpkit_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
)

func TestAStreamSendsEventsAndItsFault(t *testing.T) {
	s := newServer(t)
	s.fail = domain.Unavailable.New("enough").WithRetryAfter(time.Second)
	answer, _ := s.do("GET", "/api/v1/ticks?to=2", "")
	body := answer.Body.String()
	for _, want := range []string{"id: 1\ndata: {\"n\":1}\n\n", "id: 2\ndata: {\"n\":2}\n\n", "event: error\ndata: {\"status\":503,\"retry_after\":\"1\",\"success\":false"} {
		if !strings.Contains(body, want) {
			t.Errorf("the stream lacks %q:\n%s", want, body)
		}
	}
}

func TestServeDrainsAndEndsStreams(t *testing.T) {
	s := newServer(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, listener, 5*time.Second) }()
	response, err := http.Get("http://" + listener.Addr().String() + "/api/v1/ticks?to=1")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	buffer := make([]byte, 8)
	if _, err := response.Body.Read(buffer); err != nil {
		t.Fatal(err)
	}
	stop()
	rest, err := io.ReadAll(response.Body)
	if err != nil || !strings.Contains(string(rest), "event: error\ndata: {\"status\":503,\"retry_after\":\"1\"") {
		t.Errorf("the reader is not told to come back: %q, %v", rest, err)
	}
	if err := <-ended; err != nil {
		t.Fatalf("the server did not end cleanly: %v", err)
	}
	if answer, err := http.Get("http://" + listener.Addr().String() + "/info"); err == nil {
		_ = answer.Body.Close()
		t.Fatal("the port is still open")
	}
}

func TestAPanicInsideAStreamIsItsLastEvent(t *testing.T) {
	s := newServer(t)
	s.panics = true
	answer, _ := s.do("GET", "/api/v1/ticks?to=1", "")
	body := answer.Body.String()
	if !strings.Contains(body, "id: 1\n") || !strings.Contains(body, "event: error\ndata: {\"status\":500") || strings.Contains(body, "secret") {
		t.Errorf("got %s", body)
	}
	if !strings.Contains(s.logs.String(), "boom with a secret") || !strings.Contains(s.logs.String(), "stream_test.go") && !strings.Contains(s.logs.String(), "server_test.go") {
		t.Errorf("the panic is not logged with its stack: %s", s.logs)
	}
}

func TestAnIdleStreamSaysThatItLives(t *testing.T) {
	s := newServer(t)
	listening := httptest.NewServer(s.Handler())
	defer listening.Close()
	defer s.Drain()
	response, err := http.Get(listening.URL + "/api/v1/ticks?to=1")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	next := func(want string) {
		t.Helper()
		for lines.Scan() {
			if lines.Text() == want {
				return
			}
		}
		t.Fatalf("the stream ended without %q", want)
	}
	next(`data: {"n":1}`)
	for range 2 {
		s.clock.AwaitTimers(1)
		s.clock.Advance(15 * time.Second)
		next(": alive")
	}
}

func TestAStreamThatCannotOpenIsAnOrdinaryFailure(t *testing.T) {
	s := newServer(t)
	answer, body := s.do("GET", "/api/v1/ticks?to=x", "")
	if answer.Code != 422 || body["error_code"] != "validation_error" {
		t.Errorf("got %d %s", answer.Code, answer.Body)
	}
}
