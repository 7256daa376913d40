package docstoremem

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/bulk"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/webhook"
	"github.com/docsteward/docsteward/ports/docstore"
)

// purge deletes at most limit of the rows that old accepts, in the order given.
func purge[K cmp.Ordered, V any](ctx context.Context, db *memkit.DB, t *memkit.Table[K, V], key func(V) K, old func(V) bool, order func(a, b V) int, limit int) (int, error) {
	var erased int
	err := db.Within(ctx, func(ctx context.Context) error {
		rows, err := t.Select(ctx, old)
		if err != nil {
			return err
		}
		slices.SortFunc(rows, order)
		rows = rows[:min(limit, len(rows))]
		for _, row := range rows {
			if _, err := t.Delete(ctx, key(row)); err != nil {
				return err
			}
		}
		erased = len(rows)
		return nil
	})
	if err != nil {
		return 0, err
	}
	return erased, nil
}

// Count implements docstore.EventLog.
func (l *EventLog) Count(ctx context.Context, since time.Time) (map[string]int, error) {
	kept, err := l.events.Select(ctx, func(r recorded) bool { return !r.event.At.Before(since) })
	counts := map[string]int{}
	for _, r := range kept {
		counts[r.event.Name]++
	}
	return counts, err
}

// Purge implements docstore.EventLog.
func (l *EventLog) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return purge(ctx, l.db, l.events, func(r recorded) string { return r.event.ID },
		func(r recorded) bool { return r.event.At.Before(before) },
		func(a, b recorded) int { return cmp.Compare(a.place, b.place) }, limit)
}

// Count implements docstore.Deliveries.
func (s *Deliveries) Count(ctx context.Context, since time.Time) (map[webhook.Status]int, error) {
	kept, err := s.deliveries.Select(ctx, func(d webhook.Delivery) bool { return !d.CreatedAt.Before(since) })
	counts := map[webhook.Status]int{}
	for _, d := range kept {
		counts[d.Status]++
	}
	return counts, err
}

// Purge implements docstore.Deliveries.
func (s *Deliveries) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return purge(ctx, s.db, s.deliveries, func(d webhook.Delivery) string { return d.ID.String() },
		func(d webhook.Delivery) bool { return d.Status != webhook.Pending && d.FinishedAt.Before(before) },
		func(a, b webhook.Delivery) int {
			return cmp.Or(a.FinishedAt.Compare(b.FinishedAt), strings.Compare(a.ID.String(), b.ID.String()))
		}, limit)
}

// Purge implements docstore.BulkOperations.
func (s *Bulk) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return purge(ctx, s.db, s.operations, func(r requested) string { return r.ID.String() },
		func(r requested) bool {
			return r.Status.Finished() && r.CompletedAt.Before(before) || r.Status == bulk.Receiving && r.CreatedAt.Before(before)
		},
		func(a, b requested) int {
			return cmp.Or(a.CompletedAt.Compare(b.CompletedAt), strings.Compare(a.ID.String(), b.ID.String()))
		}, limit)
}

// QualityLog keeps how the quality of all documents was.
type QualityLog struct {
	db        *memkit.DB
	summaries *memkit.Table[int64, document.QualitySummary]
}

var _ docstore.QualityLog = (*QualityLog)(nil)

// NewQualityLog returns an empty log in db.
func NewQualityLog(db *memkit.DB) *QualityLog {
	return &QualityLog{db, memkit.NewTable[int64](db, func(s document.QualitySummary) document.QualitySummary {
		s.Flags = maps.Clone(s.Flags)
		return s
	})}
}

// Record implements docstore.QualityLog.
func (l *QualityLog) Record(ctx context.Context, s document.QualitySummary) error {
	if s.Flags == nil {
		s.Flags = map[document.Flag]int{}
	}
	s.At = s.At.UTC().Truncate(time.Microsecond)
	return l.summaries.Put(ctx, s.At.UnixMicro(), s)
}

// List implements docstore.QualityLog.
func (l *QualityLog) List(ctx context.Context, page domain.PageRequest) (domain.Page[document.QualitySummary], error) {
	all, err := l.summaries.Select(ctx, nil)
	slices.Reverse(all)
	return memkit.PageOf(all, page), err
}

// Purge implements docstore.QualityLog.
func (l *QualityLog) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return purge(ctx, l.db, l.summaries, func(s document.QualitySummary) int64 { return s.At.UnixMicro() },
		func(s document.QualitySummary) bool { return s.At.Before(before) },
		func(a, b document.QualitySummary) int { return a.At.Compare(b.At) }, limit)
}
