package webhook

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/tx"
	"github.com/docsteward/docsteward/ports/webcall"
)

func serve(t *testing.T, handler http.HandlerFunc) string {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

func TestPostSendsTheBytesAndTheHeaders(t *testing.T) {
	var body []byte
	var header http.Header
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ = io.ReadAll(r.Body)
		header = r.Header
		w.WriteHeader(http.StatusAccepted)
	})
	c := New(clocktest.New(), []string{"127.0.0.1"})
	sent := []byte("{\"a\": 1 ,\"ü\":\"\\u0000\"}\n")
	answer, err := c.Call(context.Background(), webcall.Request{URL: url, Headers: map[string]string{"X-One": "1"}, Body: sent, Timeout: time.Minute})
	if err != nil || answer.Status != http.StatusAccepted {
		t.Fatalf("got %+v, %v", answer, err)
	}
	if string(body) != string(sent) || header.Get("X-One") != "1" || header.Get("Content-Type") != "application/json" {
		t.Errorf("arrived %q with %v", body, header)
	}
}

func TestPrivateAddressesAreRefusedWhenDialled(t *testing.T) {
	called := false
	url := serve(t, func(http.ResponseWriter, *http.Request) { called = true })
	_, port, err := net.SplitHostPort(strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	c := New(clocktest.New(), nil)
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"} {
		_, err := c.Call(context.Background(), webcall.Request{URL: "http://" + host + ":" + port, Timeout: time.Minute})
		unsupported := host == "[::1]" && errors.Is(err, domain.Upstream) // where the machine has no IPv6
		if !errors.Is(err, domain.Rejected) && !unsupported {
			t.Errorf("%s: got %v, want Rejected", host, err)
		}
	}
	if called {
		t.Error("a private address was called")
	}
}

func TestRedirectsAreAnswersAndNotFollowed(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			t.Error("the redirect was followed")
		}
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
	})
	c := New(clocktest.New(), []string{"127.0.0.1"})
	answer, err := c.Call(context.Background(), webcall.Request{URL: url, Timeout: time.Minute})
	if err != nil || answer.Status != http.StatusFound {
		t.Errorf("got %+v, %v", answer, err)
	}
}

func TestFailuresAreToldApart(t *testing.T) {
	stop := make(chan struct{})
	slow := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-stop:
		}
	})
	defer close(stop)
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	c := New(clocktest.New(), []string{"127.0.0.1"})
	for name, test := range map[string]struct {
		ctx     context.Context
		url     string
		timeout time.Duration
		want    domain.Kind
	}{
		"nobody listens": {context.Background(), closed.URL, time.Minute, domain.Upstream},
		"too slow":       {context.Background(), slow, 30 * time.Millisecond, domain.Timeout},
		"bad address":    {context.Background(), "http://a b/", time.Minute, domain.Invalid},
		"in transaction": {tx.MarkInside(context.Background()), slow, time.Minute, domain.Internal},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := c.Call(test.ctx, webcall.Request{URL: test.url, Timeout: test.timeout})
			if !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

func TestPublic(t *testing.T) {
	for text, want := range map[string]bool{
		"8.8.8.8": true, "1.1.1.1": true, "2606:4700::1111": true, "172.32.0.1": true, "::ffff:8.8.8.8": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false,
		"0.0.0.0": false, "100.64.0.1": false, "224.0.0.1": false, "255.255.255.255": false, "240.0.0.1": false,
		"::": false, "::1": false, "fe80::1": false, "fc00::1": false, "fd00::1": false, "ff02::1": false,
		"::ffff:10.0.0.1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false, "2001:db8::1": false,
	} {
		if got := public(netip.MustParseAddr(text)); got != want {
			t.Errorf("public(%s) = %v", text, got)
		}
	}
}
