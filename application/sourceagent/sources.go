package sourceagent

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

func (s *service) listSources(ctx context.Context, c sourceagent.ListSources) (sourceagent.SourceList, error) {
	page, err := s.Places.List(ctx, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	if err != nil {
		return sourceagent.SourceList{}, err
	}
	list := sourceagent.SourceList{Items: make([]sourceagent.Source, len(page.Items)), Total: page.Total, Limit: page.Limit, Offset: page.Offset, HasMore: page.HasMore()}
	for i, place := range page.Items {
		if list.Items[i], err = s.sourceView(ctx, place); err != nil {
			return sourceagent.SourceList{}, err
		}
	}
	return list, nil
}

func (s *service) sourceView(ctx context.Context, p source.Place) (sourceagent.Source, error) {
	view := sourceagent.Source{ID: p.ID.String(), Name: p.Name, Kind: string(p.Kind), Identity: p.Identity, Location: p.Location, FirstSeen: p.FirstSeen}
	records, err := s.Records.List(ctx, p.ID, domain.PageRequest{Limit: 1})
	if err != nil {
		return view, err
	}
	view.Items = records.Total
	runs, err := s.Runs.List(ctx, p.ID, "", domain.PageRequest{Limit: 1})
	if err == nil && len(runs.Items) > 0 {
		last := summary(runs.Items[0])
		view.LastRun = &last
	}
	return view, err
}

func (s *service) listSourceItems(ctx context.Context, c sourceagent.ListSourceItems) (sourceagent.ItemList, error) {
	place, err := s.placeOf(ctx, c.ID)
	if err != nil {
		return sourceagent.ItemList{}, err
	}
	page, err := s.Records.List(ctx, place.ID, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	views := domain.MapPage(page, func(r source.Record) sourceagent.Item {
		return sourceagent.Item{Path: r.Path, Size: r.Size, Hash: r.Hash, Document: r.Document, Duplicate: r.Duplicate}
	})
	return sourceagent.ItemList{Items: views.Items, Total: views.Total, Limit: views.Limit, Offset: views.Offset, HasMore: views.HasMore()}, err
}

func (s *service) placeOf(ctx context.Context, text string) (source.Place, error) {
	id, err := source.ParsePlaceID(text)
	if err != nil {
		return source.Place{}, err
	}
	return s.Places.Get(ctx, id)
}
