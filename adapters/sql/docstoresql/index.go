package docstoresql

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// engine is what the full-text search of one database spells its own way.
type engine interface {
	// put makes the text of a version searchable.
	put(ctx context.Context, v document.Version) error
	// rebuild makes all texts searchable anew.
	rebuild(ctx context.Context) error
	// demand returns the condition that the texts t meet the clauses, the
	// expression of their rank, greater being better, and what must be joined.
	demand(clauses []document.Clause, any bool, bind func(any) string) (join, condition, rank string)
	// field returns the condition that the metadata of versions v meets a demand.
	field(key, value string, bind func(any) string) string
}

// Index is the search index beside a Store, in the same transactions.
type Index struct {
	db     *sqlkit.DB
	store  *Store
	engine engine
}

var _ docstore.Index = (*Index)(nil)

// NewIndex returns the index of a store.
func NewIndex(store *Store) *Index {
	i := &Index{db: store.db, store: store}
	if store.db.Dialect() == sqlkit.Postgres {
		i.engine = tsvector{store.db}
	} else {
		i.engine = fts5{store.db}
	}
	return i
}

// Put makes a version findable.
func (i *Index) Put(ctx context.Context, v document.Version) error { return i.engine.put(ctx, v) }

// Drop does nothing: what the index holds goes with the versions that hold it.
func (i *Index) Drop(context.Context, document.ID) error { return nil }

// Rebuild makes the index anew in one transaction; searches see the old one until it ends.
func (i *Index) Rebuild(ctx context.Context) (int, error) {
	var versions int
	err := i.db.Within(ctx, func(ctx context.Context) error {
		if err := i.engine.rebuild(ctx); err != nil {
			return err
		}
		err := i.db.RawRead(ctx).QueryRowContext(ctx, `SELECT count(*) FROM versions`).Scan(&versions)
		return sqlkit.Translate(err, "version")
	})
	return versions, err
}

// Search answers a query with two statements, one for the count and one for the
// page, and one more per facet.
func (i *Index) Search(ctx context.Context, s document.Search) (document.Hits, error) {
	page := s.Page.Normal()
	q := i.spell(s)
	var hits document.Hits
	hits.Page = domain.NewPage([]document.Hit{}, 0, page)
	err := i.db.RawRead(ctx).QueryRowContext(ctx, `SELECT count(*) `+q.from, q.args...).Scan(&hits.Total)
	if err != nil || hits.Total == 0 {
		return hits, sqlkit.Translate(err, "search")
	}
	rows, err := i.db.RawRead(ctx).QueryContext(ctx, fmt.Sprintf(
		`SELECT v.document_id, v.number, t.title, t.content, v.hash, v.metadata, v.valid_from, %s AS score %s ORDER BY %s LIMIT $%d OFFSET $%d`,
		q.rank, q.from, q.order, len(q.args)+1, len(q.args)+2), append(slices.Clone(q.args), page.Limit, page.Offset)...)
	if err != nil {
		return hits, sqlkit.Translate(err, "search")
	}
	hits.Items, err = collect(rows, func(row scanner) (document.Hit, error) { return scanHit(row, s.Query) })
	if err != nil {
		return hits, sqlkit.Translate(err, "search")
	}
	if s.Facets {
		hits.Facets, err = i.facets(ctx, q)
	}
	return hits, err
}

func scanHit(row scanner, q document.Query) (document.Hit, error) {
	var hit document.Hit
	var id, content, metadata string
	var from sqlkit.Instant
	if err := row.Scan(&id, &hit.Version, &hit.Title, &content, &hit.Hash, &metadata, &from, &hit.Score); err != nil {
		return document.Hit{}, err
	}
	hit.Document = domain.StoredID[document.Document](id)
	hit.UpdatedAt, hit.Snippet = from.Time(), document.Snippet(content, q)
	var err error
	hit.Metadata, err = decode(metadata)
	return hit, err
}

// facetKeys are the metadata keys that facets count. Never written.
var facetKeys = []string{"type", "language", "source_type", "owner"}

func (i *Index) facets(ctx context.Context, q spelled) (map[string]map[string]int, error) {
	facets := make(map[string]map[string]int, len(facetKeys))
	for _, key := range facetKeys {
		value := i.store.metadata("v", key)
		rows, err := i.db.RawRead(ctx).QueryContext(ctx,
			fmt.Sprintf(`SELECT %s, count(*) %s AND %s IS NOT NULL GROUP BY 1`, value, q.from, value), q.args...)
		if err != nil {
			return nil, sqlkit.Translate(err, "search")
		}
		facets[key] = make(map[string]int)
		_, err = collect(rows, func(row scanner) (struct{}, error) {
			var name string
			var n int
			err := row.Scan(&name, &n)
			facets[key][name] = n
			return struct{}{}, err
		})
		if err != nil {
			return nil, sqlkit.Translate(err, "search")
		}
	}
	return facets, nil
}

// spelled is a search as SQL.
type spelled struct {
	from, rank, order string
	args              []any
}

func (i *Index) spell(s document.Search) spelled {
	var q spelled
	bind := func(value any) string {
		q.args = append(q.args, value)
		return fmt.Sprintf("$%d", len(q.args))
	}
	join, condition, rank := i.engine.demand(s.Clauses, s.Any, bind)
	where := []string{"v.deletion = 0"}
	if condition != "" {
		where = append(where, condition)
	}
	if s.AsOf.IsZero() {
		where = append(where, "v.valid_to = 0")
	} else {
		at := bind(sqlkit.InstantOf(s.AsOf))
		where = append(where, "v.valid_from <= "+at, "(v.valid_to = 0 OR v.valid_to > "+at+")")
	}
	if !s.From.IsZero() {
		where = append(where, "v.valid_from >= "+bind(sqlkit.InstantOf(s.From)))
	}
	if !s.Until.IsZero() {
		where = append(where, "v.valid_from < "+bind(sqlkit.InstantOf(s.Until)))
	}
	for _, key := range slices.Sorted(maps.Keys(s.Fields)) {
		for _, value := range s.Fields[key] {
			where = append(where, i.engine.field(key, value, bind))
		}
	}
	q.from = "FROM versions v JOIN texts t ON t.seq = v.text_seq " + join + " WHERE " + strings.Join(where, " AND ")
	q.rank = rank
	q.order = map[document.Sort]string{
		document.ByDate: "v.valid_from DESC, v.document_id", document.BySize: "v.size DESC, v.document_id",
	}[s.Sort]
	if q.order == "" {
		q.order = "score DESC, v.document_id"
	}
	return q
}
