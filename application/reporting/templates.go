package reporting

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/reporting"
)

//go:embed templates/*.json
var shipped embed.FS

// Templates are the shipped templates, one for each kind, in the order of the kinds.
func Templates() []reporting.Template {
	templates := make([]reporting.Template, len(report.Kinds()))
	for i, kind := range report.Kinds() {
		body, err := shipped.ReadFile("templates/" + string(kind) + ".json")
		if err == nil {
			err = json.Unmarshal(body, &templates[i])
		}
		if err != nil {
			panic(fmt.Sprintf("the template of %s: %v", kind, err)) // it is embedded
		}
	}
	return templates
}

// template returns the template of an id, or of a kind where no id is given. It fails
// with NotFound, and with Invalid when the template is of another kind.
func (s *service) template(id string, kind report.Kind) (reporting.Template, error) {
	for _, t := range s.templates {
		switch {
		case id == "" && t.ReportType == string(kind):
			return t, nil
		case id == "" || t.TemplateID != id:
		case kind != "" && t.ReportType != string(kind):
			return t, domain.Invalid.New("The template "+id+" is of reports of the kind "+t.ReportType+".").
				WithField("template_id", "kind", "must be of the kind "+string(kind))
		default:
			return t, nil
		}
	}
	return reporting.Template{}, domain.NotFound.New("Report template not found; list them with GET /api/v1/reporting/templates.").
		WithDetail("resource_type", "report_template").WithDetail("resource_id", id)
}

// parameters lays the given parameters over the defaults of the template and holds
// them to its schema.
func parameters(t reporting.Template, given map[string]any) (map[string]any, error) {
	all := maps.Clone(t.DefaultParameters)
	if all == nil {
		all = make(map[string]any)
	}
	maps.Copy(all, given)
	schema := report.Schema{Required: t.ParametersSchema.Required, Properties: make(map[string]report.Property)}
	for name, p := range t.ParametersSchema.Properties {
		schema.Properties[name] = report.Property{Type: p.Type, Format: p.Format, Enum: p.Enum, Minimum: p.Minimum, Maximum: p.Maximum}
	}
	body, err := json.Marshal(all) // numbers of any Go type become those of JSON
	if err == nil {
		all = make(map[string]any)
		err = json.Unmarshal(body, &all)
	}
	if err != nil {
		return nil, domain.Invalid.Wrap(err, "The parameters cannot be written as JSON.")
	}
	return all, schema.Check(all)
}

func (s *service) listTypes(context.Context, reporting.ListTypes) (reporting.TypeList, error) {
	list := reporting.TypeList{TotalTypes: len(s.templates)}
	formats := make([]string, len(report.Formats()))
	for i, f := range report.Formats() {
		formats[i] = string(f)
	}
	for _, t := range s.templates {
		names := slices.Sorted(maps.Keys(t.ParametersSchema.Properties))
		list.ReportTypes = append(list.ReportTypes, reporting.Type{
			Type: t.ReportType, Name: t.Name, Description: t.Description, Parameters: append([]string{}, names...), Formats: formats,
		})
	}
	return list, nil
}

func (s *service) listTemplates(context.Context, reporting.ListTemplates) (reporting.TemplateList, error) {
	return reporting.TemplateList{Templates: s.templates, Total: len(s.templates)}, nil
}

func (s *service) getTemplate(_ context.Context, c reporting.GetTemplate) (reporting.Template, error) {
	if strings.TrimSpace(c.ID) == "" {
		return reporting.Template{}, domain.NotFound.New("Report template not found.")
	}
	return s.template(c.ID, "")
}
