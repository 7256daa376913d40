package workflows

import (
	"context"
	"slices"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/workflows"
)

func (s *service) listTemplates(_ context.Context, c workflows.ListTemplates) (workflows.TemplateList, error) {
	list := workflows.TemplateList{Templates: make(map[string]workflows.Template)}
	for _, t := range s.Templates {
		if (c.Category == "" || c.Category == t.Category) && (c.Tag == "" || slices.Contains(t.Tags, c.Tag)) {
			list.Templates[t.TemplateName] = t
		}
	}
	list.TotalTemplates = len(list.Templates)
	return list, nil
}

func (s *service) template(name string) (workflows.Template, error) {
	for _, t := range s.Templates {
		if t.TemplateName == name {
			return t, nil
		}
	}
	return workflows.Template{}, domain.NotFound.New("There is no template "+name+"; list them with GET /api/v1/workflows/templates.").
		WithDetail("resource_type", "template").WithDetail("resource_id", name)
}

func (s *service) getTemplate(_ context.Context, c workflows.GetTemplate) (workflows.Template, error) {
	return s.template(c.Name)
}

func (s *service) createFromTemplate(ctx context.Context, c workflows.CreateFromTemplate) (workflows.Workflow, error) {
	t, err := s.template(c.TemplateName)
	if err != nil {
		return workflows.Workflow{}, err
	}
	w := ofTemplate(t, caller(ctx, c.CreatedBy))
	customize(&w, c.Customizations)
	if err := s.keep(ctx, &w, false); err != nil {
		return workflows.Workflow{}, err
	}
	return workflowView(w), nil
}

func ofTemplate(t workflows.Template, creator string) workflow.Workflow {
	return workflow.Workflow{
		Definition: workflow.Definition{Name: t.Name, Description: t.Description, Parameters: parametersOf(t.Parameters), Actions: actionsOf(t.Actions)},
		Type:       t.TemplateName, Status: workflow.Draft, Tags: slices.Clone(t.Tags), CreatedBy: creator,
	}
}

// customize replaces texts, and replaces or extends parameters by name.
func customize(w *workflow.Workflow, c workflows.Customizations) {
	if c.Name != "" {
		w.Definition.Name = c.Name
	}
	if c.Description != "" {
		w.Definition.Description = c.Description
	}
	for _, p := range parametersOf(c.Parameters) {
		at := slices.IndexFunc(w.Definition.Parameters, func(old workflow.Parameter) bool { return old.Name == p.Name })
		if at < 0 {
			w.Definition.Parameters = append(w.Definition.Parameters, p)
			continue
		}
		w.Definition.Parameters[at] = p
	}
	for _, tag := range c.Tags {
		if !slices.Contains(w.Tags, tag) {
			w.Tags = append(w.Tags, tag)
		}
	}
}
