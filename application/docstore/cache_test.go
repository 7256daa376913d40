package docstore

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/memcache"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/cache"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/usecase"
)

// twofold is one store behind two menus: one that keeps answers and one that
// always computes them.
type twofold struct {
	*station
	cached docstore.UseCases
	kept   *memcache.Cache
}

func newTwofold(t *testing.T) *twofold {
	s := &twofold{station: newStation(t)}
	s.kept = memcache.New(s.clock, memcache.Options{})
	deps := s.Deps
	deps.Memo = cache.NewMemo(s.kept, func(_ context.Context, call string, err error) { t.Errorf("%s: %v", call, err) })
	Fill(&s.cached, deps)
	return s
}

// agree says that both menus give the same answer, whatever it is.
func agree[C, R any](t *testing.T, step string, cached, plain usecase.UseCase[C, R], c C) {
	t.Helper()
	want, wantErr := plain.Execute(t.Context(), c).Unwrap()
	for range 2 { // computed, then kept
		got, err := cached.Execute(t.Context(), c).Unwrap()
		if !reflect.DeepEqual(got, want) || fmt.Sprint(err) != fmt.Sprint(wantErr) {
			t.Fatalf("%s, %T:\n got %+v, %v\nwant %+v, %v", step, c, got, err, want, wantErr)
		}
	}
}

func (s *twofold) agree(t *testing.T, step string) {
	t.Helper()
	c, p := &s.cached, &s.menu
	agree(t, step, &c.GetQuality, &p.GetQuality, docstore.GetQuality{StaleThresholdDays: 2, Limit: 100})
	agree(t, step, &c.GetAnalytics, &p.GetAnalytics, docstore.GetAnalytics{DaysBack: 30})
	agree(t, step, &c.GetAnalyticsSummary, &p.GetAnalyticsSummary, docstore.GetAnalyticsSummary{})
	agree(t, step, &c.GetVersionStats, &p.GetVersionStats, docstore.GetVersionStats{})
	agree(t, step, &c.GetRelationshipStats, &p.GetRelationshipStats, docstore.GetRelationshipStats{})
	agree(t, step, &c.GetGraph, &p.GetGraph, docstore.GetGraph{Limit: 100})
	agree(t, step, &c.GetTagStats, &p.GetTagStats, docstore.GetTagStats{})
	agree(t, step, &c.GetLifecycleStatistics, &p.GetLifecycleStatistics, docstore.GetLifecycleStatistics{})
	agree(t, step, &c.FindSimilar, &p.FindSimilar, docstore.FindSimilar{ID: "doc-1", Limit: 10})
}

// After every acknowledged write, whatever it was, kept answers equal computed ones.
func TestKeptAnswersFollowEveryWrite(t *testing.T) {
	s := newTwofold(t)
	random := rand.New(rand.NewPCG(1, 2))
	if err := s.cached.CreatePolicy.Execute(t.Context(), docstore.CreatePolicy{
		Name: "keep", Actions: docstore.PolicyActions{RetentionDays: 30}, Conditions: docstore.PolicyConditions{ContentTypes: []string{"guide"}},
	}).Err(); err != nil {
		t.Fatal(err)
	}
	writes := []func(id, other string) (string, error){
		func(id, _ string) (string, error) {
			return "put", s.cached.PutDocument.Execute(t.Context(), docstore.PutDocument{
				ID: id, Content: fmt.Sprintf("The heron number %d stands in the shallow water of the lake.", random.IntN(9)),
				Metadata: map[string]any{"type": "guide", "tags": []any{id}},
			}).Err()
		},
		func(id, _ string) (string, error) {
			return "delete", s.cached.DeleteDocument.Execute(t.Context(), docstore.DeleteDocument{ID: id}).Err()
		},
		func(id, _ string) (string, error) {
			return "purge", s.cached.DeleteDocument.Execute(t.Context(), docstore.DeleteDocument{ID: id, Purge: true}).Err()
		},
		func(id, other string) (string, error) {
			return "link", s.cached.CreateRelationship.Execute(t.Context(), docstore.CreateRelationship{
				SourceDocumentID: id, TargetDocumentID: other, RelationshipType: "references",
			}).Err()
		},
		func(id, _ string) (string, error) {
			return "tag", s.cached.SetTag.Execute(t.Context(), docstore.SetTag{ID: id, Tag: "t" + id}).Err()
		},
		func(id, _ string) (string, error) {
			return "clean up", s.cached.CleanUpVersions.Execute(t.Context(), docstore.CleanUpVersions{ID: id, KeepVersions: 1}).Err()
		},
		func(id, _ string) (string, error) {
			return "apply policies", s.cached.ApplyPolicies.Execute(t.Context(), docstore.ApplyPolicies{ID: id}).Err()
		},
		func(id, _ string) (string, error) {
			return "transition", s.cached.TransitionDocument.Execute(t.Context(), docstore.TransitionDocument{ID: id, NewPhase: "archived", Reason: "old"}).Err()
		},
		func(id, _ string) (string, error) {
			return "metadata", s.cached.PatchMetadata.Execute(t.Context(), docstore.PatchMetadata{
				ID: id, Updates: map[string]any{"owner": fmt.Sprint(random.IntN(3))},
			}).Err()
		},
	}
	done := map[string]int{}
	for step := range 250 {
		write := random.IntN(len(writes) + 6)
		if write >= len(writes) {
			write = 0 // most often
		}
		id, other := fmt.Sprint("doc-", random.IntN(6)), fmt.Sprint("doc-", random.IntN(6))
		what, err := writes[write](id, other)
		if err == nil {
			done[what]++
		} else if domain.FaultOf(err).Kind == domain.Internal || domain.FaultOf(err).Kind == domain.Storage {
			t.Fatalf("%s: %v", what, err)
		}
		s.agree(t, fmt.Sprintf("step %d, %s %s %s: %v", step, what, id, other, err))
	}
	if len(done) != len(writes) {
		t.Errorf("not every kind of write succeeded once: %v", done)
	}
	stats := run(t, &s.cached.GetCacheStats, docstore.GetCacheStats{})
	if !stats.CacheEnabled || stats.TotalHits < 2000 || stats.LocalCacheEntries == 0 || stats.HitRatePercent < 40 || stats.Redis != nil {
		t.Errorf("got %+v", stats)
	}
}

