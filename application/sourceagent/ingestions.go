package sourceagent

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

func (s *service) listIngestions(ctx context.Context, c sourceagent.ListIngestions) (sourceagent.IngestionList, error) {
	var place source.PlaceID
	if c.Source != "" {
		var err error
		if place, err = source.ParsePlaceID(c.Source); err != nil {
			return sourceagent.IngestionList{}, err
		}
	}
	page, err := s.Runs.List(ctx, place, source.Status(c.Status), domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	views := domain.MapPage(page, summary)
	return sourceagent.IngestionList{Items: views.Items, Total: views.Total, Limit: views.Limit, Offset: views.Offset, HasMore: views.HasMore()}, err
}

func (s *service) getIngestion(ctx context.Context, c sourceagent.GetIngestion) (sourceagent.Ingestion, error) {
	id, err := source.ParseRunID(c.ID)
	if err != nil {
		return sourceagent.Ingestion{}, err
	}
	run, err := s.Runs.Get(ctx, id)
	return runView(run), err
}

// summary is a run without what was wrong with single files.
func summary(r source.Run) sourceagent.Ingestion {
	r.Failures, r.Warnings = nil, nil
	return runView(r)
}

func runView(r source.Run) sourceagent.Ingestion {
	view := sourceagent.Ingestion{
		IngestionID: r.ID.String(), Source: r.Place.String(), Name: r.Name, Kind: string(r.Kind), Status: string(r.Status),
		Added: r.Counts.Added, Changed: r.Counts.Changed, Renamed: r.Counts.Renamed, Removed: r.Counts.Removed,
		Unchanged: r.Counts.Unchanged, Duplicates: r.Counts.Duplicates, Failed: r.Counts.Failed, Remaining: r.Counts.Remaining,
		Failures: troubles(r.Failures), Warnings: troubles(r.Warnings), Digest: r.Digest, Cause: r.Cause, Key: r.Key, StartedAt: r.StartedAt,
	}
	if !r.FinishedAt.IsZero() {
		view.FinishedAt = &r.FinishedAt
		view.DurationMS = r.FinishedAt.Sub(r.StartedAt).Milliseconds()
	}
	return view
}

func troubles(list []source.Trouble) []sourceagent.Trouble {
	views := make([]sourceagent.Trouble, len(list))
	for i, t := range list {
		views[i] = sourceagent.Trouble(t)
	}
	return views
}
