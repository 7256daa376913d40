package workflows_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	app "github.com/docsteward/docsteward/application/workflows"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/workflows"
)

func newReconciler(d *desk) *app.Reconciler {
	return app.NewReconciler(d.deps, slog.New(slog.DiscardHandler))
}

func TestAWorkflowIsKeptAndChanged(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	w := d.keep(t, "docs", `[{"name":"id","type":"string"}]`, `[`+call("a", "/{{id}}")+`]`)
	if w.Version != 1 || w.Status != "active" || w.RequiredServices[0] != "s" || w.CreatedBy != "anonymous" {
		t.Errorf("%+v", w)
	}
	description := "about them"
	changed, err := d.menu.UpdateWorkflow.Execute(ctx, workflows.UpdateWorkflow{ID: w.WorkflowID, Description: &description, Tags: &[]string{"x"}}).Unwrap()
	if err != nil || changed.Version != 1 || changed.Revision != 2 || changed.Description != description {
		t.Errorf("%+v, %v", changed, err)
	}
	if _, err := d.menu.UpdateWorkflow.Execute(ctx, workflows.UpdateWorkflow{ID: w.WorkflowID, Revision: &w.Revision}).Unwrap(); !errors.Is(err, domain.Conflict) {
		t.Errorf("a stale change: %v", err)
	}
	actions := append(changed.Actions, changed.Actions[0])
	if _, err := d.menu.UpdateWorkflow.Execute(ctx, workflows.UpdateWorkflow{ID: w.WorkflowID, Actions: &actions}).Unwrap(); !errors.Is(err, domain.Rejected) || !strings.Contains(err.Error(), "duplicate action_id a") {
		t.Errorf("a wrong change: %v", err)
	}
	running := d.execute(t, w.WorkflowID, map[string]any{"id": "old"})
	actions[1].ActionID = "b"
	if changed, err = d.menu.UpdateWorkflow.Execute(ctx, workflows.UpdateWorkflow{ID: w.WorkflowID, Actions: &actions}).Unwrap(); err != nil || changed.Version != 2 {
		t.Fatalf("%+v, %v", changed, err)
	}
	if e := d.ended(t, running.ExecutionID); e.WorkflowVersion != 1 || ends(e) != "a completed" {
		t.Errorf("the run of the old version: %d %s", e.WorkflowVersion, ends(e))
	}
	versions, err := d.menu.ListVersions.Execute(ctx, workflows.ListVersions{ID: "docs"}).Unwrap()
	if err != nil || versions.Total != 2 || len(versions.Items[1].Actions) != 2 {
		t.Errorf("%+v, %v", versions, err)
	}
	if _, err := d.menu.DeleteWorkflow.Execute(ctx, workflows.DeleteWorkflow{ID: w.WorkflowID}).Unwrap(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.menu.GetWorkflow.Execute(ctx, workflows.GetWorkflow{ID: w.WorkflowID}).Unwrap(); !errors.Is(err, domain.NotFound) || !strings.Contains(err.Error(), "Workflow not found") {
		t.Errorf("the deleted: %v", err)
	}
}

func TestWhatCannotBeRunIsRefused(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	d.keep(t, "w", `[{"name":"id","type":"string"},{"name":"n","type":"integer","required":false}]`, `[`+call("a", "/a")+`]`)
	if _, err := d.menu.CreateWorkflow.Execute(ctx, workflows.CreateWorkflow{Name: "draft"}).Unwrap(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name       string
		parameters map[string]any
		kind       domain.Kind
		told       string
	}{
		{"unknown", nil, domain.NotFound, "not found"},
		{"draft", nil, domain.Rejected, "not active"},
		{"w", nil, domain.Rejected, "parameter id is required"},
		{"w", map[string]any{"id": "x", "n": "five"}, domain.Rejected, "must be an integer"},
	} {
		_, err := d.menu.ExecuteWorkflow.Execute(ctx, workflows.ExecuteWorkflow{WorkflowID: c.name, Parameters: c.parameters}).Unwrap()
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.told) {
			t.Errorf("%s %v: %v", c.name, c.parameters, err)
		}
	}
	list, err := d.menu.ListExecutions.Execute(ctx, workflows.ListExecutions{Limit: 10}).Unwrap()
	if err != nil || list.Total != 0 {
		t.Errorf("runs that were refused are kept: %+v, %v", list, err)
	}
	v, err := d.menu.ValidateWorkflow.Execute(ctx, workflows.ValidateWorkflow{Actions: []workflows.Action{{ActionID: "a", DependsOn: []string{"a"}}}}).Unwrap()
	if err != nil || v.Valid || len(v.Faults) < 4 || len(v.ExecutionPlan) != 0 {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestStatisticsAndActivity(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	d.keep(t, "w", `[]`, `[`+call("a", "/a")+`]`)
	d.keep(t, "f", `[]`, `[`+call("a", "/fail")+`]`)
	for _, name := range []string{"w", "w", "w", "f"} {
		d.ended(t, d.execute(t, name, nil).ExecutionID)
	}
	s, err := d.menu.GetStatistics.Execute(ctx, workflows.GetStatistics{}).Unwrap()
	if err != nil || s.Summary.SuccessRate != 0.75 || s.Summary.Workflows["active"] != 2 || s.Summary.Executions["total"] != 4 || s.Summary.MostActiveWorkflows[0].Executions != 3 {
		t.Errorf("%+v, %v", s, err)
	}
	a, err := d.menu.ListActivity.Execute(ctx, workflows.ListActivity{Limit: 20}).Unwrap()
	if err != nil || a.Total != 10 {
		t.Errorf("%+v, %v", a, err)
	}
	found, err := d.menu.SearchWorkflows.Execute(ctx, workflows.SearchWorkflows{Query: "F", Limit: 5}).Unwrap()
	if err != nil || found.Total != 1 {
		t.Errorf("%+v, %v", found, err)
	}
}

func TestTemplatesAreGoodDefinitions(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	list, err := d.menu.ListTemplates.Execute(ctx, workflows.ListTemplates{}).Unwrap()
	if err != nil || list.TotalTemplates < 5 {
		t.Fatalf("%d templates, %v", list.TotalTemplates, err)
	}
	for name, template := range list.Templates {
		v, err := d.menu.ValidateWorkflow.Execute(ctx, workflows.ValidateWorkflow{Name: name, Parameters: template.Parameters, Actions: template.Actions}).Unwrap()
		if err != nil || !v.Valid {
			t.Errorf("%s: %+v, %v", name, v.Faults, err)
		}
	}
	required := true
	w, err := d.menu.CreateFromTemplate.Execute(ctx, workflows.CreateFromTemplate{TemplateName: "document_analysis", Customizations: workflows.Customizations{
		Name: "Mine", Tags: []string{"mine"}, Parameters: []workflows.Parameter{{Name: "extra", Type: "string", Required: &required}},
	}}).Unwrap()
	if err != nil || w.Name != "Mine" || w.Status != "draft" || w.Parameters[len(w.Parameters)-1].Name != "extra" {
		t.Errorf("%+v, %v", w, err)
	}
	if _, err := d.menu.GetTemplate.Execute(ctx, workflows.GetTemplate{Name: "none"}).Unwrap(); !errors.Is(err, domain.NotFound) {
		t.Errorf("an unknown template: %v", err)
	}
}
