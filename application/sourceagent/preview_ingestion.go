package sourceagent

import (
	"context"

	"github.com/docsteward/docsteward/domain/source"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

func (s *service) previewIngestion(ctx context.Context, c sourceagent.PreviewIngestion) (sourceagent.Preview, error) {
	open, place, known, err := s.open(ctx, c.Location, "")
	if err != nil {
		return sourceagent.Preview{}, err
	}
	defer open.Close()
	records, err := s.Records.Load(ctx, place.ID)
	if err != nil {
		return sourceagent.Preview{}, err
	}
	found, err := s.survey(ctx, open, records)
	if err != nil {
		return sourceagent.Preview{}, err
	}
	view := sourceagent.Preview{
		Source: place.ID.String(), Name: place.Name, Kind: string(place.Kind), Known: known,
		Added: pathList(found.plan.Added, c.Limit), Changed: pathList(found.plan.Changed, c.Limit), Removed: pathList(found.plan.Removed, c.Limit),
		Renamed: []sourceagent.Rename{}, Unchanged: found.plan.Unchanged, Failures: troubles(found.faults),
	}
	for _, change := range found.renamed[:min(len(found.renamed), c.Limit)] {
		view.Renamed = append(view.Renamed, sourceagent.Rename{From: change.Before.Path, To: change.Item.Path})
	}
	return view, nil
}

func pathList(changes []source.Change, limit int) sourceagent.PathList {
	list := sourceagent.PathList{Total: len(changes), Paths: make([]string, 0, min(len(changes), limit))}
	for _, c := range changes[:min(len(changes), limit)] {
		list.Paths = append(list.Paths, c.Item.Path)
	}
	return list
}
