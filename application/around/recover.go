// Package around holds the decorators that surround every use case, each
// written once: recovery from panics, log, measurement, trace, authorisation,
// rate limit and deadline.
//
// The order that compositions use, outermost first, is that of Stack.
package around

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Recover turns a panic of the use case into an Internal fault and logs it with
// its stack. The process stays up.
func Recover(logger *slog.Logger) usecase.Around {
	return func(ctx context.Context, op *usecase.Operation, _ any, next func(context.Context) error) (err error) {
		defer func() {
			if panicked := recover(); panicked != nil {
				logger.ErrorContext(ctx, "use case panicked", "operation", op.Name, "panic", fmt.Sprint(panicked), "stack", string(debug.Stack()))
				err = domain.FaultOf(fmt.Errorf("panic: %v", panicked))
			}
		}()
		return next(ctx)
	}
}
