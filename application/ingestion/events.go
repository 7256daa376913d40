package ingestion

import (
	"context"
	"encoding/json"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/ingest"
)

// eventOf names the event of a change of status; empty where nothing is told.
func eventOf(before, after ingest.Status) string {
	switch {
	case before == after:
		return ""
	case after == ingest.Initializing:
		return ingest.EventStarted
	case after.Successful():
		return ingest.EventCompleted
	case after == ingest.Failed:
		return ingest.EventFailed
	case after == ingest.Cancelled:
		return ingest.EventCancelled
	}
	return ingest.EventProgress
}

// told is what an event tells of a job.
type told struct {
	IngestionID   string  `json:"ingestion_id"`
	Source        string  `json:"source"`
	SourceType    string  `json:"source_type"`
	Scope         scope   `json:"scope"`
	Status        string  `json:"status"`
	Progress      float64 `json:"progress_percentage"`
	Total         int     `json:"total_items"`
	Successful    int     `json:"successful_items"`
	Failed        int     `json:"failed_items"`
	Skipped       int     `json:"skipped_items"`
	Deleted       int     `json:"deleted_items"`
	Reconciled    *bool   `json:"reconciled,omitempty"`
	Error         string  `json:"error,omitempty"`
	ErrorType     string  `json:"error_type,omitempty"`
	CorrelationID string  `json:"correlation_id"`
	TraceID       string  `json:"trace_id"`
}

type scope struct {
	MaxItems int `json:"max_items"`
}

// tell puts an event of the job into the outbox.
func (s *service) tell(ctx context.Context, name string, j ingest.Job) error {
	view := jobView(j, s.now())
	body := told{
		IngestionID: view.IngestionID, Source: view.SourceURL, SourceType: view.SourceType, Scope: scope{j.Request.MaxItems}, Status: view.Status,
		Progress: view.ProgressPercentage, Total: view.TotalItems, Successful: view.SuccessfulItems, Failed: view.FailedItems,
		Skipped: view.SkippedItems, Deleted: view.DeletedItems, Reconciled: view.Reconciled, CorrelationID: view.CorrelationID, TraceID: view.CorrelationID,
	}
	if t := lastOfJob(j); t != nil {
		body.Error, body.ErrorType = t.Message, t.Type
	}
	payload, err := json.Marshal(body)
	if err != nil {
		return domain.Internal.Wrap(err, "The event cannot be written as JSON.")
	}
	return s.Outbox.Append(ctx, domain.Event{
		ID: s.IDs.New(), Name: name, Aggregate: "ingestion", AggregateID: j.ID.String(), Version: j.Revision, At: s.now(),
		Correlation: j.Request.Correlation, Payload: payload,
	})
}

// lastOfJob is the last trouble that concerns the job as a whole.
func lastOfJob(j ingest.Job) *ingest.Trouble {
	for i := len(j.Errors) - 1; i >= 0; i-- {
		if j.Errors[i].Item == "" {
			return &j.Errors[i]
		}
	}
	return nil
}
