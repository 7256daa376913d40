package workflows_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	durablemem "github.com/docsteward/docsteward/adapters/durable/memory"
	"github.com/docsteward/docsteward/adapters/expression"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/adapters/memory/workflowsmem"
	app "github.com/docsteward/docsteward/application/workflows"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/ids/idstest"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

// desk is workflow management in memory, whose service calls a world answers.
type desk struct {
	menu    workflows.UseCases
	runtime runtime
	outbox  *memkit.Outbox
	world   *world
	deps    app.Deps
}

// runtime runs programs and works on them.
type runtime interface {
	durable.Runtime
	durable.Worker
}

// world answers service calls: endpoint /fail fails, /flaky fails twice, /hang waits
// for the end of its context, all else answers its parameters. It keeps the keys of
// what it did.
type world struct {
	mu    sync.Mutex
	did   []string
	tries map[string]int
	// begun tells each call of /hang.
	begun chan string
}

func (w *world) Perform(ctx context.Context, call workflows.Call) (any, error) {
	endpoint := fmt.Sprint(call.Config["endpoint"])
	w.mu.Lock()
	w.tries[call.Key]++
	tries := w.tries[call.Key]
	w.mu.Unlock()
	switch {
	case endpoint == "/fail":
		return nil, domain.Rejected.New("It cannot be done.")
	case endpoint == "/flaky" && tries < 3:
		return nil, domain.Unavailable.New("It is away.")
	case endpoint == "/hang":
		w.begun <- call.Key
		<-ctx.Done()
		return nil, ctx.Err()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.did = append(w.did, endpoint+" "+call.Key)
	return map[string]any{"endpoint": endpoint, "parameters": call.Config["parameters"], "score": 0.5}, nil
}

// deeds are what was done, with the id of the run cut off.
func (w *world) deeds(run string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return strings.ReplaceAll(strings.Join(w.did, ", "), run, "")
}

func newDesk(t *testing.T) *desk {
	return newDeskOn(t, func(_ *testing.T, registry durable.Registry) runtime {
		return durablemem.New(systemclock.Clock{}, registry)
	})
}

// newDeskOn is a desk whose runs are on the runtime that open returns.
func newDeskOn(t *testing.T, open func(t *testing.T, registry durable.Registry) runtime) *desk {
	t.Helper()
	db := memkit.New()
	d := &desk{outbox: memkit.NewOutbox(db, func() {}), world: &world{tries: make(map[string]int), begun: make(chan string, 10)}}
	d.deps = app.Deps{
		Definitions: workflowsmem.NewDefinitions(db), Executions: workflowsmem.NewExecutions(db), Compiler: expression.Compiler{},
		Performers: map[string]workflows.Performer{workflow.ServiceCall: d.world, workflow.Notification: d.world},
		Templates:  app.Templates(), Outbox: d.outbox, Unit: db, Clock: systemclock.Clock{}, IDs: idstest.New("id"),
	}
	d.runtime = open(t, app.Registry(d.deps))
	d.deps.Runtime = d.runtime
	app.Fill(&d.menu, d.deps)
	if err := usecase.Check(&d.menu, workflows.Operations(&d.menu)); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- d.runtime.Work(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return d
}

// keep makes an active workflow of actions in JSON.
func (d *desk) keep(t *testing.T, name, parameters, actions string) workflows.Workflow {
	t.Helper()
	c := workflows.CreateWorkflow{Name: name, WorkflowType: "generic", Activate: true}
	for text, into := range map[string]any{parameters: &c.Parameters, actions: &c.Actions} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	w, err := d.menu.CreateWorkflow.Execute(context.Background(), c).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (d *desk) execute(t *testing.T, name string, parameters map[string]any) workflows.Execution {
	t.Helper()
	e, err := d.menu.ExecuteWorkflow.Execute(context.Background(), workflows.ExecuteWorkflow{WorkflowID: name, Parameters: parameters, Priority: 5}).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// ended waits until the run has ended and returns it.
func (d *desk) ended(t *testing.T, id string) workflows.Execution {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	run, err := d.runtime.Wait(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if run.Status == durable.Failed {
		t.Errorf("the run itself failed: %v", run.Fault)
	}
	return d.get(t, id)
}

func (d *desk) get(t *testing.T, id string) workflows.Execution {
	t.Helper()
	e, err := d.menu.GetExecution.Execute(context.Background(), workflows.GetExecution{ID: id}).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// ends are how the actions ended.
func ends(e workflows.Execution) string {
	var all []string
	for _, r := range e.Results {
		all = append(all, r.ActionID+" "+r.Status)
	}
	return strings.Join(all, ", ")
}

// call is a service call in JSON.
func call(id, endpoint string, more ...string) string {
	return fmt.Sprintf(`{"action_id":%q,"name":%q,"action_type":"service_call","config":{"service":"s","endpoint":%q}%s}`,
		id, id, endpoint, strings.Join(append([]string{""}, more...), ","))
}
