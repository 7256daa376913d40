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
	// demand returns the condition that the texts of versions v meet the clauses, the
	// expression of their rank, greater being better, and what must be joined.
	demand(clauses []document.Clause, any bool, bind func(any) string) (join, condition, rank string)
	// meets returns the expression that is 1 where the text of a version v meets
	// the clause and 0 where it does not.
	meets(c document.Clause, bind func(any) string) string
	// field returns the condition that the metadata of versions v meets a demand.
	field(key, value string, bind func(any) string) string
	// facet returns what must be joined to versions v, the expression of a value of
	// the facet, and the condition that it counts.
	facet(key string) (join, value, condition string)
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
func (i *Index) Drop(ctx context.Context, _ document.ID) error {
	return sqlkit.Translate(ctx.Err(), "index")
}

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
	var total int
	err := i.db.RawRead(ctx).QueryRowContext(ctx, `SELECT count(*) `+q.from, q.args...).Scan(&total)
	if err != nil {
		return document.Hits{}, sqlkit.Translate(err, "search")
	}
	items := []document.Hit{}
	if total > page.Offset {
		if items, err = i.page(ctx, s, q, page); err != nil {
			return document.Hits{}, err
		}
	}
	hits.Page = domain.NewPage(items, total, page)
	if s.Facets {
		hits.Facets, err = i.facets(ctx, q)
	}
	return hits, err
}

// page finds the best versions first and then reads them, so that contents are
// not dragged through the sort.
func (i *Index) page(ctx context.Context, s document.Search, q spelled, page domain.PageRequest) ([]document.Hit, error) {
	met, score := i.met(s, &q)
	rows, err := i.db.RawRead(ctx).QueryContext(ctx, `
		SELECT v.document_id, v.number, t.title, t.content, v.hash, v.metadata, v.valid_from, v.size, `+analyses+`, `+score+`
		FROM (SELECT v.document_id AS id, v.number AS number, `+met+` AS met, `+q.rank+` AS fit `+q.from+
		` ORDER BY `+q.order+` LIMIT `+q.bind(page.Limit)+` OFFSET `+q.bind(page.Offset)+`) best
		JOIN versions v ON v.document_id = best.id AND v.number = best.number JOIN texts t ON t.seq = v.text_seq
		ORDER BY `+q.order, q.args...)
	if err != nil {
		return nil, sqlkit.Translate(err, "search")
	}
	items, err := collect(rows, func(row scanner) (document.Hit, error) { return scanHit(row, s.Query) })
	return items, sqlkit.Translate(err, "search")
}

// met spells how many clauses a version meets, and the score. Where any clause
// suffices their number comes first and the fit is squeezed below 1; otherwise
// all are met and the fit is the score.
func (i *Index) met(s document.Search, q *spelled) (met, score string) {
	if !s.Any {
		return "0", "fit"
	}
	met = "0"
	for _, c := range s.Clauses {
		if !c.Exclude {
			met += " + " + i.engine.meets(c, q.bind)
		}
	}
	return met, "met + fit / (1.0 + fit)"
}

func scanHit(row scanner, q document.Query) (document.Hit, error) {
	var hit document.Hit
	var id, content, metadata string
	var from sqlkit.Instant
	if err := row.Scan(&id, &hit.Version, &hit.Title, &content, &hit.Hash, &metadata, &from, &hit.Size, &hit.Analyses, &hit.Score); err != nil {
		return document.Hit{}, err
	}
	hit.Document = domain.StoredID[document.Document](id)
	hit.UpdatedAt, hit.Snippet = from.Time(), document.Snippet(content, q)
	var err error
	hit.Metadata, err = decode(metadata)
	return hit, err
}

// analyses is the expression of how many analyses the document of a version v has.
const analyses = "(SELECT count(*) FROM analyses a WHERE a.document_id = v.document_id)"

// spelled is a search as SQL.
type spelled struct {
	from, rank, order string
	args              []any
}

// bind adds a parameter and returns its name.
func (q *spelled) bind(value any) string {
	q.args = append(q.args, value)
	return fmt.Sprintf("$%d", len(q.args))
}

func (i *Index) spell(s document.Search) spelled {
	var q spelled
	bind := q.bind
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
	if s.Analysed != nil {
		where = append(where, map[bool]string{true: "", false: "NOT "}[*s.Analysed]+"EXISTS (SELECT 1 FROM analyses a WHERE a.document_id = v.document_id)")
	}
	if s.MinScore != nil {
		where = append(where, "EXISTS (SELECT 1 FROM analyses a WHERE a.document_id = v.document_id AND a.score >= "+bind(*s.MinScore)+")")
	}
	q.from = "FROM versions v " + join + " WHERE " + strings.Join(where, " AND ")
	q.rank = rank
	q.order = map[document.Sort]string{
		document.ByDate: "v.valid_from DESC, v.document_id", document.BySize: "v.size DESC, v.document_id",
		document.ByAnalyses: analyses + " DESC, v.document_id",
	}[s.Sort]
	if q.order == "" {
		q.order = "met DESC, fit DESC, v.document_id"
	}
	return q
}
