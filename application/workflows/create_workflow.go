package workflows

import (
	"context"
	"encoding/json"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

func (s *service) createWorkflow(ctx context.Context, c workflows.CreateWorkflow) (workflows.Workflow, error) {
	w := workflow.Workflow{
		Definition: workflow.Definition{
			Name: c.Name, Description: c.Description, Parameters: parametersOf(c.Parameters), Actions: actionsOf(c.Actions),
			Timeout: time.Duration(c.TimeoutSeconds * float64(time.Second)),
		},
		Type: c.WorkflowType, Status: workflow.Draft, Tags: c.Tags, Services: c.RequiredServices, CreatedBy: caller(ctx, c.CreatedBy),
	}
	if err := s.keep(ctx, &w, c.Activate); err != nil {
		return workflows.Workflow{}, err
	}
	return workflowView(w), nil
}

// keep stores a new workflow.
func (s *service) keep(ctx context.Context, w *workflow.Workflow, activate bool) error {
	if err := w.Accept(s.Compiler); err != nil {
		return err
	}
	if activate {
		if err := w.Turn(workflow.Active); err != nil {
			return err
		}
	}
	id, err := workflow.ParseID(s.IDs.New())
	if err != nil {
		return err
	}
	w.ID, w.CreatedAt = id, s.now()
	w.Changed(w.CreatedAt)
	event, err := s.event(ctx, workflow.EventCreated, "workflow", id.String(), w.Revision, map[string]any{
		"workflow_id": id.String(), "workflow_name": w.Definition.Name, "created_by": w.CreatedBy,
		"parameters_count": len(w.Definition.Parameters), "actions_count": len(w.Definition.Actions),
	})
	if err != nil {
		return err
	}
	return s.Unit.Within(ctx, func(ctx context.Context) error {
		if err := s.Definitions.Add(ctx, *w); err != nil {
			return err
		}
		return s.Outbox.Append(ctx, event)
	})
}

func (s *service) event(ctx context.Context, name, aggregate, id string, version int, payload map[string]any) (domain.Event, error) {
	body, err := json.Marshal(payload)
	if err != nil {
		return domain.Event{}, domain.Internal.Wrap(err, "The event cannot be written as JSON.")
	}
	return domain.Event{
		ID: s.IDs.New(), Name: name, Aggregate: aggregate, AggregateID: id, Version: version, At: s.now(),
		Correlation: usecase.MetaOf(ctx).Correlation, Payload: body,
	}, nil
}

func (s *service) validateWorkflow(_ context.Context, c workflows.ValidateWorkflow) (workflows.Validation, error) {
	d := workflow.Definition{
		Name: c.Name, Parameters: parametersOf(c.Parameters), Actions: actionsOf(c.Actions),
		Timeout: time.Duration(c.TimeoutSeconds * float64(time.Second)),
	}
	v := workflows.Validation{Faults: []workflows.FieldFault{}, ExecutionPlan: [][]string{}, RequiredServices: append([]string{}, d.RequiredServices()...)}
	for _, f := range d.Check(s.Compiler) {
		v.Faults = append(v.Faults, workflows.FieldFault{Field: f.Field, Rule: f.Rule, Message: f.Message})
	}
	v.Valid = len(v.Faults) == 0
	if plan := d.Plan(); plan != nil {
		v.ExecutionPlan = plan
	}
	v.StructuralHash = d.Hash()
	return v, nil
}
