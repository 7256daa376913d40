// Package ingestion implements ingestion: jobs wait for their turn, are carried out by
// runs of a workflow, and end with the proof that source and store hold the same.
package ingestion

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/ingest"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/ingestion"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/tx"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

// Limits bound what is worked on.
type Limits struct {
	// Workers is how many jobs may be at work at once, in all processes; Queue how many
	// may wait.
	Workers, Queue int
	// Stall is for how long nothing may move before a job ends as stalled.
	Stall time.Duration
	// Roots are the folders that may be ingested from the file system; all when empty.
	Roots []string
}

// Scanner is an operation that scans a location for secrets and personal data.
type Scanner struct{ Service, Operation string }

// Deps are what the use cases stand on.
type Deps struct {
	Jobs ingestion.Jobs
	// ExecuteWorkflow, GetExecution and CancelExecution are those of workflow management.
	ExecuteWorkflow usecase.UseCase[workflows.ExecuteWorkflow, workflows.Execution]
	GetExecution    usecase.UseCase[workflows.GetExecution, workflows.Execution]
	CancelExecution usecase.UseCase[workflows.CancelExecution, workflows.Execution]
	// ListRuns is that of the source agent, GetDocument that of the document store.
	ListRuns    usecase.UseCase[sourceagent.ListIngestions, sourceagent.IngestionList]
	GetDocument usecase.UseCase[docstore.GetDocument, docstore.Document]
	// Scanner returns what scans; the zero Scanner where nobody does.
	Scanner func() Scanner
	// Reads are the types of sources that the source agent of this build reads.
	Reads  []ingest.SourceType
	Limits Limits
	Outbox outbox.Outbox
	Unit   tx.Unit
	Clock  clock.Clock
	IDs    ids.Generator
	Logger *slog.Logger
}

type service struct{ Deps }

// Fill makes the use cases of this package the implementation of the menu. Jobs are
// worked on by the desk.
func Fill(menu *ingestion.UseCases, desk *Desk) {
	s := &desk.service
	menu.StartIngestion.HandleFunc(desk.startIngestion)
	menu.RetryIngestion.HandleFunc(desk.retryIngestion)
	menu.CancelIngestion.HandleFunc(desk.cancelIngestion)
	menu.GetIngestion.HandleFunc(s.getIngestion)
	menu.ListIngestions.HandleFunc(s.listIngestions)
	menu.WatchIngestion.HandleFunc(s.watchIngestion)
	menu.GetDocument.HandleFunc(s.getDocument)
	menu.ListSources.HandleFunc(s.listSources)
	menu.GetIngestionStats.HandleFunc(s.getStats)
}

// now is the present instant as it is stored.
func (s *service) now() time.Time { return s.Clock.Now().UTC().Truncate(time.Microsecond) }

// caller is who calls, by the name given or that of the caller.
func caller(ctx context.Context, given string) string {
	if given != "" {
		return given
	}
	if user := usecase.MetaOf(ctx).Caller.User; user != "" {
		return user
	}
	return "anonymous"
}

// workingOn returns a context in which the orchestrator works on the job for who asked.
func workingOn(ctx context.Context, j ingest.Job) context.Context {
	return usecase.WithMeta(ctx, usecase.Meta{
		Correlation: j.Request.Correlation, IdempotencyKey: "ingestion/" + j.ID.String(),
		Caller: usecase.Caller{User: j.Request.User, Service: orchestrator.ID},
	})
}

// job reads a job by the text of its id.
func (s *service) job(ctx context.Context, text string) (ingest.Job, error) {
	id, err := ingest.ParseID(text)
	if err != nil {
		return ingest.Job{}, err
	}
	j, err := s.Jobs.Get(ctx, id)
	if errors.Is(err, domain.NotFound) {
		err = domain.NotFound.Wrap(err, "Ingestion not found: "+text+". List them with GET /api/v1/ingestion/ingest.").
			WithDetail("resource_type", "ingestion").WithDetail("resource_id", text)
	}
	return j, err
}

// tries is how often a change is tried again that another one overtook.
const tries = 5

// change reads a job, changes it and stores it with the events that tell of it, all or
// nothing; what change does not touch is left alone. It begins anew when another
// process was faster.
func (s *service) change(ctx context.Context, id ingest.ID, change func(*ingest.Job) error) (j ingest.Job, err error) {
	for range tries {
		err = s.Unit.Within(ctx, func(ctx context.Context) error {
			if j, err = s.Jobs.Get(ctx, id); err != nil {
				return err
			}
			before := j
			if err := change(&j); err != nil || j.Revision == before.Revision {
				return err
			}
			return s.keep(ctx, before, j)
		})
		if !overtaken(err) {
			return j, err
		}
	}
	return j, err
}

// overtaken reports whether a change was made on a state that is no more.
func overtaken(err error) bool {
	return errors.Is(err, domain.Conflict) && domain.FaultOf(err).Details["version"] != nil
}

// keep stores a changed job with its event.
func (s *service) keep(ctx context.Context, before, j ingest.Job) error {
	if err := s.Jobs.Update(ctx, j); err != nil {
		return err
	}
	name := eventOf(before.Status, j.Status)
	if name == "" {
		return nil
	}
	return s.tell(ctx, name, j)
}
