package around

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/telemetry"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Measure tells the meter of every execution.
func Measure(service string, meter telemetry.Meter, clock clock.Clock) usecase.Around {
	return func(ctx context.Context, op *usecase.Operation, _ any, next func(context.Context) error) error {
		start := clock.Now()
		err := next(ctx)
		outcome := "ok"
		if err != nil {
			outcome = domain.FaultOf(err).Kind.String()
		}
		meter.Executed(ctx, service, op.Name, outcome, clock.Now().Sub(start))
		return err
	}
}

// Trace opens a span around every execution.
func Trace(service string, tracer telemetry.Tracer) usecase.Around {
	return func(ctx context.Context, op *usecase.Operation, _ any, next func(context.Context) error) error {
		ctx, end := tracer.Start(ctx, service, op.Name)
		err := next(ctx)
		end(err)
		return err
	}
}
