package docstoremem

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/span"
)

// Version implements docstore.History.
func (s *Store) Version(ctx context.Context, id document.ID, number int) (document.Version, error) {
	v, ok, err := s.versionWhere(ctx, id, func(v document.Version) bool { return v.Number == number })
	if err == nil && !ok {
		err = notFound("version", id, "The document %s has no version %d.", id, number)
	}
	return v, err
}

// At implements docstore.History.
func (s *Store) At(ctx context.Context, id document.ID, instant time.Time) (document.Version, error) {
	v, ok, err := s.versionWhere(ctx, id, func(v document.Version) bool { return validAt(v, instant) && !v.Deletion })
	if err == nil && !ok {
		err = notFound("version", id, "There was no document %s at that instant.", id)
	}
	return v, err
}

func validAt(v document.Version, instant time.Time) bool {
	return !v.ValidFrom.After(instant) && (v.ValidTo.IsZero() || v.ValidTo.After(instant))
}

func (s *Store) versionWhere(ctx context.Context, id document.ID, is func(document.Version) bool) (document.Version, bool, error) {
	versions, _, err := s.histories.Get(ctx, id.String())
	if i := slices.IndexFunc(versions, is); err == nil && i >= 0 {
		return versions[i], true, nil
	}
	return document.Version{}, false, err
}

// Versions implements docstore.History.
func (s *Store) Versions(ctx context.Context, id document.ID, page domain.PageRequest) (domain.Page[document.Version], error) {
	versions, _, err := s.histories.Get(ctx, id.String())
	slices.Reverse(versions)
	for i := range versions {
		versions[i].Content = ""
	}
	return memkit.PageOf(append([]document.Version{}, versions...), page), err
}

// Prune implements docstore.History.
func (s *Store) Prune(ctx context.Context, id document.ID, keep int) (erased int, err error) {
	err = s.db.Within(ctx, func(ctx context.Context) error {
		erased, err = s.erase(ctx, id, max(keep, 1))
		return err
	})
	return erased, err
}

// erase forgets all but the newest keep versions, with their spans and words.
func (s *Store) erase(ctx context.Context, id document.ID, keep int) (int, error) {
	versions, _, err := s.histories.Get(ctx, id.String())
	if err != nil || len(versions) <= keep {
		return 0, err
	}
	gone, kept := versions[:len(versions)-keep], versions[len(versions)-keep:]
	for _, v := range gone {
		key := versionKey(id, v.Number)
		if _, err := s.spans.Delete(ctx, key); err != nil {
			return 0, err
		}
		if _, err := s.words.Delete(ctx, key); err != nil {
			return 0, err
		}
	}
	if len(kept) == 0 {
		_, err = s.histories.Delete(ctx, id.String())
	} else {
		err = s.histories.Put(ctx, id.String(), kept)
	}
	return len(gone), err
}

// Summary implements docstore.History.
func (s *Store) Summary(ctx context.Context) (document.HistorySummary, error) {
	histories, err := s.histories.Select(ctx, nil)
	summary := document.HistorySummary{Documents: len(histories)}
	for _, versions := range histories {
		summary.Versions += len(versions)
		summary.Most = append(summary.Most, document.VersionCount{Document: versions[0].Document, Versions: len(versions)})
	}
	slices.SortFunc(summary.Most, func(a, b document.VersionCount) int {
		return cmp.Or(cmp.Compare(b.Versions, a.Versions), cmp.Compare(a.Document.String(), b.Document.String()))
	})
	summary.Most = summary.Most[:min(len(summary.Most), 10)]
	return summary, err
}

// Put implements docstore.Spans.
func (s *Store) Put(ctx context.Context, id document.ID, version int, spans []span.Span) error {
	spans = slices.Clone(spans)
	for i := range spans {
		spans[i].Document, spans[i].Version = id.String(), version
	}
	return s.spans.Put(ctx, versionKey(id, version), spans)
}

// Of implements docstore.Spans.
func (s *Store) Of(ctx context.Context, id document.ID, version int) ([]span.Span, error) {
	spans, _, err := s.spans.Get(ctx, versionKey(id, version))
	if spans == nil && err == nil {
		spans = []span.Span{}
	}
	return spans, err
}
