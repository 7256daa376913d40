package logship_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/adapters/telemetry/logship"
)

type item struct {
	Service, Level, Message string
	Context                 map[string]any
}

// collector takes batches.
func collector(t *testing.T, status int) (*httptest.Server, <-chan []item) {
	t.Helper()
	batches := make(chan []item, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body struct{ Items []item }
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil || r.URL.Path != "/logs/batch" {
			t.Errorf("got %s, %v", r.URL.Path, err)
		}
		w.WriteHeader(status)
		batches <- body.Items
	}))
	t.Cleanup(server.Close)
	return server, batches
}

func TestLinesReachTheCollectorAndTheOtherHandler(t *testing.T) {
	server, batches := collector(t, http.StatusOK)
	shipper := logship.New(server.URL+"/", systemclock.Clock{})
	logger := slog.New(shipper.Handler(slog.NewTextHandler(t.Output(), nil))).With("service", "doc_store", "n", 1).WithGroup("db")
	logger.Warn("slow", "took", time.Second, slog.Group("inner", "err", errors.New("lost")))
	logger.Debug("below the level")

	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- shipper.Run(ctx) }()
	batch := <-batches
	stop()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if len(batch) != 1 {
		t.Fatalf("got %+v", batch)
	}
	got := batch[0]
	if got.Service != "doc_store" || got.Level != "WARNING" || got.Message != "slow" || got.Context["db.took"] != "1s" || got.Context["db.inner.err"] != "lost" || got.Context["n"] != 1.0 {
		t.Errorf("got %+v", got)
	}
	if at, err := time.Parse(time.RFC3339Nano, got.Context["timestamp"].(string)); err != nil || time.Since(at) > time.Minute {
		t.Errorf("the instant is %v, %v", at, err)
	}
}

func TestWhatWaitsIsSentWhenTheProcessEnds(t *testing.T) {
	server, batches := collector(t, http.StatusOK)
	shipper := logship.New(server.URL, systemclock.Clock{})
	slog.New(shipper.Handler(slog.NewTextHandler(io.Discard, nil))).Info("last words")
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := shipper.Run(ctx); err != nil || len(<-batches) != 1 || shipper.Dropped() != 0 {
		t.Errorf("got %v, %d dropped", err, shipper.Dropped())
	}
}

func TestADeadCollectorHoldsNobodyUpAndIsCounted(t *testing.T) {
	server, _ := collector(t, http.StatusInternalServerError)
	refused, _ := collector(t, http.StatusOK)
	refused.Close()
	for name, base := range map[string]string{"failing": server.URL, "gone": refused.URL} {
		shipper := logship.New(base, systemclock.Clock{})
		logger := slog.New(shipper.Handler(slog.NewTextHandler(io.Discard, nil)))
		for range logship.Queue + 5 { // nobody sends: the queue fills and the rest is dropped
			logger.Info("line")
		}
		if shipper.Dropped() != 5 || shipper.Waiting() != logship.Queue {
			t.Errorf("%s: %d dropped, %d waiting", name, shipper.Dropped(), shipper.Waiting())
		}
		ctx, stop := context.WithCancel(context.Background())
		stop()
		start := time.Now()
		if err := shipper.Run(ctx); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(start); took > logship.Timeout+time.Second {
			t.Errorf("%s: the end took %v", name, took)
		}
		if shipper.Dropped() < 5+logship.Batch {
			t.Errorf("%s: a lost batch is not counted: %d", name, shipper.Dropped())
		}
	}
}
