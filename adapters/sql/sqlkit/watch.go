package sqlkit

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// watch times statements: into a histogram, and into the log when they are slow.
type watch struct {
	log     *slog.Logger
	slow    time.Duration
	seconds map[string]prometheus.Observer
}

// operations are the values of the label operation. Never written.
var operations = [...]string{"select", "insert", "update", "delete", "transaction", "other"}

// newWatch registers the metrics; inUse counts the connections in use.
func newWatch(cfg Config, inUse func() int) (*watch, error) {
	w := &watch{log: cfg.Logger, slow: cfg.SlowQuery}
	if cfg.Metrics == nil {
		return w, nil
	}
	durations := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "db_query_duration_seconds",
		Help:    "Time that statements of the database took.",
		Buckets: []float64{.0001, .0005, .001, .005, .01, .05, .1, .5, 1, 5},
	}, []string{"operation"})
	active := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "db_connections_active",
		Help: "Connections to the database that are in use.",
	}, func() float64 { return float64(inUse()) })
	if err := errors.Join(cfg.Metrics.Register(durations), cfg.Metrics.Register(active)); err != nil {
		return nil, err
	}
	w.seconds = make(map[string]prometheus.Observer, len(operations))
	for _, operation := range operations {
		w.seconds[operation] = durations.WithLabelValues(operation)
	}
	return w, nil
}

// statement records a statement that began at start. The log never holds the
// values of a statement.
func (w *watch) statement(ctx context.Context, query string, start time.Time) {
	w.record(ctx, operationOf(query), query, time.Since(start))
}

func (w *watch) record(ctx context.Context, operation, query string, took time.Duration) {
	if observer := w.seconds[operation]; observer != nil {
		observer.Observe(took.Seconds())
	}
	if took >= w.slow {
		w.log.WarnContext(ctx, "slow statement", slog.String("operation", operation),
			slog.String("statement", query), slog.Duration("took", took))
	}
}

func operationOf(query string) string {
	query = strings.TrimLeft(query, " \t\r\n")
	for _, operation := range operations[:4] {
		if len(query) >= len(operation) && strings.EqualFold(query[:len(operation)], operation) {
			return operation
		}
	}
	if len(query) >= 4 && strings.EqualFold(query[:4], "with") {
		return "select"
	}
	return "other"
}
