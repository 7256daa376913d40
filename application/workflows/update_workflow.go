package workflows

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/workflows"
)

func (s *service) updateWorkflow(ctx context.Context, c workflows.UpdateWorkflow) (workflows.Workflow, error) {
	var w workflow.Workflow
	err := s.Unit.Within(ctx, func(ctx context.Context) error {
		var err error
		if w, err = s.find(ctx, c.ID); err != nil {
			return err
		}
		if c.Revision != nil && *c.Revision != w.Revision {
			return domain.Conflict.New("The workflow was changed since it was read; read it again.").WithDetail("revision", w.Revision)
		}
		change(&w, c)
		if err := w.Accept(s.Compiler); err != nil {
			return err
		}
		if c.Status != nil {
			if err := w.Turn(workflow.Status(*c.Status)); err != nil {
				return err
			}
		}
		if w.Status == workflow.Active && len(w.Definition.Actions) == 0 {
			return domain.Rejected.New("An active workflow has at least one action.")
		}
		w.Changed(s.now())
		return s.Definitions.Update(ctx, w)
	})
	if err != nil {
		return workflows.Workflow{}, err
	}
	return workflowView(w), nil
}

// change takes over what the command gives.
func change(w *workflow.Workflow, c workflows.UpdateWorkflow) {
	if c.Name != nil {
		w.Definition.Name = *c.Name
	}
	if c.Description != nil {
		w.Definition.Description = *c.Description
	}
	if c.Parameters != nil {
		w.Definition.Parameters = parametersOf(*c.Parameters)
	}
	if c.Actions != nil {
		w.Definition.Actions = actionsOf(*c.Actions)
	}
	if c.Tags != nil {
		w.Tags = *c.Tags
	}
	if c.TimeoutSeconds != nil {
		w.Definition.Timeout = time.Duration(*c.TimeoutSeconds * float64(time.Second))
	}
}

func (s *service) deleteWorkflow(ctx context.Context, c workflows.DeleteWorkflow) (workflows.Deleted, error) {
	w, err := s.find(ctx, c.ID)
	if err != nil {
		return workflows.Deleted{}, err
	}
	if err := s.Definitions.Delete(ctx, w.ID); err != nil {
		return workflows.Deleted{}, err
	}
	return workflows.Deleted{WorkflowID: w.ID.String(), Deleted: true}, nil
}
