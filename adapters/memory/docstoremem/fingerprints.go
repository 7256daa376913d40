package docstoremem

import (
	"context"
	"slices"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Fingerprints knows which contents say the same.
type Fingerprints struct {
	documents docstore.Documents
	db        *memkit.DB
	prints    *memkit.Table[string, string]
}

var _ docstore.Fingerprints = (*Fingerprints)(nil)

// NewFingerprints returns the fingerprints of documents, in db.
func NewFingerprints(db *memkit.DB, documents docstore.Documents) *Fingerprints {
	return &Fingerprints{documents, db, memkit.NewTable[string](db, func(s string) string { return s })}
}

// living calls visit with every living document and its fingerprint, if it has one.
func (s *Fingerprints) living(ctx context.Context, content bool, visit func(d document.State, print string)) error {
	for offset := 0; ; offset += domain.MaxLimit {
		page, err := s.documents.List(ctx, document.Filter{}, domain.PageRequest{Limit: domain.MaxLimit, Offset: offset}, content)
		if err != nil {
			return err
		}
		for _, d := range page.Items {
			print, _, err := s.prints.Get(ctx, d.Hash)
			if err != nil {
				return err
			}
			visit(d, print)
		}
		if !page.HasMore() {
			return nil
		}
	}
}

// Missing implements docstore.Fingerprints.
func (s *Fingerprints) Missing(ctx context.Context, limit int) ([]document.State, error) {
	var missing []document.State
	err := s.living(ctx, true, func(d document.State, print string) {
		if print == "" && len(missing) < limit {
			missing = append(missing, d)
		}
	})
	return missing, err
}

// Put implements docstore.Fingerprints.
func (s *Fingerprints) Put(ctx context.Context, prints map[string]string) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		for hash, print := range prints {
			if err := s.prints.Put(ctx, hash, print); err != nil {
				return err
			}
		}
		return nil
	})
}

// Shared implements docstore.Fingerprints.
func (s *Fingerprints) Shared(ctx context.Context) ([]string, error) {
	by := map[string][]string{}
	err := s.living(ctx, false, func(d document.State, print string) {
		if print != "" {
			by[print] = append(by[print], d.Hash)
		}
	})
	shared := []string{}
	for _, hashes := range by {
		if len(hashes) > 1 {
			shared = append(shared, hashes...)
		}
	}
	slices.Sort(shared)
	return shared, err
}
