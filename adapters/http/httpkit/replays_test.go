package httpkit_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/http/httpkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/ids/idstest"
	"github.com/docsteward/docsteward/ports/usecase"
)

type order struct {
	Item string `json:"item" required:"true"`
}

type receipt struct {
	Number int64 `json:"number"`
}

// shop counts the orders that had an effect.
type shop struct {
	orders  atomic.Int64
	fail    atomic.Bool
	release chan struct{}
	handler http.Handler
	clock   *clocktest.Manual
}

func newShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{clock: clocktest.New()}
	var menu struct{ Order usecase.Port[order, receipt] }
	menu.Order.HandleFunc(func(context.Context, order) (receipt, error) {
		n := s.orders.Add(1)
		if s.release != nil {
			<-s.release
		}
		if s.fail.Load() {
			return receipt{}, domain.Unavailable.New("closed")
		}
		return receipt{n}, nil
	})
	server := httpkit.NewServer(httpkit.Options{Service: "shop", Logger: slog.New(slog.DiscardHandler), Clock: s.clock, IDs: idstest.New("id")})
	if err := server.Mount([]usecase.Operation{usecase.Post("/orders", "", &menu.Order, usecase.Created)}); err != nil {
		t.Fatal(err)
	}
	s.handler = server.Handler()
	return s
}

func (s *shop) order(ctx context.Context, key, item string) *httptest.ResponseRecorder {
	request := httptest.NewRequestWithContext(ctx, http.MethodPost, "/orders", strings.NewReader(`{"item":"`+item+`"}`))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", key)
	answer := httptest.NewRecorder()
	s.handler.ServeHTTP(answer, request)
	return answer
}

func TestARepeatIsAnsweredAsItsFirstAndHasNoEffect(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	first, again := s.order(ctx, "k", "tea"), s.order(ctx, "k", "tea")
	if s.orders.Load() != 1 || first.Code != 201 || again.Code != 201 || again.Body.String() != first.Body.String() || again.Header().Get("Idempotency-Replayed") != "true" {
		t.Errorf("%d orders, %d %s, then %d %s", s.orders.Load(), first.Code, first.Body, again.Code, again.Body)
	}
	if other := s.order(ctx, "k", "coffee"); other.Code != 409 || s.orders.Load() != 1 {
		t.Errorf("one key for two requests: %d %s", other.Code, other.Body)
	}
	if s.order(ctx, "", "tea"); s.orders.Load() != 2 {
		t.Error("without a key there is no repeat")
	}
	s.clock.Advance(25 * time.Hour)
	if late := s.order(ctx, "k", "tea"); late.Code != 201 || s.orders.Load() != 3 {
		t.Errorf("after a day: %d, %d orders", late.Code, s.orders.Load())
	}
}

func TestAFailureMayBeTriedAgain(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	s.fail.Store(true)
	if failed := s.order(ctx, "k", "tea"); failed.Code != 503 {
		t.Fatalf("got %d", failed.Code)
	}
	s.fail.Store(false)
	if again := s.order(ctx, "k", "tea"); again.Code != 201 || s.orders.Load() != 2 {
		t.Errorf("got %d after %d", again.Code, s.orders.Load())
	}
}

func TestRepeatsWaitForTheFirst(t *testing.T) {
	s := newShop(t)
	s.release = make(chan struct{})
	var codes [8]int
	var callers sync.WaitGroup
	for i := range codes {
		callers.Go(func() { codes[i] = s.order(context.Background(), "k", "tea").Code })
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	for s.orders.Load() == 0 {
		<-time.After(time.Millisecond) // until one of them is in
	}
	if gone := s.order(ended, "k", "tea"); gone.Code != 504 {
		t.Errorf("a caller who left: %d", gone.Code)
	}
	close(s.release)
	callers.Wait()
	for _, code := range codes {
		if code != 201 {
			t.Errorf("got %v", codes)
		}
	}
	if s.orders.Load() != 1 {
		t.Errorf("%d orders", s.orders.Load())
	}
}
