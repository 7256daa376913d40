package docstore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/bus"
	"github.com/docsteward/docsteward/ports/cache"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/tx"
)

// Caching is where answers over the whole store are kept. Documents, lists and
// searches are always read from the store.
type Caching struct {
	// Memo keeps answers; nil keeps none.
	Memo *cache.Memo
}

// Tags of kept answers: what they were made of.
const (
	tagDocuments     = "documents"
	tagRelationships = "relationships"
	tagLifecycle     = "lifecycle"
)

// Names of the operations whose answers are kept; keys begin with them.
const (
	opQuality           = "quality"
	opQualityTips       = "quality_tips"
	opAnalytics         = "analytics"
	opAnalyticsSummary  = "analytics_summary"
	opVersionStats      = "version_stats"
	opRelationshipStats = "relationship_stats"
	opTagStats          = "tag_stats"
	opLifecycleStats    = "lifecycle_statistics"
	opGraph             = "graph"
	opSimilar           = "similar"
)

// agingTTL is for how long an answer is kept that changes with time alone, such
// as how many documents are stale; others are kept as long as the cache likes.
const agingTTL = 5 * time.Minute

// remembered returns load with its answers kept until one of the tags is
// invalidated. Inside a transaction nothing is kept: it sees what nobody else may.
func remembered[C, R any](s *service, operation string, ttl time.Duration, tags []string, load func(context.Context, C) (R, error)) func(context.Context, C) (R, error) {
	if s.Memo == nil {
		return load
	}
	return func(ctx context.Context, c C) (R, error) {
		key, err := cacheKey(operation, s.Clock.Now(), c)
		if err != nil || tx.Inside(ctx) {
			return load(ctx, c)
		}
		return cache.Remember(ctx, s.Memo, key, cache.Options{TTL: ttl, Tags: tags}, func(ctx context.Context) (R, error) {
			return load(ctx, c)
		})
	}
}

// cacheKey is the operation and the SHA-256 of the UTC day and the command.
func cacheKey(operation string, now time.Time, command any) (string, error) {
	text, err := json.Marshal(command)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(append([]byte(now.UTC().Format(time.DateOnly)+"\n"), text...))
	return operation + ":" + hex.EncodeToString(sum[:]), nil
}

// wholeLengths gives lengths of contents the type back that JSON does not know.
func wholeLengths(load func(context.Context, docstore.GetQuality) (docstore.QualityReport, error)) func(context.Context, docstore.GetQuality) (docstore.QualityReport, error) {
	return func(ctx context.Context, c docstore.GetQuality) (docstore.QualityReport, error) {
		report, err := load(ctx, c)
		for _, item := range report.Items {
			if length, ok := item.Metadata["content_length"].(float64); ok {
				item.Metadata["content_length"] = int(length)
			}
		}
		return report, err
	}
}

// watch makes every change that deps store invalidate what was made of it, after
// its commit and before it is acknowledged.
func watch(deps *Deps) {
	if deps.Memo == nil {
		return
	}
	deps.Unit = watchedUnit{deps.Unit, deps.Memo}
	deps.Outbox = watchedOutbox{deps.Outbox, deps.Memo}
	if deps.Inbox != nil {
		deps.Inbox = watchedInbox{deps.Inbox, deps.Memo}
	}
}

// changes gathers what a transaction changes.
type changes struct {
	mu   sync.Mutex
	tags []string
}

type changesKey struct{}

// changed says that what the tags stand for has changed: invalid at once, or
// when the transaction of ctx has ended.
func changed(ctx context.Context, memo *cache.Memo, tags ...string) {
	c, ok := ctx.Value(changesKey{}).(*changes)
	if !ok {
		if memo != nil {
			memo.Invalidate(ctx, tags...)
		}
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tags = append(c.tags, tags...)
}

// gathering runs work with a context that gathers changes, and invalidates them
// afterwards, however the work ended: a commit that failed may have happened.
func gathering(ctx context.Context, memo *cache.Memo, work func(context.Context) error) error {
	if _, joined := ctx.Value(changesKey{}).(*changes); joined {
		return work(ctx)
	}
	c := new(changes)
	defer func() {
		slices.Sort(c.tags)
		if tags := slices.Compact(c.tags); len(tags) > 0 {
			memo.Invalidate(ctx, tags...)
		}
	}()
	return work(context.WithValue(ctx, changesKey{}, c))
}

type watchedUnit struct {
	tx.Unit
	memo *cache.Memo
}

// Within implements tx.Unit.
func (u watchedUnit) Within(ctx context.Context, fn func(context.Context) error) error {
	return gathering(ctx, u.memo, func(ctx context.Context) error { return u.Unit.Within(ctx, fn) })
}

type watchedInbox struct {
	bus.Inbox
	memo *cache.Memo
}

// Once implements bus.Inbox.
func (i watchedInbox) Once(ctx context.Context, handler, eventID string, fn func(context.Context) error) error {
	return gathering(ctx, i.memo, func(ctx context.Context) error { return i.Inbox.Once(ctx, handler, eventID, fn) })
}

// watchedOutbox knows from the events what has changed.
type watchedOutbox struct {
	outbox.Outbox
	memo *cache.Memo
}

// Append implements outbox.Outbox.
func (o watchedOutbox) Append(ctx context.Context, events ...domain.Event) error {
	err := o.Outbox.Append(ctx, events...)
	for _, event := range events {
		switch event.Aggregate {
		case "document":
			changed(ctx, o.memo, tagDocuments)
		case "relationship":
			changed(ctx, o.memo, tagRelationships)
		}
	}
	return err
}
