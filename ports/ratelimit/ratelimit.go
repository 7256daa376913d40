// Package ratelimit is the port of a limit on how often something may happen.
package ratelimit

//go:generate go tool mockgen -source=ratelimit.go -destination=../mocks/ratelimitmock/ratelimit.go -package=ratelimitmock

import (
	"context"
	"time"
)

// Limiter grants tokens from a bucket per key.
type Limiter interface {
	// Take takes one token from the bucket of key. It returns 0 when there was
	// one, and otherwise how long until the next, taking none. It never fails: a
	// limiter that cannot reach its buckets grants.
	Take(ctx context.Context, key string) time.Duration
}
