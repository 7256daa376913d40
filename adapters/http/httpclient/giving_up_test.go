package httpclient_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/docsteward/docsteward/adapters/http/httpclient"
	"github.com/docsteward/docsteward/domain"
)

// A caller who gives up tells nothing of the peer.
func TestACallerWhoGivesUpDoesNotMoveTheBreaker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &peer{hang: true}
		m, client := fill(t, p, httpclient.Options{Attempts: 1})
		for range 10 {
			ctx, cancel := context.WithTimeout(context.Background(), time.Second)
			_ = m.Read.Execute(ctx, read{ID: "x"})
			cancel()
		}
		if !client.Breaker().IsClosed() {
			t.Error("it opened")
		}
		client.Breaker().HalfOpen()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		for range 5 {
			_ = m.Read.Execute(ctx, read{ID: "x"})
		}
		if client.Breaker().IsClosed() {
			t.Error("it closed without a success")
		}
		p.hang, p.answers = false, []string{"200"}
		<-time.After(61 * time.Second)
		for range 3 {
			if err := m.Read.Execute(context.Background(), read{ID: "x"}).Err(); err != nil {
				t.Fatalf("a permit was lost: %v", err)
			}
		}
	})
}

func TestAWaitThatOutlivesTheCallerIsNotBegun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &peer{answers: []string{"503 5", "200"}}
		m, _ := fill(t, p, httpclient.Options{})
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		start := time.Now()
		if err := m.Read.Execute(ctx, read{ID: "x"}).Err(); domain.FaultOf(err).RetryAfter != 5*time.Second || time.Since(start) != 0 {
			t.Errorf("got %v after %v", err, time.Since(start))
		}
	})
}

func TestAnAnswerThatBreaksOffIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &peer{answers: []string{"torn", "200"}}
		m, _ := fill(t, p, httpclient.Options{})
		if got, err := m.Read.Execute(context.Background(), read{ID: "x"}).Unwrap(); got != "yes" || err != nil || p.calls.Load() != 2 {
			t.Errorf("got %q, %v after %d calls", got, err, p.calls.Load())
		}
	})
}

func TestWhatAPathCannotCarryIsInvalid(t *testing.T) {
	p := &peer{answers: []string{"200"}}
	m, _ := fill(t, p, httpclient.Options{})
	for _, id := range []string{"", ".", ".."} {
		if err := m.Read.Execute(context.Background(), read{ID: id}).Err(); !errors.Is(err, domain.Invalid) || p.calls.Load() != 0 {
			t.Errorf("%q: got %v after %d calls", id, err, p.calls.Load())
		}
	}
}

func TestTheCredentialMayFail(t *testing.T) {
	p := &peer{answers: []string{"200"}}
	m, client := fill(t, p, httpclient.Options{Credential: func(context.Context, bool) (string, error) {
		return "", domain.Unavailable.New("The secrets cannot be read.")
	}})
	for range 9 {
		if err := m.Read.Execute(context.Background(), read{ID: "x"}).Err(); domain.FaultOf(err).Message != "The secrets cannot be read." {
			t.Fatalf("got %v", err)
		}
	}
	if !client.Breaker().IsClosed() || p.calls.Load() != 0 {
		t.Error("that is not the peer's fault")
	}
}
