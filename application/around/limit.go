package around

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/ratelimit"
	"github.com/docsteward/docsteward/ports/usecase"
)

// RateLimit refuses calls over the rate of (caller, operation). Calls that a
// service makes on behalf of another call are not counted.
func RateLimit(limiter ratelimit.Limiter) usecase.Around {
	return func(ctx context.Context, op *usecase.Operation, _ any, next func(context.Context) error) error {
		caller := usecase.MetaOf(ctx).Caller
		if caller.Service == "" {
			if wait := limiter.Take(ctx, caller.User+" "+op.Name); wait > 0 {
				return domain.RateLimited.New("Too many requests; wait and try again.").WithRetryAfter(wait)
			}
		}
		return next(ctx)
	}
}

// Deadline bounds every execution that has no earlier deadline. A stream, in
// either direction, lives as long as its caller and is left alone.
func Deadline(limit time.Duration) usecase.Around {
	return func(ctx context.Context, op *usecase.Operation, _ any, next func(context.Context) error) error {
		if op.Streaming || op.Uploading {
			return next(ctx)
		}
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		return next(ctx)
	}
}
