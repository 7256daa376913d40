package failsoft

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/cache"
)

// Get implements cache.Cache.
func (c *Cache) Get(ctx context.Context, key string) (entry cache.Entry, found bool, err error) {
	err = c.use(ctx, func() (err error) {
		entry, found, err = c.inner.Get(ctx, key)
		return err
	})
	return entry, found, err
}

// Stamp implements cache.Cache.
func (c *Cache) Stamp(ctx context.Context) (cache.Stamp, error) {
	stamp := none
	err := c.use(ctx, func() error {
		got, err := c.inner.Stamp(ctx)
		if err == nil {
			stamp = got
		}
		return err
	})
	return stamp, err
}

// Set implements cache.Cache.
func (c *Cache) Set(ctx context.Context, key string, value []byte, o cache.Options) error {
	return c.use(ctx, func() error {
		if o.Since == none {
			return nil
		}
		return c.inner.Set(ctx, key, value, o)
	})
}

// Delete implements cache.Cache.
func (c *Cache) Delete(ctx context.Context, keys ...string) error {
	return c.forget(ctx, func() error { return c.inner.Delete(ctx, keys...) })
}

// InvalidateTags implements cache.Cache.
func (c *Cache) InvalidateTags(ctx context.Context, tags ...string) (n int, err error) {
	err = c.forget(ctx, func() (err error) {
		n, err = c.inner.InvalidateTags(ctx, tags...)
		return err
	})
	return n, err
}

// InvalidateMatching implements cache.Upkeep.
func (c *Cache) InvalidateMatching(ctx context.Context, patterns ...string) (n int, err error) {
	err = c.forget(ctx, func() (err error) {
		n, err = c.inner.InvalidateMatching(ctx, patterns...)
		return err
	})
	return n, err
}

// Clear implements cache.Upkeep.
func (c *Cache) Clear(ctx context.Context) error {
	return c.forget(ctx, func() error { return c.inner.Clear(ctx) })
}

// Prune implements cache.Upkeep.
func (c *Cache) Prune(ctx context.Context) (n int, err error) {
	err = c.use(ctx, func() (err error) {
		n, err = c.inner.Prune(ctx)
		return err
	})
	return n, err
}

// Stats implements cache.Upkeep; Unavailable while the cache fails.
func (c *Cache) Stats(ctx context.Context) (stats cache.Stats, err error) {
	asked := false
	err = c.use(ctx, func() (err error) {
		stats, err = c.inner.Stats(ctx)
		asked = err == nil
		return err
	})
	if err == nil && !asked {
		err = domain.Unavailable.New("The cache does not serve now; what it kept is computed again.")
	}
	return stats, err
}
