package around

import (
	"context"
	"log/slog"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Log writes one line per execution: DEBUG for a success, WARN for a fault of
// the caller, ERROR with the cause for a fault of ours.
func Log(logger *slog.Logger, clock clock.Clock) usecase.Around {
	return func(ctx context.Context, op *usecase.Operation, _ any, next func(context.Context) error) error {
		start := clock.Now()
		err := next(ctx)
		level := levelOf(err)
		if !logger.Enabled(ctx, level) {
			return err
		}
		attrs := []slog.Attr{slog.String("operation", op.Name), slog.Duration("took", clock.Now().Sub(start))}
		if err != nil {
			fault := domain.FaultOf(err)
			attrs = append(attrs, slog.String("kind", fault.Kind.String()), slog.String("error", fault.Error()))
		}
		logger.LogAttrs(ctx, level, "use case", attrs...)
		return err
	}
}

func levelOf(err error) slog.Level {
	if err == nil {
		return slog.LevelDebug
	}
	switch domain.FaultOf(err).Kind {
	case domain.Internal, domain.Storage, domain.Upstream, domain.Unavailable:
		return slog.LevelError
	}
	return slog.LevelWarn
}
