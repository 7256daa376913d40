package docstore

import (
	"context"
	"slices"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

func (s *service) tagDocument(ctx context.Context, c docstore.TagDocument) (docstore.TagList, error) {
	d, err := s.living(ctx, c.ID)
	if err != nil {
		return docstore.TagList{}, err
	}
	tree, err := s.tree(ctx, d)
	if err != nil {
		return docstore.TagList{}, err
	}
	tags := document.TagsOf(d, tree, s.Clock.Now())
	return s.retag(ctx, d.ID, func(ctx context.Context) error { return s.Tags.Assign(ctx, d.ID, tags) })
}

// retag changes the tags of a document and, where that made a difference, tells
// of it. It returns the tags afterwards.
func (s *service) retag(ctx context.Context, id document.ID, change func(context.Context) error) (docstore.TagList, error) {
	var list docstore.TagList
	err := s.Unit.Within(ctx, func(ctx context.Context) error {
		before, err := s.Tags.Of(ctx, id, "")
		if err != nil {
			return err
		}
		if err := change(ctx); err != nil {
			return err
		}
		after, err := s.Tags.Of(ctx, id, "")
		if err != nil {
			return err
		}
		list = tagList(id, after)
		if slices.Equal(before, after) {
			return nil
		}
		event, err := s.event(ctx, document.EventTagged, "document", id.String(), list)
		if err != nil {
			return err
		}
		return s.Outbox.Append(ctx, event)
	})
	return list, err
}

func (s *service) listTags(ctx context.Context, c docstore.ListTags) (docstore.TagList, error) {
	id, err := s.known(ctx, c.ID)
	if err != nil {
		return docstore.TagList{}, err
	}
	tags, err := s.Tags.Of(ctx, id, document.Category(c.Category))
	return tagList(id, tags), err
}

func (s *service) setTag(ctx context.Context, c docstore.SetTag) (docstore.Tag, error) {
	id, err := s.known(ctx, c.ID)
	if err != nil {
		return docstore.Tag{}, err
	}
	confidence := 1.0
	change(&confidence, c.Confidence)
	category, err := s.categoryOf(ctx, id, c)
	if err != nil {
		return docstore.Tag{}, err
	}
	tag, err := document.NewTag(c.Tag, category, confidence, s.Clock.Now())
	if err != nil {
		return docstore.Tag{}, err
	}
	_, err = s.retag(ctx, id, func(ctx context.Context) error { return s.Tags.Set(ctx, id, tag) })
	return tagView(tag), err
}

// categoryOf is the one given, that of the present tag, that of the taxonomy, or content.
func (s *service) categoryOf(ctx context.Context, id document.ID, c docstore.SetTag) (document.Category, error) {
	if c.Category != "" {
		return document.Category(c.Category), nil
	}
	name, err := document.TagName(c.Tag)
	if err != nil {
		return "", err
	}
	present, err := s.Tags.Of(ctx, id, "")
	if err != nil {
		return "", err
	}
	for _, tag := range present {
		if tag.Name == name {
			return tag.Category, nil
		}
	}
	taxonomy, err := s.taxonomy(ctx)
	if err != nil {
		return "", err
	}
	if node, ok := taxonomy.Node(taxonomy.Canonical(name)); ok {
		return node.Category, nil
	}
	return document.CategoryContent, nil
}

func (s *service) removeTags(ctx context.Context, c docstore.RemoveTags) (docstore.RemovedTags, error) {
	id, err := s.known(ctx, c.ID)
	if err != nil {
		return docstore.RemovedTags{}, err
	}
	names, err := tagNames(c.Tags)
	if err != nil {
		return docstore.RemovedTags{}, err
	}
	answer := docstore.RemovedTags{DocumentID: c.ID}
	_, err = s.retag(ctx, id, func(ctx context.Context) error {
		answer.RemovedCount, err = s.Tags.Remove(ctx, id, names)
		return err
	})
	return answer, err
}

// tagNames reads names, each once, sorted.
func tagNames(texts []string) ([]string, error) {
	var names []string
	for _, text := range texts {
		name, err := document.TagName(text)
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

func (s *service) queryTags(ctx context.Context, c docstore.QueryTags) (docstore.TagSearchResults, error) {
	return s.searchTags(ctx, docstore.SearchTags(c))
}

func (s *service) searchTags(ctx context.Context, c docstore.SearchTags) (docstore.TagSearchResults, error) {
	names, err := tagNames(c.Tags)
	if err != nil {
		return docstore.TagSearchResults{}, err
	}
	if len(names) == 0 {
		return docstore.TagSearchResults{}, domain.Invalid.New("There is nothing to search for.").WithField("tags", "minItems", "must name at least one tag")
	}
	taxonomy, err := s.taxonomy(ctx)
	if err != nil {
		return docstore.TagSearchResults{}, err
	}
	for i := range names {
		names[i] = taxonomy.Canonical(names[i])
	}
	slices.Sort(names)
	search := document.TagSearch{
		Names: slices.Compact(names), Any: c.Operator == "OR", MinConfidence: c.MinConfidence,
		Page: domain.PageRequest{Limit: c.Limit, Offset: c.Offset},
	}
	for _, text := range c.Categories {
		category, err := document.ParseCategory(text)
		if err != nil {
			return docstore.TagSearchResults{}, err
		}
		search.Categories = append(search.Categories, category)
	}
	page, err := s.Tags.Search(ctx, search)
	views := domain.MapPage(page, taggedView)
	return docstore.TagSearchResults{
		Items: views.Items, Total: views.Total, Limit: views.Limit, Offset: views.Offset, HasMore: views.HasMore(),
		SearchedTags: search.Names, Operator: c.Operator,
	}, err
}

func (s *service) getTagStats(ctx context.Context, _ docstore.GetTagStats) (docstore.TagStats, error) {
	stats, err := s.Tags.Stats(ctx)
	if err != nil {
		return docstore.TagStats{}, err
	}
	view := docstore.TagStats{
		TopTags: make([]docstore.TagCount, len(stats.Top)), CategoryDistribution: make(map[string]int, len(stats.Categories)),
		ConfidenceDistribution: docstore.TagConfidence{High: stats.High, Medium: stats.Medium, Low: stats.Low},
	}
	for i, top := range stats.Top {
		view.TopTags[i] = docstore.TagCount{Tag: top.Name, Documents: top.Documents}
	}
	for category, n := range stats.Categories {
		view.CategoryDistribution[string(category)] = n
	}
	return view, nil
}

func tagList(id document.ID, tags []document.Tag) docstore.TagList {
	return docstore.TagList{DocumentID: id.String(), Items: tagViews(tags), Total: len(tags)}
}

func tagViews(tags []document.Tag) []docstore.Tag {
	views := make([]docstore.Tag, len(tags))
	for i, tag := range tags {
		views[i] = tagView(tag)
	}
	return views
}

func tagView(t document.Tag) docstore.Tag {
	return docstore.Tag{Tag: t.Name, Category: string(t.Category), Confidence: t.Confidence, Manual: t.Manual, CreatedAt: t.CreatedAt}
}

func taggedView(d document.TaggedDocument) docstore.TaggedDocument {
	return docstore.TaggedDocument{DocumentID: d.Document.String(), Title: d.Title, MatchingTags: tagViews(d.Tags), TagCount: len(d.Tags)}
}
