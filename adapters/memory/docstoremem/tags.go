package docstoremem

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Tags keeps what documents are about.
type Tags struct {
	store *Store
	tags  *memkit.Table[string, placedTag]
}

var _ docstore.Tags = (*Tags)(nil)

// placedTag is a tag of a document.
type placedTag struct {
	id  document.ID
	tag document.Tag
}

func (p placedTag) key() string { return p.id.String() + "\x00" + p.tag.Name }

// NewTags returns no tags of the documents of store.
func NewTags(store *Store) *Tags {
	s := &Tags{store, memkit.NewTable[string](store.db, func(p placedTag) placedTag { return p })}
	goesWith(store, s.tags, placedTag.key, func(p placedTag, id document.ID) bool { return p.id == id })
	return s
}

// Assign implements docstore.Tags.
func (s *Tags) Assign(ctx context.Context, id document.ID, tags []document.Tag) error {
	return s.store.db.Within(ctx, func(ctx context.Context) error {
		present := map[string]document.Tag{}
		before, err := s.of(ctx, id)
		if err != nil {
			return err
		}
		for _, tag := range before {
			present[tag.Name] = tag
			if !tag.Manual {
				if _, err := s.tags.Delete(ctx, placedTag{id, tag}.key()); err != nil {
					return err
				}
			}
		}
		for _, tag := range tags {
			old, ok := present[tag.Name]
			if old.Manual {
				continue
			}
			if ok {
				tag.CreatedAt = old.CreatedAt
			}
			if err := s.Set(ctx, id, tag); err != nil {
				return err
			}
		}
		return nil
	})
}

// Set implements docstore.Tags.
func (s *Tags) Set(ctx context.Context, id document.ID, tag document.Tag) error {
	return s.store.db.Within(ctx, func(ctx context.Context) error {
		if err := s.store.stored(ctx, id); err != nil {
			return err
		}
		return s.tags.Put(ctx, placedTag{id, tag}.key(), placedTag{id, tag})
	})
}

func (s *Tags) of(ctx context.Context, id document.ID) ([]document.Tag, error) {
	placed, err := s.tags.Select(ctx, func(p placedTag) bool { return p.id == id })
	tags := make([]document.Tag, len(placed))
	for i, p := range placed {
		tags[i] = p.tag
	}
	document.SortTags(tags)
	return tags, err
}

// Of implements docstore.Tags.
func (s *Tags) Of(ctx context.Context, id document.ID, category document.Category) ([]document.Tag, error) {
	tags, err := s.of(ctx, id)
	return slices.DeleteFunc(tags, func(t document.Tag) bool { return category != "" && t.Category != category }), err
}

// Remove implements docstore.Tags.
func (s *Tags) Remove(ctx context.Context, id document.ID, names []string) (removed int, err error) {
	err = s.store.db.Within(ctx, func(ctx context.Context) error {
		tags, err := s.of(ctx, id)
		for _, tag := range tags {
			if len(names) > 0 && !slices.Contains(names, tag.Name) {
				continue
			}
			if _, err := s.tags.Delete(ctx, placedTag{id, tag}.key()); err != nil {
				return err
			}
			removed++
		}
		return err
	})
	return removed, err
}

// Search implements docstore.Tags.
func (s *Tags) Search(ctx context.Context, q document.TagSearch) (domain.Page[document.TaggedDocument], error) {
	living, err := s.store.lives(ctx)
	if err != nil {
		return domain.Page[document.TaggedDocument]{}, err
	}
	placed, err := s.tags.Select(ctx, func(p placedTag) bool {
		_, lives := living[p.id]
		return lives && slices.Contains(q.Names, p.tag.Name) && p.tag.Confidence >= q.MinConfidence &&
			(len(q.Categories) == 0 || slices.Contains(q.Categories, p.tag.Category))
	})
	byDocument := map[document.ID][]document.Tag{}
	for _, p := range placed {
		byDocument[p.id] = append(byDocument[p.id], p.tag)
	}
	var found []document.TaggedDocument
	for id, tags := range byDocument {
		if q.Any || len(tags) == len(q.Names) {
			document.SortTags(tags)
			found = append(found, document.TaggedDocument{Document: id, Title: living[id].Title, Tags: tags})
		}
	}
	slices.SortFunc(found, func(a, b document.TaggedDocument) int {
		return cmp.Or(cmp.Compare(len(b.Tags), len(a.Tags)), compareIDs(a.Document, b.Document))
	})
	return memkit.PageOf(found, q.Page), err
}

// Stats implements docstore.Tags.
func (s *Tags) Stats(ctx context.Context) (document.TagStats, error) {
	stats := document.TagStats{Categories: map[document.Category]int{}}
	living, err := s.store.lives(ctx)
	if err != nil {
		return stats, err
	}
	placed, err := s.tags.Select(ctx, func(p placedTag) bool { _, lives := living[p.id]; return lives })
	counts := map[string]int{}
	for _, p := range placed {
		counts[p.tag.Name]++
		stats.Categories[p.tag.Category]++
		switch {
		case p.tag.Confidence >= 0.9:
			stats.High++
		case p.tag.Confidence >= 0.7:
			stats.Medium++
		default:
			stats.Low++
		}
	}
	for name, n := range counts {
		stats.Top = append(stats.Top, document.TagCount{Name: name, Documents: n})
	}
	slices.SortFunc(stats.Top, func(a, b document.TagCount) int {
		return cmp.Or(cmp.Compare(b.Documents, a.Documents), strings.Compare(a.Name, b.Name))
	})
	stats.Top = stats.Top[:min(len(stats.Top), document.MaxTopTags)]
	return stats, err
}
