package docstoremem

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/span"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Store keeps documents, their history and their spans.
type Store struct {
	db        *memkit.DB
	documents *memkit.Table[string, document.State]
	living    *memkit.Table[string, document.ID] // by content hash
	histories *memkit.Table[string, []document.Version]
	spans     *memkit.Table[string, []span.Span] // by document and version
	words     *memkit.Table[string, words]       // by document and version
	analyses  *memkit.Table[string, document.Analysis]
	purges    []func(context.Context, document.ID) error
}

var (
	_ docstore.Documents = (*Store)(nil)
	_ docstore.History   = (*Store)(nil)
	_ docstore.Spans     = (*Store)(nil)
)

// New returns an empty store whose transactions are those of db.
func New(db *memkit.DB) *Store {
	s := &Store{
		db: db,
		documents: memkit.NewTable[string](db, func(d document.State) document.State {
			d.Metadata = d.Metadata.Clone()
			return d
		}),
		living: memkit.NewTable[string](db, func(id document.ID) document.ID { return id }),
		histories: memkit.NewTable[string](db, func(versions []document.Version) []document.Version {
			versions = slices.Clone(versions)
			for i := range versions {
				versions[i].Metadata = versions[i].Metadata.Clone()
			}
			return versions
		}),
		spans:    memkit.NewTable[string](db, slices.Clone[[]span.Span]),
		words:    memkit.NewTable[string](db, func(w words) words { return w }), // never written again
		analyses: memkit.NewTable[string](db, cloneAnalysis),
	}
	goesWith(s, s.analyses, func(a document.Analysis) string { return a.ID.String() },
		func(a document.Analysis, id document.ID) bool { return a.Document == id })
	return s
}

// versionKey names what belongs to one version.
func versionKey(id document.ID, number int) string { return fmt.Sprintf("%s\x00%d", id, number) }

// Add implements docstore.Documents.
func (s *Store) Add(ctx context.Context, d document.State) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		if _, taken, err := s.documents.Get(ctx, d.ID.String()); err != nil || taken {
			if err == nil {
				err = domain.Conflict.New("The id of the document is taken.").WithDetail("id", d.ID.String())
			}
			return err
		}
		return s.keep(ctx, d)
	})
}

// Update implements docstore.Documents.
func (s *Store) Update(ctx context.Context, d document.State) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		stored, err := s.Get(ctx, d.ID)
		if err != nil {
			return err
		}
		if stored.Version != d.Version-1 {
			return domain.Conflict.New("The document was changed meanwhile; read it again.").WithDetail("version", stored.Version)
		}
		if stored.DeletedAt.IsZero() {
			if _, err := s.living.Delete(ctx, stored.Hash); err != nil {
				return err
			}
		}
		return s.keep(ctx, d)
	})
}

// keep stores a document and its current version.
func (s *Store) keep(ctx context.Context, d document.State) error {
	if d.DeletedAt.IsZero() {
		twin, taken, err := s.living.Get(ctx, d.Hash)
		if err != nil {
			return err
		}
		if taken {
			return domain.Conflict.New("Another document has the same content.").WithDetail("id", twin.String())
		}
		if err := s.living.Put(ctx, d.Hash, d.ID); err != nil {
			return err
		}
	}
	versions, _, err := s.histories.Get(ctx, d.ID.String())
	if err != nil {
		return err
	}
	if n := len(versions); n > 0 {
		versions[n-1].ValidTo = d.UpdatedAt
	}
	versions = append(versions, document.Restore(d).Version())
	if err := s.histories.Put(ctx, d.ID.String(), versions); err != nil {
		return err
	}
	return s.documents.Put(ctx, d.ID.String(), d)
}

// Get implements docstore.Documents.
func (s *Store) Get(ctx context.Context, id document.ID) (document.State, error) {
	d, ok, err := s.documents.Get(ctx, id.String())
	if err == nil && !ok {
		err = notFound("document", id, "There is no document %s; check the id.", id)
	}
	return d, err
}

// FindByHash implements docstore.Documents.
func (s *Store) FindByHash(ctx context.Context, hash string) (document.State, error) {
	id, ok, err := s.living.Get(ctx, hash)
	if err != nil {
		return document.State{}, err
	}
	if !ok {
		return document.State{}, domain.NotFound.New("There is no such document.")
	}
	return s.Get(ctx, id)
}

// List implements docstore.Documents.
func (s *Store) List(ctx context.Context, filter document.Filter, page domain.PageRequest, withContent bool) (domain.Page[document.State], error) {
	kept, err := s.documents.Select(ctx, func(d document.State) bool { return d.DeletedAt.IsZero() && accepts(filter, d) })
	slices.SortFunc(kept, func(a, b document.State) int {
		return cmp.Or(b.UpdatedAt.Compare(a.UpdatedAt), cmp.Compare(a.ID.String(), b.ID.String()))
	})
	if !withContent {
		for i := range kept {
			kept[i].Content = ""
		}
	}
	return memkit.PageOf(append([]document.State{}, kept...), page), err
}

func accepts(f document.Filter, d document.State) bool {
	for key, want := range map[string]string{
		"type": f.Type, "source_type": f.SourceType, "language": f.Language, "owner": f.Owner, "original_prompt_id": f.Prompt,
	} {
		if text, _ := d.Metadata[key].(string); want != "" && text != want {
			return false
		}
	}
	return f.Correlation == "" || f.Correlation == d.Correlation
}

// Purge implements docstore.Documents.
func (s *Store) Purge(ctx context.Context, id document.ID) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		d, err := s.Get(ctx, id)
		if err != nil {
			return err
		}
		if d.DeletedAt.IsZero() {
			if _, err := s.living.Delete(ctx, d.Hash); err != nil {
				return err
			}
		}
		if _, err := s.erase(ctx, id, 0); err != nil {
			return err
		}
		for _, purge := range s.purges {
			if err := purge(ctx, id); err != nil {
				return err
			}
		}
		_, err = s.documents.Delete(ctx, id.String())
		return err
	})
}

func notFound(what string, id document.ID, format string, args ...any) error {
	return domain.NotFound.New(fmt.Sprintf(format, args...)).WithDetail("resource_type", what).WithDetail("resource_id", id.String())
}
