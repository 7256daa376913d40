package queryprocessing

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/query"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Bounds of a retrieval.
const (
	// hitsPerSearch is how many documents each search returns.
	hitsPerSearch = 40
	// readDocuments is how many documents are read for their passages.
	readDocuments = 24
	// fusion is the constant of reciprocal rank fusion: Cormack, Clarke and Büttcher,
	// "Reciprocal rank fusion outperforms Condorcet and individual rank learning
	// methods", 2009. Theirs is 60; with lists as short as these, smaller is sharper.
	fusion = 10
)

// scope narrows where is looked.
type scope struct {
	docstore.SearchDocuments
	path string
}

// scopeOf reads what a context says of documents; what is no text is passed over.
func scopeOf(context map[string]any) scope {
	text := func(key string) string {
		value, _ := context[key].(string)
		return value
	}
	s := scope{path: text("path"), SearchDocuments: docstore.SearchDocuments{
		Type: text("type"), SourceType: text("source_type"), Language: text("language"), Owner: text("owner"),
	}}
	if tag := text("tag"); tag != "" {
		s.Tags = []string{tag}
	}
	return s
}

// fused is a document with its standing over all searches.
type fused struct {
	docstore.SearchHit
	score float64
}

// retrieval is what the searches for one question found.
type retrieval struct {
	hits       []fused // the best first
	statistics query.Statistics
	total      int // documents found by any search, at least
}

// retrieve searches for all terms together and for each one with what may stand for
// it, and fuses the rankings; rarer terms weigh more.
func (s *service) retrieve(ctx context.Context, q query.Question, where scope) (retrieval, error) {
	listed, err := s.ListDocuments.Execute(ctx, docstore.ListDocuments{Limit: 1}).Unwrap()
	if err != nil {
		return retrieval{}, err
	}
	found := retrieval{statistics: query.Statistics{Documents: listed.Total}}
	var together []string
	scores := make(map[string]*fused)
	for _, t := range q.Terms {
		searches := spellings(t)
		together = append(together, searches[0])
		var lists [][]docstore.SearchHit
		df := 0
		for _, text := range searches {
			hits, err := s.search(ctx, where, text)
			if err != nil {
				return retrieval{}, err
			}
			lists = append(lists, hits.Items)
			df = max(df, hits.Total)
		}
		found.statistics.Frequency = append(found.statistics.Frequency, df)
		weight := math.Log(1 + (float64(listed.Total)+1)/(float64(df)+1))
		for i, hits := range lists {
			if i > 0 {
				weight *= 0.5 // each further spelling is further from what was asked
			}
			fuse(scores, hits, weight)
		}
	}
	if len(together) > 1 {
		hits, err := s.search(ctx, where, strings.Join(together, " "))
		if err != nil {
			return retrieval{}, err
		}
		fuse(scores, hits.Items, 2)
	}
	found.total = len(scores)
	for _, h := range scores {
		found.hits = append(found.hits, *h)
	}
	slices.SortFunc(found.hits, func(a, b fused) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.ID, b.ID))
	})
	return found, nil
}

func (s *service) search(ctx context.Context, where scope, text string) (docstore.SearchResults, error) {
	c := where.SearchDocuments
	c.Q, c.Sort, c.Limit = text, "relevance", hitsPerSearch
	if where.path != "" {
		c.Q += " path:" + quote(where.path)
	}
	return s.SearchDocuments.Execute(ctx, c).Unwrap()
}

func fuse(scores map[string]*fused, hits []docstore.SearchHit, weight float64) {
	for rank, hit := range hits {
		if scores[hit.ID] == nil {
			scores[hit.ID] = &fused{SearchHit: hit}
		}
		scores[hit.ID].score += weight / float64(fusion+rank)
	}
}

// maxSpellings bounds the searches for one term.
const maxSpellings = 4

// spellings are the searches for a term: itself, and then its alternatives. The
// store knows no stems, so a word is looked for by its beginning.
func spellings(t query.Term) []string {
	if len(t.Stems) > 1 || t.Identifier || t.Quoted {
		return []string{quote(t.Text)}
	}
	found := []string{beginning(t.Text, t.Stems[0])}
	for _, other := range t.Alternatives {
		if len(found) < maxSpellings {
			found = append(found, beginning(other, other))
		}
	}
	return found
}

// beginning is the part that a word shares with its stem, as the beginning of longer
// words; short ones stand for themselves.
func beginning(word, stem string) string {
	n := 0
	for n < len(word) && n < len(stem) && word[n] == stem[n] {
		n++
	}
	if n < 4 {
		return quote(word)
	}
	return word[:n] + "*"
}

// quote writes a phrase of the store's search.
func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
