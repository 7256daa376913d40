package ingestion_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/ingestmem"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	app "github.com/docsteward/docsteward/application/ingestion"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/ingest"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/ids/idstest"
	"github.com/docsteward/docsteward/ports/ingestion"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

type object = map[string]any

// office is ingestion in memory, beside flows that stand for workflow management.
type office struct {
	menu   ingestion.UseCases
	desk   *app.Desk
	clock  *clocktest.Manual
	outbox *memkit.Outbox
	flows  *flows
	// agent are the runs that are under way at the source agent.
	agent []sourceagent.Ingestion
	// documents are those of the document store.
	documents map[string]docstore.Document
}

// flows begin runs, one for each key, and show what a test makes of them.
type flows struct {
	mu     sync.Mutex
	runs   map[string]*workflows.Execution
	keys   map[string]string
	begun  []workflows.ExecuteWorkflow
	ended  []string
	refuse error
}

func (f *flows) execute(ctx context.Context, c workflows.ExecuteWorkflow) (workflows.Execution, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.refuse != nil {
		return workflows.Execution{}, f.refuse
	}
	key := usecase.MetaOf(ctx).IdempotencyKey
	id, known := f.keys[key]
	if !known {
		id = fmt.Sprint("run-", len(f.begun)+1)
		f.keys[key], f.runs[id] = id, &workflows.Execution{ExecutionID: id, Status: "running"}
		f.begun = append(f.begun, c)
	}
	return *f.runs[id], nil
}

func (f *flows) get(_ context.Context, c workflows.GetExecution) (workflows.Execution, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if run := f.runs[c.ID]; run != nil {
		return *run, nil
	}
	return workflows.Execution{}, domain.NotFound.New("no such run")
}

func (f *flows) cancel(_ context.Context, c workflows.CancelExecution) (workflows.Execution, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ended = append(f.ended, c.ID)
	if run := f.runs[c.ID]; run != nil {
		run.Status = "cancelled"
	}
	return workflows.Execution{}, nil
}

func newOffice(t *testing.T, limits app.Limits) *office {
	t.Helper()
	db := memkit.New()
	o := &office{clock: clocktest.New(), outbox: memkit.NewOutbox(db, nil), documents: map[string]docstore.Document{},
		flows: &flows{runs: map[string]*workflows.Execution{}, keys: map[string]string{}}}
	o.desk = app.NewDesk(app.Deps{
		Jobs: ingestmem.NewJobs(db), Outbox: o.outbox, Unit: db, Clock: o.clock, IDs: idstest.New("job"), Logger: slog.New(slog.DiscardHandler),
		ExecuteWorkflow: serve(o.flows.execute), GetExecution: serve(o.flows.get), CancelExecution: serve(o.flows.cancel),
		ListRuns: serve(func(context.Context, sourceagent.ListIngestions) (sourceagent.IngestionList, error) {
			return sourceagent.IngestionList{Items: o.agent}, nil
		}),
		GetDocument: serve(func(_ context.Context, c docstore.GetDocument) (docstore.Document, error) {
			if d, known := o.documents[c.ID]; known {
				return d, nil
			}
			return docstore.Document{}, domain.NotFound.New("no such document")
		}),
		Scanner: func() app.Scanner { return app.Scanner{} }, Reads: []ingest.SourceType{ingest.Filesystem}, Limits: limits,
	})
	app.Fill(&o.menu, o.desk)
	return o
}

// usual are limits that no test reaches by chance.
func usual() app.Limits { return app.Limits{Workers: 2, Queue: 10, Stall: 5 * time.Minute} }

func serve[C, R any](do func(context.Context, C) (R, error)) usecase.Func[C, R] {
	return func(ctx context.Context, c C) domain.DomainResult[R] { return domain.From(do(ctx, c)) }
}

func (o *office) start(t *testing.T, folder string, priority int) string {
	t.Helper()
	started, err := o.menu.StartIngestion.Execute(t.Context(), ingestion.StartIngestion{SourceURL: folder, SourceType: "filesystem", Priority: priority}).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	o.clock.Advance(time.Second)
	return started.IngestionID
}

func (o *office) round(t *testing.T) {
	t.Helper()
	if err := o.desk.Round(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (o *office) job(t *testing.T, id string) ingestion.Ingestion {
	t.Helper()
	view, err := o.menu.GetIngestion.Execute(t.Context(), ingestion.GetIngestion{ID: id}).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	return view
}

// show makes a run show actions: each as "id status", with what it answered.
func (o *office) show(run, status string, results ...workflows.ActionResult) {
	o.flows.mu.Lock()
	defer o.flows.mu.Unlock()
	o.flows.runs[run].Status, o.flows.runs[run].Results = status, results
}

func action(id, status string, output object) workflows.ActionResult {
	return workflows.ActionResult{ActionID: id, Status: status, Output: output}
}

// events are the names of what was told, in order.
func (o *office) events(t *testing.T) string {
	t.Helper()
	entries, err := o.outbox.Claim(t.Context(), o.clock.Now(), o.clock.Now().Add(time.Minute), 100)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimPrefix(e.Event.Name, "ingestion."))
	}
	return strings.Join(names, " ")
}
