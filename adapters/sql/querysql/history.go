// Package querysql keeps queries with their outcomes in SQLite or PostgreSQL.
package querysql

import (
	"context"
	"embed"
	"time"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/query"
	"github.com/docsteward/docsteward/ports/queryprocessing"
)

// Migrations are the tables of query processing, for sqlkit.Config.
//
//go:embed migrations
var Migrations embed.FS

var _ queryprocessing.History = (*History)(nil)

// History keeps queries.
type History struct{ db *sqlkit.DB }

// NewHistory returns the queries in an open database that has the Migrations.
func NewHistory(db *sqlkit.DB) *History { return &History{db} }

// Add implements queryprocessing.History.
func (h *History) Add(ctx context.Context, r query.Record) error {
	row := rowOf(r)
	return sqlkit.Insert(ctx, h.db, &row, "query")
}

// Get implements queryprocessing.History.
func (h *History) Get(ctx context.Context, id query.ID) (query.Record, error) {
	row, err := sqlkit.Get[queryRow](ctx, h.db, "query", sqlkit.Where("id = ?", id.String()))
	return row.record(), err
}

// Find implements queryprocessing.History.
func (h *History) Find(ctx context.Context, f queryprocessing.Filter, page domain.PageRequest) (domain.Page[query.Record], error) {
	var scopes []sqlkit.Scope
	for _, demand := range [...]struct{ column, value string }{
		{"intent", string(f.Intent)}, {"status", string(f.Status)}, {"caller", f.User},
	} {
		if demand.value != "" {
			scopes = append(scopes, sqlkit.Where(demand.column+" = ?", demand.value))
		}
	}
	rows, err := sqlkit.Page[queryHead](ctx, h.db, "query", "asked DESC, id", page, scopes...)
	return domain.MapPage(rows, queryHead.record), err
}

// Delete implements queryprocessing.History.
func (h *History) Delete(ctx context.Context, id query.ID) error {
	n, err := sqlkit.Delete[queryRow](ctx, h.db, "query", sqlkit.Where("id = ?", id.String()))
	if err == nil && n == 0 {
		err = domain.NotFound.New("There is no such query.")
	}
	return err
}

// Trim implements queryprocessing.History. It looks for the first query too many,
// which there is none of as a rule, before it erases anything.
func (h *History) Trim(ctx context.Context, keep int) (int, error) {
	erased := 0
	err := h.db.Within(ctx, func(ctx context.Context) error {
		found, err := sqlkit.List[queryHead](ctx, h.db, "query", sqlkit.Order("asked DESC, id"), sqlkit.Select("id", "asked"), beyond(keep))
		if err != nil || len(found) == 0 {
			return err
		}
		first := found[0]
		erased, err = sqlkit.Delete[queryRow](ctx, h.db, "query", sqlkit.Where("asked < ? OR (asked = ? AND id >= ?)", first.Asked, first.Asked, first.ID))
		return err
	})
	return erased, err
}

// PutFeedback implements queryprocessing.History.
func (h *History) PutFeedback(ctx context.Context, f query.Feedback) error {
	return h.db.Within(ctx, func(ctx context.Context) error {
		if _, err := sqlkit.Get[queryHead](ctx, h.db, "query", sqlkit.Where("id = ?", f.Query.String())); err != nil {
			return err
		}
		row := feedbackRow{Query: f.Query.String(), Caller: f.User, Helpful: f.Helpful, Comment: f.Comment, At: sqlkit.InstantOf(f.At)}
		if _, err := sqlkit.Delete[feedbackRow](ctx, h.db, "feedback", sqlkit.Where("query = ? AND caller = ?", row.Query, row.Caller)); err != nil {
			return err
		}
		return sqlkit.Insert(ctx, h.db, &row, "feedback")
	})
}

// Feedback implements queryprocessing.History.
func (h *History) Feedback(ctx context.Context, id query.ID) ([]query.Feedback, error) {
	rows, err := sqlkit.List[feedbackRow](ctx, h.db, "feedback", sqlkit.Where("query = ?", id.String()), sqlkit.Order("caller"))
	var said []query.Feedback
	for _, r := range rows {
		said = append(said, query.Feedback{Query: id, User: r.Caller, Helpful: r.Helpful, Comment: r.Comment, At: r.At.Time()})
	}
	return said, err
}

// Count implements queryprocessing.History.
func (h *History) Count(ctx context.Context, today time.Time) (queryprocessing.Counts, error) {
	counts := queryprocessing.Counts{ByStatus: map[query.Status]int{}, ByIntent: map[query.Intent]int{}}
	err := h.db.Snapshot(ctx, func(ctx context.Context) error {
		if err := h.countQueries(ctx, today, &counts); err != nil {
			return err
		}
		var err error
		if counts.Helpful, err = sqlkit.Count[feedbackRow](ctx, h.db, "feedback", sqlkit.Where("helpful = ?", true)); err != nil {
			return err
		}
		counts.Unhelpful, err = sqlkit.Count[feedbackRow](ctx, h.db, "feedback", sqlkit.Where("helpful = ?", false))
		return err
	})
	return counts, err
}

func (h *History) countQueries(ctx context.Context, today time.Time, counts *queryprocessing.Counts) error {
	rows, err := h.db.RawRead(ctx).QueryContext(ctx, `
		SELECT intent, status, count(*), sum(took), sum(CASE WHEN asked >= $1 THEN 1 ELSE 0 END)
		FROM queries GROUP BY intent, status`, sqlkit.InstantOf(today))
	if err != nil {
		return sqlkit.Translate(err, "query")
	}
	defer func() { _ = rows.Close() }()
	var took int64
	for rows.Next() {
		var intent query.Intent
		var status query.Status
		var n, recent int
		var sum int64
		if err := rows.Scan(&intent, &status, &n, &sum, &recent); err != nil {
			return sqlkit.Translate(err, "query")
		}
		counts.Total += n
		counts.Today += recent
		counts.ByIntent[intent] += n
		counts.ByStatus[status] += n
		took += sum
	}
	if counts.Total > 0 {
		counts.Took = time.Duration(took/int64(counts.Total)) * time.Microsecond
	}
	return sqlkit.Translate(rows.Err(), "query")
}
