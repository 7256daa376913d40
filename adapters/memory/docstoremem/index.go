package docstoremem

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Index is the search index beside a Store, in the same transactions. It reads
// every text for every search.
type Index struct{ store *Store }

var _ docstore.Index = (*Index)(nil)

// NewIndex returns the index of a store.
func NewIndex(store *Store) *Index { return &Index{store} }

// words are those of a version, as document.Words splits them.
type words struct{ title, content []string }

// Put implements docstore.Index.
func (i *Index) Put(ctx context.Context, v document.Version) error {
	return i.store.words.Put(ctx, versionKey(v.Document, v.Number), words{document.Words(v.Title), document.Words(v.Content)})
}

// Drop implements docstore.Index.
func (i *Index) Drop(ctx context.Context, id document.ID) error {
	return i.store.db.Within(ctx, func(ctx context.Context) error {
		versions, _, err := i.store.histories.Get(ctx, id.String())
		for _, v := range versions {
			if _, err := i.store.words.Delete(ctx, versionKey(id, v.Number)); err != nil {
				return err
			}
		}
		return err
	})
}

// Rebuild implements docstore.Index.
func (i *Index) Rebuild(ctx context.Context) (int, error) {
	n := 0
	err := i.store.db.Within(ctx, func(ctx context.Context) error {
		histories, err := i.store.histories.Select(ctx, nil)
		for _, versions := range histories {
			for _, v := range versions {
				n++
				if err := i.Put(ctx, v); err != nil {
					return err
				}
			}
		}
		return err
	})
	return n, err
}

// Search implements docstore.Index.
func (i *Index) Search(ctx context.Context, s document.Search) (document.Hits, error) {
	found, err := i.candidates(ctx, s)
	if err != nil {
		return document.Hits{}, err
	}
	if found, err = i.analysed(ctx, found, s); err != nil {
		return document.Hits{}, err
	}
	found = rank(found, s)
	slices.SortFunc(found, orderOf(s.Sort))
	hits := document.Hits{Page: domain.MapPage(memkit.PageOf(found, s.Page), func(c candidate) document.Hit {
		v := c.version
		return document.Hit{
			Document: v.Document, Version: v.Number, Title: v.Title, Hash: v.Hash, Metadata: v.Metadata,
			UpdatedAt: v.ValidFrom, Score: c.score, Snippet: document.Snippet(v.Content, s.Query),
			Size: v.Size, Analyses: c.analyses,
		}
	})}
	if s.Facets {
		hits.Facets = facets(found)
	}
	return hits, nil
}

// candidate is a version that a search looks at.
type candidate struct {
	version  document.Version
	words    words
	score    float64
	analyses int
}

// candidates returns the versions that are valid at the instant and meet the
// bounds and fields.
func (i *Index) candidates(ctx context.Context, s document.Search) ([]candidate, error) {
	histories, err := i.store.histories.Select(ctx, nil)
	var found []candidate
	for _, versions := range histories {
		for _, v := range versions {
			if !meetsFrame(v, s) {
				continue
			}
			w, _, err := i.store.words.Get(ctx, versionKey(v.Document, v.Number))
			if err != nil {
				return nil, err
			}
			found = append(found, candidate{version: v, words: w})
		}
	}
	return found, err
}

func orderOf(by document.Sort) func(a, b candidate) int {
	return func(a, b candidate) int {
		var c int
		switch by {
		case document.ByDate:
			c = b.version.ValidFrom.Compare(a.version.ValidFrom)
		case document.BySize:
			c = cmp.Compare(b.version.Size, a.version.Size)
		case document.ByAnalyses:
			c = cmp.Compare(b.analyses, a.analyses)
		default:
			c = cmp.Compare(b.score, a.score)
		}
		return cmp.Or(c, cmp.Compare(a.version.Document.String(), b.version.Document.String()))
	}
}

// analysed counts the analyses of candidates and keeps those that have what the
// search asks for.
func (i *Index) analysed(ctx context.Context, found []candidate, s document.Search) ([]candidate, error) {
	all, err := i.store.analyses.Select(ctx, nil)
	count, scored := make(map[document.ID]int), make(map[document.ID]bool)
	for _, a := range all {
		count[a.Document]++
		if s.MinScore != nil && a.Score != nil && *a.Score >= *s.MinScore {
			scored[a.Document] = true
		}
	}
	var kept []candidate
	for _, c := range found {
		c.analyses = count[c.version.Document]
		if s.Analysed != nil && *s.Analysed != (c.analyses > 0) || s.MinScore != nil && !scored[c.version.Document] {
			continue
		}
		kept = append(kept, c)
	}
	return kept, err
}

func facets(found []candidate) map[string]map[string]int {
	counts := make(map[string]map[string]int)
	for _, key := range document.FacetKeys() {
		all := make(map[string]int)
		for _, c := range found {
			for _, value := range c.version.Metadata.FacetValues(key) {
				all[value]++
			}
		}
		counts[key] = frequent(all)
	}
	return counts
}

// frequent keeps the most frequent values of a facet.
func frequent(all map[string]int) map[string]int {
	values := slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		return cmp.Or(cmp.Compare(all[b], all[a]), cmp.Compare(a, b))
	})
	for _, value := range values[min(len(values), document.MaxFacetValues):] {
		delete(all, value)
	}
	return all
}
