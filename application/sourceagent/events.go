package sourceagent

import (
	"encoding/json"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
)

// ended is the event of a run that ended.
func (s *service) ended(run source.Run) (domain.Event, error) {
	name := source.EventCompleted
	if run.Status != source.Completed {
		name = source.EventFailed
	}
	view := runView(run)
	view.Failures, view.Warnings = nil, nil
	body, err := json.Marshal(view)
	if err != nil {
		return domain.Event{}, domain.Internal.Wrap(err, "The outcome cannot be written as JSON.")
	}
	return domain.Event{ID: s.IDs.New(), Name: name, Aggregate: "source", AggregateID: run.Place.String(), At: run.FinishedAt,
		Correlation: run.Correlation, Payload: body}, nil
}

// ingested is the event of a file that was stored.
func (s *service) ingested(run source.Run, r source.Record) (domain.Event, error) {
	body, err := json.Marshal(map[string]string{
		"id": r.Document, "content_hash": r.Hash, "path": r.Path, "source": run.Place.String(), "source_type": string(run.Kind), "ingestion_id": run.ID.String(),
	})
	if err != nil {
		return domain.Event{}, domain.Internal.Wrap(err, "The event of a file cannot be written as JSON.")
	}
	return domain.Event{ID: s.IDs.New(), Name: source.EventIngested + string(run.Kind), Aggregate: "document", AggregateID: r.Document, At: s.now(),
		Correlation: run.Correlation, Payload: body}, nil
}
