package httpclient_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/docsteward/docsteward/adapters/http/httpclient"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/tx"
	"github.com/docsteward/docsteward/ports/usecase"
)

type read struct {
	ID string `json:"id" path:"id"`
}

type write struct {
	Text string `json:"text" required:"true"`
}

type menu struct {
	Read  usecase.Port[read, string]
	Write usecase.Port[write, string]
}

// peer is a fake peer: it answers in order, the last answer again and again.
type peer struct {
	answers []string // status, and after a blank a Retry-After
	calls   atomic.Int64
	last    http.Header
	hang    bool
}

func (p *peer) RoundTrip(r *http.Request) (*http.Response, error) {
	if p.hang {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	n := int(p.calls.Add(1)) - 1
	p.last = r.Header.Clone()
	answer := p.answers[min(n, len(p.answers)-1)]
	if answer == "refused" {
		return nil, errors.New("connection refused")
	}
	if answer == "torn" {
		torn := io.MultiReader(strings.NewReader(`{"succ`), reader{io.ErrUnexpectedEOF})
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(torn), Request: r}, nil
	}
	status, wait, _ := strings.Cut(answer, " ")
	code := map[string]int{"200": 200, "401": 401, "404": 404, "429": 429, "500": 500, "502": 502, "503": 503, "504": 504}[status]
	body := map[int]string{
		200: `{"success":true,"message":null,"data":"yes","api_version":1}`, 401: `{"success":false,"message":"no","error_code":"unauthorized"}`,
		404: `{"success":false,"message":"none","error_code":"route_not_found"}`,
		429: `{"success":false,"message":"slow","error_code":"rate_limited"}`, 500: `{"success":false,"message":"bad","error_code":"internal_error"}`,
	}[code]
	if body == "" {
		body = `{"success":false,"message":"away","error_code":"service_unavailable"}`
	}
	header := http.Header{}
	if wait != "" {
		header.Set("Retry-After", wait)
	}
	return &http.Response{StatusCode: code, Header: header, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

// bubble is the clock inside a synctest bubble, where waiting takes no time.
type bubble struct{}

func (bubble) Now() time.Time { return time.Now() }
func (bubble) NewTimer(d time.Duration) clock.Timer {
	t := time.NewTimer(d)
	return timer{t}
}

type timer struct{ *time.Timer }

func (t timer) C() <-chan time.Time { return t.Timer.C }

func fill(t *testing.T, p *peer, o httpclient.Options) (*menu, *httpclient.Client) {
	t.Helper()
	o.Base, o.Transport, o.Clock = "http://peer", p, bubble{}
	client, m := httpclient.New(o), new(menu)
	table := []usecase.Operation{usecase.Get("/r/{id}", "", &m.Read), usecase.Post("/w", "", &m.Write)}
	if err := client.Fill(table); err != nil {
		t.Fatal(err)
	}
	return m, client
}

func TestRetries(t *testing.T) {
	cases := []struct {
		name    string
		answers []string
		key     string
		write   bool
		calls   int64
		took    time.Duration
		kind    domain.Kind
		ok      bool
	}{
		{"two failures then a success", []string{"503", "502", "200"}, "", false, 3, 450 * time.Millisecond, 0, true},
		{"a peer that cannot be reached", []string{"refused", "200"}, "", false, 2, 150 * time.Millisecond, 0, true},
		{"Retry-After is obeyed", []string{"429 3", "200"}, "", false, 2, 3 * time.Second, 0, true},
		{"a peer that is away for long is not called", []string{"503 3600", "200"}, "", false, 1, 0, domain.Unavailable, false},
		{"an unknown route is no passing failure", []string{"404", "200"}, "", false, 1, 0, domain.Upstream, false},
		{"failures without end", []string{"504"}, "", false, 3, 450 * time.Millisecond, domain.Timeout, false},
		{"what is no passing failure", []string{"500"}, "", false, 1, 0, domain.Internal, false},
		{"a POST is not repeated", []string{"503", "200"}, "", true, 1, 0, domain.Unavailable, false},
		{"but with an idempotency key", []string{"503", "200"}, "k", true, 2, 150 * time.Millisecond, 0, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := &peer{answers: c.answers}
				m, _ := fill(t, p, httpclient.Options{})
				ctx := usecase.WithMeta(context.Background(), usecase.Meta{Correlation: "corr", IdempotencyKey: c.key})
				start := time.Now()
				var err error
				if c.write {
					err = m.Write.Execute(ctx, write{Text: "x"}).Err()
				} else {
					err = m.Read.Execute(ctx, read{ID: "x"}).Err()
				}
				if (err == nil) != c.ok || err != nil && !errors.Is(err, c.kind) {
					t.Errorf("got %v", err)
				}
				if p.calls.Load() != c.calls || time.Since(start) != c.took {
					t.Errorf("%d calls in %v, want %d in %v", p.calls.Load(), time.Since(start), c.calls, c.took)
				}
				if p.last.Get("X-Correlation-ID") != "corr" || p.last.Get("Idempotency-Key") != c.key {
					t.Errorf("the headers are %v", p.last)
				}
			})
		})
	}
}

