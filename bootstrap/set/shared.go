package set

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/google/wire"

	"github.com/docsteward/docsteward/adapters/bus/inprocess"
	"github.com/docsteward/docsteward/adapters/bus/relay"
	"github.com/docsteward/docsteward/adapters/markup"
	"github.com/docsteward/docsteward/adapters/telemetry/prom"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/bus"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/ids"
	portmarkup "github.com/docsteward/docsteward/ports/markup"
	"github.com/docsteward/docsteward/ports/outbox"
)

// Shared gives what every service takes from its kit, and the markup parsers.
var Shared = wire.NewSet(
	ClockOf, IDsOf, markup.New, wire.Bind(new(portmarkup.Parser), new(*markup.Parser)),
)

// InProcessEvents carries events within the process: the outbox feeds a relay,
// the relay a bus that calls handlers directly.
var InProcessEvents = wire.NewSet(relay.NewWaker, NewRelay)

// ClockOf returns the clock of a kit.
func ClockOf(s *kit.Service) clock.Clock { return s.Clock }

// IDsOf returns the identifiers of a kit.
func IDsOf(s *kit.Service) ids.Generator { return s.IDs }

// NewBus returns the bus that the services of one process share.
func NewBus() *inprocess.Bus { return new(inprocess.Bus) }

// countTimeout bounds the count of a queue, so that metrics are not kept waiting.
const countTimeout = time.Second

// NewRelay returns the relay that carries a service's events to the bus. How many
// wait is the metric queue_length of the queue outbox.
func NewRelay(s *kit.Service, source outbox.Source, to bus.Bus, wake relay.Waker, clock clock.Clock) *relay.Relay {
	prom.RegisterQueue(s.Registry, s.ID, "outbox", func() int {
		ctx, cancel := context.WithTimeout(context.Background(), countTimeout)
		defer cancel()
		waiting, err := source.Waiting(ctx)
		if err != nil {
			return -1
		}
		return waiting
	})
	return relay.New(source, to, wake, clock, rand.Float64, s.Logger, relay.Config{})
}

// Dependency is something that a service cannot work without.
type Dependency interface {
	// Ping fails when the dependency cannot serve.
	Ping(ctx context.Context) error
	// FreeBytes is the space left for what it stores.
	FreeBytes() (uint64, error)
}