// While writers write, whoever reads after an acknowledgement sees it.
func TestReadersSeeWhatWasAcknowledged(t *testing.T) {
	s := newTwofold(t)
	documents := func() int {
		summary, err := s.cached.GetAnalyticsSummary.Execute(t.Context(), docstore.GetAnalyticsSummary{}).Unwrap()
		if err != nil {
			t.Error(err)
		}
		return summary.Overview.TotalDocuments
	}
	var readers sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	for range 3 {
		readers.Go(func() {
			for ctx.Err() == nil {
				documents()
			}
		})
	}
	for n := 1; n <= 40; n++ {
		run(t, &s.cached.PutDocument, docstore.PutDocument{ID: fmt.Sprint("doc-", n), Content: fmt.Sprint("content ", n)})
		if got := documents(); got != n {
			t.Fatalf("%d documents after %d were acknowledged", got, n)
		}
	}
	stop()
	readers.Wait()
}

func TestCacheIsTended(t *testing.T) {
	s := newTwofold(t)
	run(t, &s.cached.PutDocument, docstore.PutDocument{ID: "a", Content: "a"})
	warmed := run(t, &s.cached.WarmCache, docstore.WarmCache{})
	if warmed.Total != 8 || warmed.Warmed+warmed.Failed != 8 || len(warmed.Errors) != warmed.Failed || warmed.Warmed < 6 {
		t.Fatalf("got %+v", warmed)
	}
	warmed = run(t, &s.cached.WarmCache, docstore.WarmCache{Operations: []string{"version_stats", "tag_stats"}})
	if warmed.Warmed != 2 || warmed.Total != 2 {
		t.Errorf("got %+v", warmed)
	}
	err := s.cached.WarmCache.Execute(t.Context(), docstore.WarmCache{Operations: []string{"tag_stats", "everything"}}).Err()
	if fault := domain.FaultOf(err); fault.Kind != domain.Invalid || fault.Fields[0].Field != "operations[1]" {
		t.Errorf("got %v", err)
	}
	before := run(t, &s.cached.GetCacheStats, docstore.GetCacheStats{})
	run(t, &s.cached.GetVersionStats, docstore.GetVersionStats{})
	if after := run(t, &s.cached.GetCacheStats, docstore.GetCacheStats{}); after.TotalHits != before.TotalHits+1 {
		t.Errorf("a warmed answer was not found: %+v, then %+v", before, after)
	}
	if got := run(t, &s.cached.InvalidateCache, docstore.InvalidateCache{Patterns: []string{"version_*"}}); got.Invalidated != 1 {
		t.Errorf("by pattern: %+v", got)
	}
	if got := run(t, &s.cached.InvalidateCache, docstore.InvalidateCache{Tags: []string{"lifecycle"}}); got.Invalidated != 1 {
		t.Errorf("by tag: %+v", got)
	}
	left := run(t, &s.cached.GetCacheStats, docstore.GetCacheStats{}).LocalCacheEntries
	s.clock.Advance(5 * time.Minute)
	tidied := run(t, &s.cached.OptimizeCache, docstore.OptimizeCache{})
	if tidied.LocalExpiredRemoved != 3 || tidied.LocalRemaining != left-3 { // quality and both analytics age
		t.Errorf("of %d: %+v", left, tidied)
	}
	if err := s.cached.InvalidateCache.Execute(t.Context(), docstore.InvalidateCache{}).Err(); !errors.Is(err, domain.Invalid) {
		t.Errorf("nothing to forget: %v", err)
	}
}

func TestWithoutACacheTheRoutesSaySo(t *testing.T) {
	s := newStation(t)
	if stats := run(t, &s.menu.GetCacheStats, docstore.GetCacheStats{}); stats != (docstore.CacheStats{}) {
		t.Errorf("got %+v", stats)
	}
	if got := run(t, &s.menu.InvalidateCache, docstore.InvalidateCache{Tags: []string{"x"}}); got.Invalidated != 0 {
		t.Errorf("got %+v", got)
	}
	if got := run(t, &s.menu.OptimizeCache, docstore.OptimizeCache{}); got != (docstore.OptimizedCache{}) {
		t.Errorf("got %+v", got)
	}
	if err := s.menu.WarmCache.Execute(t.Context(), docstore.WarmCache{}).Err(); !errors.Is(err, domain.Conflict) {
		t.Errorf("got %v", err)
	}
}
