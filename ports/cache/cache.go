// Package cache is the port of a cache: values that can be computed again, kept
// near for a while. What a cache holds may vanish at any time; what it was told
// to forget must not come back.
package cache

//go:generate go tool mockgen -source=cache.go -destination=../mocks/cachemock/cache.go -package=cachemock

import (
	"context"
	"time"
)

// Entry is a value as it is kept.
type Entry struct {
	// Value is the caller's own copy.
	Value []byte
	// Tags are those that the value was set with, sorted, each once.
	Tags []string
	// TTL is for how long the value will be kept yet; always positive.
	TTL time.Duration
}

// Options say how a value is to be kept.
type Options struct {
	// TTL is for how long; 0 or less means the default of the cache.
	TTL time.Duration
	// Tags name what the value was made of, so that it can be forgotten when one
	// of these changes.
	Tags []string
	// Since is the stamp that was taken before the value was computed. A value
	// that was computed from what has been invalidated since is not stored. The
	// zero Stamp stores in any case.
	Since Stamp
}

// Stamp is an instant in the life of one cache. Only that cache can read it.
type Stamp string

// Cache keeps values by key and forgets them by tag. Keys and tags are any
// bytes but none at all; values too, and may be empty.
//
// Every method fails with Unavailable when the cache cannot be reached and with
// Timeout when ctx has ended. A method that fails may have had its effect.
type Cache interface {
	// Get returns what is kept under key, and whether there is anything. A value
	// whose time is over is not there.
	Get(ctx context.Context, key string) (Entry, bool, error)

	// Stamp returns a stamp that is later than every invalidation that has
	// returned and earlier than every one that has not begun.
	Stamp(ctx context.Context) (Stamp, error)

	// Set keeps a copy of value under key, in place of what was there, tags
	// included. When one of the tags, or everything, was invalidated after
	// o.Since, nothing is stored and what was there is gone or stays as new as
	// it was. Other values may be evicted, and one that is greater than the
	// whole cache is not stored; neither is an error.
	Set(ctx context.Context, key string, value []byte, o Options) error

	// Delete forgets the values under keys. A key that is not there is no error.
	Delete(ctx context.Context, keys ...string) error

	// InvalidateTags forgets every value that has one of the tags and returns
	// how many there were. When it has returned, no value that was set with one
	// of them before, or is set with an earlier stamp, is ever returned by Get.
	InvalidateTags(ctx context.Context, tags ...string) (int, error)

	Upkeep
}

// Upkeep is what an operator does to a cache.
type Upkeep interface {
	// InvalidateMatching forgets every value whose key matches one of the
	// patterns, as Match does, and returns how many there were. Stamps taken
	// before store nothing afterwards, whatever the key.
	InvalidateMatching(ctx context.Context, patterns ...string) (int, error)

	// Clear forgets everything. Stamps taken before store nothing afterwards.
	Clear(ctx context.Context) error

	// Prune removes what has expired and returns how many entries that were. A
	// cache that drops them by itself returns 0 and removes what is left of them.
	Prune(ctx context.Context) (int, error)

	// Stats tells how the cache fares.
	Stats(ctx context.Context) (Stats, error)
}

// Stats tells how a cache fares. Hits, misses and evictions are counted since
// the cache was opened by this process.
type Stats struct {
	// Name is the kind of the cache: "memory", "redis", "tiered".
	Name string
	// Entries is how many values are kept; expired ones may be counted until
	// they are pruned.
	Entries int
	// Bytes is the size of the kept keys, tags and values, without the overhead
	// of the store.
	Bytes int64
	// Hits and Misses count what Get found and did not find.
	Hits, Misses int64
	// Evictions counts values that were dropped before their time for lack of room.
	Evictions int64
	// MeanRead is how long a Get took on average; 0 where nobody measures.
	MeanRead time.Duration
	// Levels are the caches this one is made of, the nearest first; none for a
	// simple one. A level that could not be asked is absent.
	Levels []Stats
}

// HitRate is the part of the reads that found something, from 0 to 1; 0 before
// the first read.
func (s Stats) HitRate() float64 {
	if s.Hits+s.Misses == 0 {
		return 0
	}
	return float64(s.Hits) / float64(s.Hits+s.Misses)
}
