package workflows

import (
	"context"
	"errors"
	"strings"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/workflows"
)

// find returns the workflow of the id, or the one of the name that is not archived
// when only one has it.
func (s *service) find(ctx context.Context, name string) (workflow.Workflow, error) {
	id, err := workflow.ParseID(name)
	if err != nil {
		return workflow.Workflow{}, err
	}
	w, err := s.Definitions.Get(ctx, id)
	if !errors.Is(err, domain.NotFound) {
		return w, err
	}
	page, err := s.Definitions.Find(ctx, workflows.Filter{Name: name}, domain.PageRequest{Limit: 100})
	if err != nil {
		return workflow.Workflow{}, err
	}
	var found []workflow.Workflow
	for _, w := range page.Items {
		if w.Status != workflow.Archived {
			found = append(found, w)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return workflow.Workflow{}, domain.NotFound.New("Workflow not found: "+name+". List them with GET /api/v1/workflows.").
			WithDetail("resource_type", "workflow").WithDetail("resource_id", name)
	}
	return workflow.Workflow{}, domain.Conflict.New("Several workflows have the name " + name + "; give the id of one.")
}

func (s *service) getWorkflow(ctx context.Context, c workflows.GetWorkflow) (workflows.Workflow, error) {
	w, err := s.find(ctx, c.ID)
	if err != nil {
		return workflows.Workflow{}, err
	}
	return workflowView(w), nil
}

func (s *service) listWorkflows(ctx context.Context, c workflows.ListWorkflows) (workflows.WorkflowList, error) {
	return s.page(ctx, workflows.Filter{
		NameContains: c.NameContains, Type: c.WorkflowType, Tag: c.Tag, Status: workflow.Status(c.Status), CreatedBy: c.CreatedBy,
	}, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
}

func (s *service) searchWorkflows(ctx context.Context, c workflows.SearchWorkflows) (workflows.WorkflowList, error) {
	return s.page(ctx, workflows.Filter{Words: strings.Fields(c.Query)}, domain.PageRequest{Limit: c.Limit})
}

func (s *service) page(ctx context.Context, f workflows.Filter, request domain.PageRequest) (workflows.WorkflowList, error) {
	found, err := s.Definitions.Find(ctx, f, request)
	if err != nil {
		return workflows.WorkflowList{}, err
	}
	page := domain.MapPage(found, workflowView)
	return workflows.WorkflowList{Items: page.Items, Total: page.Total, Limit: page.Limit, Offset: page.Offset, HasMore: page.HasMore()}, nil
}

func (s *service) listVersions(ctx context.Context, c workflows.ListVersions) (workflows.VersionList, error) {
	w, err := s.find(ctx, c.ID)
	if err != nil {
		return workflows.VersionList{}, err
	}
	kept, err := s.Definitions.Versions(ctx, w.ID)
	if err != nil {
		return workflows.VersionList{}, err
	}
	list := workflows.VersionList{Items: make([]workflows.Version, len(kept)), Total: len(kept)}
	for i, v := range kept {
		list.Items[i] = workflows.Version{
			Version: v.Version, StructuralHash: v.Hash, CreatedAt: v.At,
			Parameters: parameterViews(v.Definition.Parameters), Actions: actionViews(v.Definition.Actions),
		}
	}
	return list, nil
}
