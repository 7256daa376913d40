package docstore

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/cache"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/usecase"
)

func (s *service) fillCache(menu *docstore.UseCases) {
	menu.GetCacheStats.HandleFunc(s.getCacheStats)
	menu.InvalidateCache.HandleFunc(s.invalidateCache)
	menu.OptimizeCache.HandleFunc(s.optimizeCache)
	warmers := map[string]func(context.Context) error{
		opQuality:           warmer(&menu.GetQuality),
		opAnalytics:         warmer(&menu.GetAnalytics),
		opAnalyticsSummary:  warmer(&menu.GetAnalyticsSummary),
		opVersionStats:      warmer(&menu.GetVersionStats),
		opRelationshipStats: warmer(&menu.GetRelationshipStats),
		opTagStats:          warmer(&menu.GetTagStats),
		opLifecycleStats:    warmer(&menu.GetLifecycleStatistics),
		opGraph:             warmer(&menu.GetGraph),
	}
	menu.WarmCache.HandleFunc(func(ctx context.Context, c docstore.WarmCache) (docstore.WarmedCache, error) {
		return s.warmCache(ctx, c, warmers)
	})
}

// warmer asks for an answer as a caller without parameters does, so that it is
// kept under the same key.
func warmer[C, R any](port *usecase.Port[C, R]) func(context.Context) error {
	return func(ctx context.Context) error {
		var plain C
		return port.Execute(ctx, plain).Err()
	}
}

func (s *service) getCacheStats(ctx context.Context, _ docstore.GetCacheStats) (docstore.CacheStats, error) {
	if s.Memo == nil {
		return docstore.CacheStats{}, nil
	}
	stats, err := s.Memo.Cache().Stats(ctx)
	if err != nil {
		return docstore.CacheStats{}, err
	}
	view := docstore.CacheStats{
		CacheEnabled: true, LocalCacheEntries: near(stats).Entries, TotalHits: stats.Hits, TotalMisses: stats.Misses,
		HitRatePercent: math.Round(stats.HitRate()*10000) / 100, TotalSizeBytes: stats.Bytes, Evictions: stats.Evictions,
		AvgResponseTimeMS: float64(stats.MeanRead) / float64(time.Millisecond),
	}
	if len(stats.Levels) > 0 {
		view.Redis = &docstore.RedisStats{}
	}
	if len(stats.Levels) > 1 {
		far := stats.Levels[1]
		*view.Redis = docstore.RedisStats{
			Connected: true, Entries: far.Entries, SizeBytes: far.Bytes, Hits: far.Hits, Misses: far.Misses, Evictions: far.Evictions,
		}
	}
	return view, nil
}

// near is the level within this process.
func near(stats cache.Stats) cache.Stats {
	if len(stats.Levels) > 0 {
		return stats.Levels[0]
	}
	return stats
}

func (s *service) invalidateCache(ctx context.Context, c docstore.InvalidateCache) (docstore.InvalidatedCache, error) {
	if len(c.Tags)+len(c.Patterns) == 0 {
		return docstore.InvalidatedCache{}, domain.Invalid.New("There is nothing to forget; name tags or patterns.").WithField("tags", "required", "or patterns must be given")
	}
	var answer docstore.InvalidatedCache
	if s.Memo == nil {
		return answer, nil
	}
	defer s.Memo.Forget()
	for _, forget := range []struct {
		call  func(context.Context, ...string) (int, error)
		words []string
	}{{s.Memo.Cache().InvalidateTags, c.Tags}, {s.Memo.Cache().InvalidateMatching, c.Patterns}} {
		if len(forget.words) == 0 {
			continue
		}
		n, err := forget.call(ctx, forget.words...)
		if err != nil {
			return answer, err
		}
		answer.Invalidated += n
	}
	return answer, nil
}

func (s *service) warmCache(ctx context.Context, c docstore.WarmCache, warmers map[string]func(context.Context) error) (docstore.WarmedCache, error) {
	if s.Memo == nil {
		return docstore.WarmedCache{}, domain.Conflict.New("Answers are not kept here; set ENABLE_CACHING to true and start again.")
	}
	known := slices.Sorted(maps.Keys(warmers))
	if len(c.Operations) == 0 {
		c.Operations = known
	}
	for i, name := range c.Operations {
		if warmers[name] == nil {
			return docstore.WarmedCache{}, domain.Invalid.New("There is no such operation to warm.").
				WithField(fmt.Sprintf("operations[%d]", i), "enum", "must be one of "+strings.Join(known, ", "))
		}
	}
	answer := docstore.WarmedCache{Total: len(c.Operations), Errors: []string{}}
	for _, name := range c.Operations {
		if err := warmers[name](ctx); err != nil {
			answer.Failed++
			answer.Errors = append(answer.Errors, name+": "+domain.FaultOf(err).Message)
			continue
		}
		answer.Warmed++
	}
	return answer, nil
}

func (s *service) optimizeCache(ctx context.Context, _ docstore.OptimizeCache) (docstore.OptimizedCache, error) {
	if s.Memo == nil {
		return docstore.OptimizedCache{}, nil
	}
	removed, err := s.Memo.Cache().Prune(ctx)
	if err != nil {
		return docstore.OptimizedCache{}, err
	}
	stats, err := s.Memo.Cache().Stats(ctx)
	return docstore.OptimizedCache{LocalExpiredRemoved: removed, LocalRemaining: near(stats).Entries}, err
}
