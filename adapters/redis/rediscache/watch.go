package rediscache

import (
	"context"
	"errors"
	"net"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/docsteward/docsteward/adapters/redis/rediskit"
)

// silence is how long nothing may be heard before the connection is tried.
const silence = 15 * time.Second

// Watch calls forget for every invalidation by any process, with the tag, or
// with none when everything may have been invalidated; with none first, and
// again after each time the connection was lost. It returns nil when ctx ends
// and fails with Unavailable when the server does not serve.
func (c *Cache) Watch(ctx context.Context, forget func(tags ...string)) error {
	subscription := c.client.Subscribe(ctx, c.prefix+":invalidations")
	stop := context.AfterFunc(ctx, func() { _ = subscription.Close() })
	defer func() {
		if stop() {
			_ = subscription.Close()
		}
	}()
	for {
		message, err := subscription.ReceiveTimeout(ctx, silence)
		var timeout net.Error
		if errors.As(err, &timeout) && timeout.Timeout() {
			err = subscription.Ping(ctx)
		}
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return rediskit.Fault(ctx, err)
		}
		switch message := message.(type) {
		case *redis.Subscription:
			forget()
		case *redis.Message:
			if message.Payload == "" {
				forget()
			} else {
				forget(message.Payload[1:])
			}
		}
	}
}
