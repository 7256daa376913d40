package porttest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/tx"
	"github.com/docsteward/docsteward/ports/workflows"
)

// WorkflowsEnv is the ports of workflow management, over the same data.
type WorkflowsEnv struct {
	Definitions workflows.Definitions
	Executions  workflows.Executions
	Unit        tx.Unit
}

// Workflows proves the promises of workflows.Definitions and workflows.Executions.
// open returns empty stores each time.
func Workflows(t *testing.T, open func(t *testing.T) WorkflowsEnv) {
	for _, c := range []struct {
		name string
		run  func(t *testing.T, e WorkflowsEnv)
	}{
		{"definitions/are kept whole", workflowKept},
		{"definitions/names are taken once by a creator", workflowNames},
		{"definitions/a stale change is a conflict", workflowStale},
		{"definitions/versions are kept", workflowVersions},
		{"definitions/are found by what they are", workflowsFound},
		{"definitions/go with their versions", workflowDeleted},
		{"executions/are kept whole", executionKept},
		{"executions/a stale change is a conflict", executionStale},
		{"executions/are found by what they are", executionsFound},
		{"executions/are counted", executionsCounted},
		{"a rolled back change is gone", workflowRollback},
		{"an ended context is a timeout", workflowTimeout},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
}

func madeWorkflow(id, name string) workflow.Workflow {
	w := workflow.Workflow{
		ID: domain.StoredID[workflow.Workflow](id), Type: "generic", Status: workflow.Draft, Tags: []string{"Nightly", "ü"}, Services: []string{"doc_store"},
		CreatedBy: "ada", CreatedAt: noon,
		Definition: workflow.Definition{
			Name: name, Description: "Looks at 100% of the docs", Timeout: time.Minute,
			Parameters: []workflow.Parameter{{Name: "q", Type: "string", Required: true, Default: "x", Rules: map[string]any{"min_length": 1.0}, Allowed: []any{"x", 1.0, nil}}},
			Actions: []workflow.Action{
				{ID: "a", Type: workflow.ServiceCall, Name: "a", Config: map[string]any{"service": "s", "n": 1.5, "deep": []any{map[string]any{"ü": nil}}}, Timeout: time.Second},
				{ID: "l", Type: workflow.Loop, Name: "l", DependsOn: []string{"a"}, Body: []workflow.Action{{ID: "i", Type: workflow.Wait, Name: "i", Condition: "q == 'x'"}},
					Compensation: &workflow.Compensation{Type: workflow.Notification, Config: map[string]any{"message": "m"}}},
			},
		},
	}
	w.Changed(noon)
	return w
}

func workflowKept(t *testing.T, e WorkflowsEnv) {
	ctx := context.Background()
	w := madeWorkflow("a", "n ' ü")
	_, err := e.Definitions.Get(ctx, w.ID)
	wantKind(t, "the unknown", err, domain.NotFound)
	must(t, e.Definitions.Add(ctx, w))
	wantKind(t, "the same id", e.Definitions.Add(ctx, madeWorkflow("a", "other")), domain.Conflict)
	got, err := e.Definitions.Get(ctx, w.ID)
	must(t, err)
	wantSame(t, "workflow", got, w)
	wantSame(t, "hash", got.Definition.Hash(), w.Hash)
	got.Tags[0] = "spoiled"
	again, err := e.Definitions.Get(ctx, w.ID)
	must(t, err)
	wantSame(t, "workflow after its copy was changed", again, w)
}

func workflowNames(t *testing.T, e WorkflowsEnv) {
	ctx := context.Background()
	must(t, e.Definitions.Add(ctx, madeWorkflow("a", "docs")))
	refused(t, "the same name", e.Definitions.Add(ctx, madeWorkflow("b", "docs")), domain.Conflict, "id", "a")
	other := madeWorkflow("c", "docs")
	other.CreatedBy = "bob"
	must(t, e.Definitions.Add(ctx, other))
	must(t, e.Definitions.Add(ctx, madeWorkflow("d", "Docs")))
	renamed := madeWorkflow("d", "docs")
	renamed.Revision = 2
	refused(t, "a change to the same name", e.Definitions.Update(ctx, renamed), domain.Conflict, "id", "a")
	archived := madeWorkflow("a", "docs")
	archived.Status, archived.Revision = workflow.Archived, 2
	must(t, e.Definitions.Update(ctx, archived))
	must(t, e.Definitions.Update(ctx, renamed))
}

func workflowStale(t *testing.T, e WorkflowsEnv) {
	ctx := context.Background()
	w := madeWorkflow("a", "docs")
	wantKind(t, "a change of the unknown", e.Definitions.Update(ctx, w), domain.NotFound)
	must(t, e.Definitions.Add(ctx, w))
	wantKind(t, "the same revision", e.Definitions.Update(ctx, w), domain.Conflict)
	w.Revision, w.Tags, w.Status, w.UpdatedAt = 2, []string{}, workflow.Active, noon.Add(time.Hour)
	must(t, e.Definitions.Update(ctx, w))
	wantKind(t, "a revision twice", e.Definitions.Update(ctx, w), domain.Conflict)
	got, err := e.Definitions.Get(ctx, w.ID)
	must(t, err)
	if got.Revision != 2 || len(got.Tags) != 0 || got.Status != workflow.Active || !got.UpdatedAt.Equal(w.UpdatedAt) {
		t.Errorf("got %+v", got)
	}
}

func workflowVersions(t *testing.T, e WorkflowsEnv) {
	ctx := context.Background()
	w := madeWorkflow("a", "docs")
	must(t, e.Definitions.Add(ctx, w))
	first := w
	w.Definition.Actions = w.Definition.Actions[:1]
	w.Changed(noon.Add(time.Minute))
	must(t, e.Definitions.Update(ctx, w))
	second := w
	w.Definition.Description = "the same, in other words"
	w.Changed(noon.Add(time.Hour))
	must(t, e.Definitions.Update(ctx, w))
	kept, err := e.Definitions.Versions(ctx, w.ID)
	must(t, err)
	wantSame(t, "versions", kept, []workflows.KeptVersion{
		{Version: 1, Hash: first.Hash, Definition: first.Definition, At: noon},
		{Version: 2, Hash: second.Hash, Definition: second.Definition, At: noon.Add(time.Minute)},
	})
	_, err = e.Definitions.Versions(ctx, domain.StoredID[workflow.Workflow]("b"))
	wantKind(t, "versions of the unknown", err, domain.NotFound)
}

func workflowsFound(t *testing.T, e WorkflowsEnv) {
	ctx := context.Background()
	for i, name := range []string{"Document Analysis", "code_review", "Percent 100%"} {
		w := madeWorkflow(fmt.Sprint("w", i), name)
		w.CreatedAt = noon.Add(time.Duration(i) * time.Minute)
		if i == 1 {
			w.CreatedBy, w.Type, w.Status, w.Tags = "bob", "review", workflow.Active, []string{"nightly-x"}
		}
		must(t, e.Definitions.Add(ctx, w))
	}
	for _, c := range []struct {
		f    workflows.Filter
		want string
	}{
		{workflows.Filter{}, "w2 w1 w0 "},
		{workflows.Filter{NameContains: "document"}, "w0 "},
		{workflows.Filter{NameContains: "e_r"}, "w1 "},
		{workflows.Filter{NameContains: "0%"}, "w2 "},
		{workflows.Filter{NameContains: "%%"}, ""},
		{workflows.Filter{Name: "code_review"}, "w1 "},
		{workflows.Filter{Name: "code"}, ""},
		{workflows.Filter{Words: []string{"DOCS", "analysis"}}, "w0 "},
		{workflows.Filter{Words: []string{"nightly"}}, "w2 w1 w0 "},
		{workflows.Filter{Tag: "Nightly"}, "w2 w0 "},
		{workflows.Filter{Tag: "night"}, ""},
		{workflows.Filter{Tag: "nightly"}, ""},
		{workflows.Filter{Status: workflow.Active}, "w1 "},
		{workflows.Filter{Type: "review", CreatedBy: "bob"}, "w1 "},
		{workflows.Filter{Type: "review", CreatedBy: "ada"}, ""},
	} {
		page, err := e.Definitions.Find(ctx, c.f, domain.PageRequest{})
		must(t, err)
		var got string
		for _, w := range page.Items {
			got += w.ID.String() + " "
		}
		if got != c.want || page.Total != len(page.Items) {
			t.Errorf("%+v finds %q of %d, want %q", c.f, got, page.Total, c.want)
		}
	}
	page, err := e.Definitions.Find(ctx, workflows.Filter{}, domain.PageRequest{Limit: 1, Offset: 1})
	must(t, err)
	if len(page.Items) != 1 || page.Items[0].ID.String() != "w1" || page.Total != 3 {
		t.Errorf("the page is %+v", page)
	}
	counts, err := e.Definitions.Count(ctx)
	must(t, err)
	wantSame(t, "counts", counts, map[workflow.Status]int{workflow.Draft: 2, workflow.Active: 1})
}

func workflowDeleted(t *testing.T, e WorkflowsEnv) {
	ctx := context.Background()
	w := madeWorkflow("a", "docs")
	wantKind(t, "the unknown", e.Definitions.Delete(ctx, w.ID), domain.NotFound)
	must(t, e.Definitions.Add(ctx, w))
	must(t, e.Definitions.Delete(ctx, w.ID))
	_, err := e.Definitions.Get(ctx, w.ID)
	wantKind(t, "the deleted", err, domain.NotFound)
	must(t, e.Definitions.Add(ctx, w))
	kept, err := e.Definitions.Versions(ctx, w.ID)
	must(t, err)
	if len(kept) != 1 {
		t.Errorf("versions of the deleted are there: %d", len(kept))
	}
}

func workflowRollback(t *testing.T, e WorkflowsEnv) {
	ctx := context.Background()
	undone := errors.New("undone")
	err := e.Unit.Within(ctx, func(ctx context.Context) error {
		must(t, e.Definitions.Add(ctx, madeWorkflow("a", "docs")))
		must(t, e.Executions.Add(ctx, madeExecution("x", "a", 0)))
		return undone
	})
	if !errors.Is(err, undone) {
		t.Errorf("got %v", err)
	}
	_, err = e.Definitions.Get(ctx, domain.StoredID[workflow.Workflow]("a"))
	wantKind(t, "the workflow", err, domain.NotFound)
	_, err = e.Executions.Get(ctx, domain.StoredID[workflow.Execution]("x"))
	wantKind(t, "the execution", err, domain.NotFound)
}

func workflowTimeout(t *testing.T, e WorkflowsEnv) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	wantKind(t, "add", e.Definitions.Add(ctx, madeWorkflow("a", "docs")), domain.Timeout)
	_, err := e.Definitions.Find(ctx, workflows.Filter{}, domain.PageRequest{})
	wantKind(t, "find", err, domain.Timeout)
	wantKind(t, "add a run", e.Executions.Add(ctx, madeExecution("x", "a", 0)), domain.Timeout)
	_, err = e.Executions.Count(ctx)
	wantKind(t, "count", err, domain.Timeout)
}
