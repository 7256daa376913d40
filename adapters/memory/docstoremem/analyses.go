package docstoremem

import (
	"cmp"
	"context"
	"slices"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Analyses keeps what analyzers made of documents.
type Analyses struct{ store *Store }

var _ docstore.Analyses = (*Analyses)(nil)

// NewAnalyses returns the analyses of the documents of store.
func NewAnalyses(store *Store) *Analyses { return &Analyses{store} }

func cloneAnalysis(a document.Analysis) document.Analysis {
	a.Result, a.Metadata = object(a.Result), object(a.Metadata)
	if a.Score != nil {
		score := *a.Score
		a.Score = &score
	}
	return a
}

// Add implements docstore.Analyses.
func (s *Analyses) Add(ctx context.Context, a document.Analysis) error {
	return s.store.db.Within(ctx, func(ctx context.Context) error {
		if err := s.store.stored(ctx, a.Document); err != nil {
			return err
		}
		return s.store.analyses.Insert(ctx, a.ID.String(), a, "analysis")
	})
}

// Get implements docstore.Analyses.
func (s *Analyses) Get(ctx context.Context, id document.AnalysisID) (document.Analysis, error) {
	found, err := s.seen(ctx, func(a document.Analysis) bool { return a.ID == id })
	if err == nil && len(found) == 0 {
		err = domain.NotFound.New("There is no such analysis.")
	}
	if err != nil {
		return document.Analysis{}, err
	}
	return found[0], nil
}

// Counts implements docstore.Analyses.
func (s *Analyses) Counts(ctx context.Context) (map[document.ID]int, error) {
	all, err := s.seen(ctx, func(document.Analysis) bool { return true })
	counts := make(map[document.ID]int)
	for _, a := range all {
		counts[a.Document]++
	}
	return counts, err
}

// List implements docstore.Analyses.
func (s *Analyses) List(ctx context.Context, f document.AnalysisFilter, page domain.PageRequest) (domain.Page[document.Analysis], error) {
	kept, err := s.seen(ctx, func(a document.Analysis) bool {
		return (f.Document.IsZero() || f.Document == a.Document) && (f.Analyzer == "" || f.Analyzer == a.Analyzer)
	})
	slices.SortFunc(kept, func(a, b document.Analysis) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), compareIDs(a.ID, b.ID))
	})
	return memkit.PageOf(kept, page), err
}

// seen returns those of the analyses whose document lives, by id.
func (s *Analyses) seen(ctx context.Context, keep func(document.Analysis) bool) ([]document.Analysis, error) {
	living, err := s.store.lives(ctx)
	if err != nil {
		return nil, err
	}
	return s.store.analyses.Select(ctx, func(a document.Analysis) bool {
		_, lives := living[a.Document]
		return lives && keep(a)
	})
}
