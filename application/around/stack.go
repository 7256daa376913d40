package around

import (
	"log/slog"
	"time"

	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/ratelimit"
	"github.com/docsteward/docsteward/ports/telemetry"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Options choose the decorators of a service.
type Options struct {
	// Service is the id of the service.
	Service string
	// Logger, Clock, Meter and Tracer must be set.
	Logger *slog.Logger
	Clock  clock.Clock
	Meter  telemetry.Meter
	Tracer telemetry.Tracer
	// Grants switch authorisation on; nil leaves everybody everything.
	Grants *Grants
	// Limiter switches rate limits on; nil means none.
	Limiter ratelimit.Limiter
	// Deadline bounds every execution; 0 means 30 s.
	Deadline time.Duration
	// Guard checks the command; it is innermost, so that a call in this process
	// and one over HTTP mean the same.
	Guard usecase.Around
}

// DefaultDeadline bounds executions unless Options say otherwise.
const DefaultDeadline = 30 * time.Second

// Stack returns the decorators in their order, outermost first: trace, log,
// measure, recover, rate limit, authorise, deadline, guard. Log and measure
// stand outside recover so that they see a panic as the fault it became.
func Stack(o Options) []usecase.Around {
	stack := []usecase.Around{
		Trace(o.Service, o.Tracer), Log(o.Logger, o.Clock), Measure(o.Service, o.Meter, o.Clock), Recover(o.Logger),
	}
	if o.Limiter != nil {
		stack = append(stack, RateLimit(o.Limiter))
	}
	if o.Grants != nil {
		stack = append(stack, Authorise(*o.Grants))
	}
	if o.Deadline == 0 {
		o.Deadline = DefaultDeadline
	}
	stack = append(stack, Deadline(o.Deadline))
	if o.Guard != nil {
		stack = append(stack, o.Guard)
	}
	return stack
}