func TestTheBreakerOpensTriesAgainAndCloses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &peer{answers: []string{"503"}}
		m, client := fill(t, p, httpclient.Options{Attempts: 1})
		call := func() error { return m.Read.Execute(context.Background(), read{ID: "x"}).Err() }
		for range 5 {
			_ = call()
		}
		err := call()
		if domain.FaultOf(err).Code != "circuit_open" || !errors.Is(err, domain.Unavailable) || p.calls.Load() != 5 {
			t.Fatalf("after 5 failures: %v, %d calls", err, p.calls.Load())
		}
		p.answers = []string{"200"}
		<-time.After(61 * time.Second) // takes no time inside the bubble
		for range 3 {
			if err := call(); err != nil {
				t.Fatalf("half open: %v", err)
			}
		}
		if !client.Breaker().IsClosed() {
			t.Error("three successes did not close it")
		}
		client.Breaker().Open()
		if domain.FaultOf(call()).Code != "circuit_open" {
			t.Error("it cannot be opened by hand")
		}
		client.Breaker().Close()
		if err := call(); err != nil {
			t.Errorf("it cannot be closed by hand: %v", err)
		}
	})
}

func TestARefusedCredentialIsRenewedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &peer{answers: []string{"401", "200"}}
		var renewals []bool
		credential := func(_ context.Context, renew bool) (string, error) {
			renewals = append(renewals, renew)
			return map[bool]string{false: "old", true: "new"}[renew], nil
		}
		m, _ := fill(t, p, httpclient.Options{Credential: credential})
		if err := m.Write.Execute(context.Background(), write{Text: "x"}).Err(); err != nil {
			t.Fatal(err)
		}
		if p.last.Get("Authorization") != "Bearer new" || len(renewals) != 2 {
			t.Errorf("sent %q after %v", p.last.Get("Authorization"), renewals)
		}
		p.answers = []string{"401"}
		if err := m.Read.Execute(context.Background(), read{ID: "x"}).Err(); !errors.Is(err, domain.Unauthenticated) {
			t.Errorf("got %v", err)
		}
	})
}

func TestATimeoutIsATimeoutAndACallerMayGiveUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, _ := fill(t, &peer{hang: true}, httpclient.Options{Attempts: 1, Timeout: 5 * time.Second})
		start := time.Now()
		if err := m.Read.Execute(context.Background(), read{ID: "x"}).Err(); !errors.Is(err, domain.Timeout) || time.Since(start) != 5*time.Second {
			t.Errorf("got %v after %v", err, time.Since(start))
		}
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if err := m.Read.Execute(ctx, read{ID: "x"}).Err(); domain.FaultOf(err).Code != "cancelled" {
			t.Errorf("got %v", err)
		}
	})
}

func TestAPeerOfAnotherVersionIsRefused(t *testing.T) {
	p := &peer{answers: []string{"200"}}
	m, _ := fill(t, p, httpclient.Options{APIVersion: 2})
	if err := m.Read.Execute(context.Background(), read{ID: "x"}).Err(); domain.FaultOf(err).Code != "version_mismatch" {
		t.Fatalf("got %v", err)
	}
	m, _ = fill(t, p, httpclient.Options{APIVersion: 1})
	for range 2 {
		if err := m.Read.Execute(context.Background(), read{ID: "x"}).Err(); err != nil {
			t.Fatal(err)
		}
	}
	if p.calls.Load() != 4 {
		t.Errorf("%d calls: the version is asked for more than once", p.calls.Load())
	}
}

func TestNobodyIsCalledInsideATransaction(t *testing.T) {
	p := &peer{answers: []string{"200"}}
	m, _ := fill(t, p, httpclient.Options{})
	if err := m.Read.Execute(tx.MarkInside(context.Background()), read{ID: "x"}).Err(); !errors.Is(err, domain.Internal) || p.calls.Load() != 0 {
		t.Fatalf("got %v after %d calls", err, p.calls.Load())
	}
}

// slowTaker is a peer that takes a body in pieces, with a pause before each.
type slowTaker struct{ pause time.Duration }

func (s slowTaker) RoundTrip(r *http.Request) (*http.Response, error) {
	for piece := make([]byte, 1); ; {
		select {
		case <-time.After(s.pause):
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
		if _, err := r.Body.Read(piece); err != nil {
			break
		}
	}
	return (&peer{answers: []string{"200"}}).RoundTrip(r)
}

func TestAnUploadMayTakeLongWhileItMoves(t *testing.T) {
	type upload struct {
		Body io.Reader `json:"-" body:"stream"`
	}
	for pause, want := range map[time.Duration]error{9 * time.Second: nil, 11 * time.Second: domain.Timeout} {
		synctest.Test(t, func(t *testing.T) {
			var port usecase.Port[upload, string]
			client := httpclient.New(httpclient.Options{
				Base: "http://peer", Transport: slowTaker{pause}, Clock: bubble{}, Timeout: 10 * time.Second,
			})
			if err := client.Fill([]usecase.Operation{usecase.Post("/u", "", &port)}); err != nil {
				t.Fatal(err)
			}
			if err := port.Execute(context.Background(), upload{strings.NewReader("abc")}).Err(); !errors.Is(err, want) {
				t.Errorf("pieces every %v: got %v, want %v", pause, err, want)
			}
		})
	}
}
