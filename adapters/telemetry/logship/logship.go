// Package logship sends log lines to a collector. It never holds up who logs: a
// line that finds the queue full, or a collector that does not answer, is counted
// and dropped. The lines stay on standard error all the same.
package logship

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/docsteward/docsteward/ports/clock"
)

// Bounds of a shipper.
const (
	// Queue is how many lines wait at most.
	Queue = 1000
	// Batch is how many lines are sent at once at most.
	Batch = 100
	// Timeout bounds one sending, and the last one when the process ends.
	Timeout = 2 * time.Second
	// Linger is how long a line waits for company before it is sent.
	Linger = 200 * time.Millisecond
)

// Shipper sends lines to a collector. It is safe for concurrent use.
type Shipper struct {
	address string
	client  *http.Client
	clock   clock.Clock
	lines   chan line
	dropped atomic.Uint64
}

// New returns a shipper to the collector at base, such as http://127.0.0.1:5040.
// Nothing is sent before Run.
func New(base string, clock clock.Clock) *Shipper {
	return &Shipper{
		address: strings.TrimRight(base, "/") + "/logs/batch", client: &http.Client{Timeout: Timeout}, clock: clock, lines: make(chan line, Queue),
	}
}

// Dropped counts the lines that were not sent.
func (s *Shipper) Dropped() uint64 { return s.dropped.Load() }

// Waiting counts the lines that are not sent yet.
func (s *Shipper) Waiting() int { return len(s.lines) }

// Run sends until ctx ends, then once more what waits, and returns nil.
func (s *Shipper) Run(ctx context.Context) error {
	defer s.client.CloseIdleConnections()
	for {
		select {
		case first := <-s.lines:
			s.linger(ctx)
			s.send(context.WithoutCancel(ctx), s.take([]line{first}))
		case <-ctx.Done():
			if rest := s.take(nil); len(rest) > 0 {
				s.send(context.WithoutCancel(ctx), rest)
			}
			return nil
		}
	}
}

func (s *Shipper) linger(ctx context.Context) {
	timer := s.clock.NewTimer(Linger)
	defer timer.Stop()
	select {
	case <-timer.C():
	case <-ctx.Done():
	}
}

// take adds what waits to a batch.
func (s *Shipper) take(batch []line) []line {
	for len(batch) < Batch {
		select {
		case next := <-s.lines:
			batch = append(batch, next)
		default:
			return batch
		}
	}
	return batch
}

// send drops what the collector does not take: to log that would make more lines
// for it.
func (s *Shipper) send(ctx context.Context, batch []line) {
	if err := s.post(ctx, batch); err != nil {
		s.dropped.Add(uint64(len(batch)))
	}
}

func (s *Shipper) post(ctx context.Context, batch []line) error {
	body, err := json.Marshal(map[string]any{"items": batch})
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := s.client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10)) // so that the connection can be used again
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("the collector answers %d", answer.StatusCode)
	}
	return nil
}

// line is a log line as a collector takes it.
type line struct {
	Service string         `json:"service"`
	Level   string         `json:"level"`
	Message string         `json:"message"`
	Context map[string]any `json:"context"`
}

func (s *Shipper) ship(l line) {
	select {
	case s.lines <- l:
	default:
		s.dropped.Add(1)
	}
}

// level names a level as collectors do.
func level(l slog.Level) string {
	if l == slog.LevelWarn {
		return "WARNING"
	}
	return l.String()
}
