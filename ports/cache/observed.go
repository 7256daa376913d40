package cache

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/telemetry"
)

// Observed is a cache whose reads are counted and timed.
type Observed struct {
	Cache
	name  string
	clock clock.Clock
	meter telemetry.CacheMeter
	reads atomic.Int64
	took  atomic.Int64 // nanoseconds
}

// Observe returns c with its reads told to meter under name.
func Observe(c Cache, name string, clock clock.Clock, meter telemetry.CacheMeter) *Observed {
	return &Observed{Cache: c, name: name, clock: clock, meter: meter}
}

// Get implements Cache. A read that fails is not counted.
func (o *Observed) Get(ctx context.Context, key string) (Entry, bool, error) {
	began := o.clock.Now()
	entry, found, err := o.Cache.Get(ctx, key)
	if err == nil {
		o.reads.Add(1)
		o.took.Add(int64(o.clock.Now().Sub(began)))
		o.meter.CacheRead(ctx, o.name, found)
	}
	return entry, found, err
}

// Stats implements Upkeep and adds the mean time of a read.
func (o *Observed) Stats(ctx context.Context) (Stats, error) {
	stats, err := o.Cache.Stats(ctx)
	if reads := o.reads.Load(); reads > 0 {
		stats.MeanRead = time.Duration(o.took.Load() / reads)
	}
	return stats, err
}
