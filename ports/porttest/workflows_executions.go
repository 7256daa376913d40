package porttest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/workflows"
)

func madeExecution(id, of string, minute int) workflow.Execution {
	w := madeWorkflow(of, "name of "+of)
	return workflow.Execution{
		ID: domain.StoredID[workflow.Execution](id), Workflow: w.ID, Definition: w.Definition, Version: 3, Status: workflow.Running,
		Parameters: map[string]any{"q": "x", "n": 1.5, "none": nil}, User: "ada", Correlation: "c-1", Priority: 5, Revision: 1,
		CreatedAt: noon.Add(time.Duration(minute) * time.Minute), StartedAt: noon.Add(time.Duration(minute) * time.Minute),
	}
}

func executionKept(t *testing.T, e WorkflowsEnv) {
	ctx := context.Background()
	x := madeExecution("x", "a", 0)
	_, err := e.Executions.Get(ctx, x.ID)
	wantKind(t, "the unknown", err, domain.NotFound)
	must(t, e.Executions.Add(ctx, x))
	wantKind(t, "the same id", e.Executions.Add(ctx, x), domain.Conflict)
	got, err := e.Executions.Get(ctx, x.ID)
	must(t, err)
	wantSame(t, "execution", got, x)
	fault := domain.FaultOf(domain.Upstream.New("It broke.").WithCode("broken"))
	x.RetryOf = domain.StoredID[workflow.Execution]("w")
	must(t, x.End(noon.Add(time.Hour), []workflow.Named{
		{ID: "a", Outcome: workflow.Completed(map[string]any{"n": 1.0})}, {ID: "l", Outcome: workflow.Outcome{Status: workflow.ActionFailed, Fault: fault}},
		{ID: "s", Outcome: workflow.Skipped("no need")},
	}, fault))
	must(t, e.Executions.Update(ctx, x))
	got, err = e.Executions.Get(ctx, x.ID)
	must(t, err)
	wantSame(t, "ended execution", got, x)
}

func executionStale(t *testing.T, e WorkflowsEnv) {
	ctx := context.Background()
	x := madeExecution("x", "a", 0)
	wantKind(t, "a change of the unknown", e.Executions.Update(ctx, x), domain.NotFound)
	must(t, e.Executions.Add(ctx, x))
	wantKind(t, "the same revision", e.Executions.Update(ctx, x), domain.Conflict)
	must(t, x.Cancel(noon.Add(time.Hour)))
	must(t, e.Executions.Update(ctx, x))
	wantKind(t, "a revision twice", e.Executions.Update(ctx, x), domain.Conflict)
}

func executionsFound(t *testing.T, e WorkflowsEnv) {
	ctx := context.Background()
	for i := range 6 {
		x := madeExecution(fmt.Sprint("x", i), []string{"a", "b"}[i%2], i)
		if i >= 4 {
			must(t, x.End(noon.Add(time.Hour), []workflow.Named{{ID: "a", Outcome: workflow.Completed(nil)}}, nil))
		}
		must(t, e.Executions.Add(ctx, x))
	}
	for _, c := range []struct {
		f    workflows.ExecutionFilter
		want string
	}{
		{workflows.ExecutionFilter{}, "x5 x4 x3 x2 x1 x0 "},
		{workflows.ExecutionFilter{Workflow: domain.StoredID[workflow.Workflow]("a")}, "x4 x2 x0 "},
		{workflows.ExecutionFilter{Status: []workflow.ExecutionStatus{workflow.Done}}, "x5 x4 "},
		{workflows.ExecutionFilter{Status: []workflow.ExecutionStatus{workflow.Done, workflow.Running}, From: noon.Add(time.Minute), Before: noon.Add(5 * time.Minute)}, "x4 x3 x2 x1 "},
		{workflows.ExecutionFilter{Workflow: domain.StoredID[workflow.Workflow]("c")}, ""},
	} {
		page, err := e.Executions.Find(ctx, c.f, domain.PageRequest{})
		must(t, err)
		var got string
		for _, x := range page.Items {
			got += x.ID.String() + " "
			if x.Outcomes != nil {
				t.Error("a list holds outcomes")
			}
		}
		if got != c.want || page.Total != len(page.Items) {
			t.Errorf("%+v finds %q of %d, want %q", c.f, got, page.Total, c.want)
		}
	}
}

func executionsCounted(t *testing.T, e WorkflowsEnv) {
	ctx := context.Background()
	for i, of := range []string{"b", "a", "c", "c"} {
		x := madeExecution(fmt.Sprint("x", i), of, i)
		if i == 3 {
			x.Definition.Name, x.Status = "the last name", workflow.Failed
		}
		must(t, e.Executions.Add(ctx, x))
	}
	counts, err := e.Executions.Count(ctx)
	must(t, err)
	wantSame(t, "counts", counts, map[workflow.ExecutionStatus]int{workflow.Running: 3, workflow.Failed: 1})
	busy, err := e.Executions.Busiest(ctx, 2)
	must(t, err)
	wantSame(t, "the busiest", busy, []workflows.Busy{
		{Workflow: domain.StoredID[workflow.Workflow]("c"), Name: "the last name", Runs: 2}, {Workflow: domain.StoredID[workflow.Workflow]("a"), Name: "name of a", Runs: 1},
	})
}
