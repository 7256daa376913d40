// Package querymem keeps queries with their outcomes in memory, for tests and for
// programs that keep nothing.
package querymem

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/query"
	"github.com/docsteward/docsteward/ports/queryprocessing"
)

var _ queryprocessing.History = (*History)(nil)

// History keeps queries.
type History struct {
	db   *memkit.DB
	rows *memkit.Table[string, entry]
}

// entry is a query with what is said of it.
type entry struct {
	record query.Record
	said   []query.Feedback // by user
}

// NewHistory returns no queries in db.
func NewHistory(db *memkit.DB) *History {
	return &History{db, memkit.NewTable[string](db, func(e entry) entry {
		e.said, e.record.Missing, e.record.Documents = slices.Clone(e.said), slices.Clone(e.record.Missing), slices.Clone(e.record.Documents)
		e.record.Sentences = slices.Clone(e.record.Sentences)
		for i, c := range e.record.Sentences {
			e.record.Sentences[i].Headings = slices.Clone(c.Headings)
		}
		return e
	})}
}

// Add implements queryprocessing.History.
func (h *History) Add(ctx context.Context, r query.Record) error {
	return h.rows.Insert(ctx, r.ID.String(), entry{record: r}, "query")
}

// Get implements queryprocessing.History.
func (h *History) Get(ctx context.Context, id query.ID) (query.Record, error) {
	e, ok, err := h.rows.Get(ctx, id.String())
	if err == nil && !ok {
		err = domain.NotFound.New("There is no such query.")
	}
	return e.record, err
}

// newest returns the queries that are kept, the last asked first.
func (h *History) newest(ctx context.Context, keep func(query.Record) bool) ([]query.Record, error) {
	rows, err := h.rows.Select(ctx, func(e entry) bool { return keep(e.record) })
	records := make([]query.Record, len(rows))
	for i, e := range rows {
		records[i] = e.record
	}
	slices.SortFunc(records, func(a, b query.Record) int {
		return cmp.Or(b.At.Compare(a.At), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return records, err
}

// Find implements queryprocessing.History.
func (h *History) Find(ctx context.Context, f queryprocessing.Filter, page domain.PageRequest) (domain.Page[query.Record], error) {
	records, err := h.newest(ctx, func(r query.Record) bool {
		return (f.Intent == "" || r.Intent == f.Intent) && (f.Status == "" || r.Status == f.Status) && (f.User == "" || r.User == f.User)
	})
	for i := range records {
		records[i].Sentences, records[i].Documents, records[i].Missing = nil, nil, nil
	}
	return memkit.PageOf(records, page), err
}

// Delete implements queryprocessing.History.
func (h *History) Delete(ctx context.Context, id query.ID) error {
	ok, err := h.rows.Delete(ctx, id.String())
	if err == nil && !ok {
		err = domain.NotFound.New("There is no such query.")
	}
	return err
}

// Trim implements queryprocessing.History.
func (h *History) Trim(ctx context.Context, keep int) (int, error) {
	erased := 0
	err := h.db.Within(ctx, func(ctx context.Context) error {
		records, err := h.newest(ctx, func(query.Record) bool { return true })
		if err != nil || len(records) <= keep {
			return err
		}
		for _, r := range records[keep:] {
			if _, err := h.rows.Delete(ctx, r.ID.String()); err != nil {
				return err
			}
			erased++
		}
		return nil
	})
	return erased, err
}

// PutFeedback implements queryprocessing.History.
func (h *History) PutFeedback(ctx context.Context, f query.Feedback) error {
	return h.rows.Update(ctx, f.Query.String(), "query", func(e entry) (entry, error) {
		e.said = slices.DeleteFunc(slices.Clone(e.said), func(old query.Feedback) bool { return old.User == f.User })
		e.said = append(e.said, f)
		slices.SortFunc(e.said, func(a, b query.Feedback) int { return strings.Compare(a.User, b.User) })
		return e, nil
	})
}

// Feedback implements queryprocessing.History.
func (h *History) Feedback(ctx context.Context, id query.ID) ([]query.Feedback, error) {
	e, _, err := h.rows.Get(ctx, id.String())
	return e.said, err
}

// Count implements queryprocessing.History.
func (h *History) Count(ctx context.Context, today time.Time) (queryprocessing.Counts, error) {
	rows, err := h.rows.Select(ctx, nil)
	counts := queryprocessing.Counts{Total: len(rows), ByStatus: map[query.Status]int{}, ByIntent: map[query.Intent]int{}}
	for _, e := range rows {
		counts.ByStatus[e.record.Status]++
		counts.ByIntent[e.record.Intent]++
		counts.Took += e.record.Took
		if !e.record.At.Before(today) {
			counts.Today++
		}
		for _, f := range e.said {
			if f.Helpful {
				counts.Helpful++
			} else {
				counts.Unhelpful++
			}
		}
	}
	if len(rows) > 0 {
		counts.Took = (counts.Took / time.Duration(len(rows))).Truncate(time.Microsecond)
	}
	return counts, err
}
