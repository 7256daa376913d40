package reporting

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/reporting"
	"github.com/docsteward/docsteward/ports/usecase"
)

// draft is a document that is being written.
type draft struct {
	reporting.Document
	ctx        context.Context //nolint:containedctx // a draft lives within one call
	service    *service
	caller     usecase.Caller
	period     report.Period
	parameters map[string]any
	charts     bool
}

// ask asks a source, when the caller may, and returns the query with the answer.
func ask[C, R any](d *draft, source usecase.UseCase[C, R], command C) (R, reporting.Query, error) {
	var none R
	query, permission, err := d.service.Link(command)
	if err != nil {
		return none, query, err
	}
	name := query.Service + " " + query.Path
	if err := d.service.May(d.caller, permission); err != nil {
		return none, query, &refused{name, err}
	}
	answer, err := source.Execute(usecase.AsService(d.ctx, orchestrator.ID), command).Unwrap()
	if err != nil {
		return none, query, &refused{name, err}
	}
	return answer, query, nil
}

func (d *draft) text(name string) string { text, _ := d.parameters[name].(string); return text }

func (d *draft) number(name string) float64 { n, _ := d.parameters[name].(float64); return n }

// section adds a section and returns it to be filled.
func (d *draft) section(title string) *reporting.Section {
	d.Sections = append(d.Sections, reporting.Section{Title: title})
	return &d.Sections[len(d.Sections)-1]
}

// noData says that a section has nothing to tell.
func noData(s *reporting.Section, why string) { s.Empty = "No data: " + why }

// figure adds a number.
func figure(s *reporting.Section, name string, value float64, unit string, source reporting.Query) {
	s.Figures = append(s.Figures, reporting.Figure{Name: name, Value: value, Unit: unit, Source: source})
}

// chart adds a chart, where charts are wanted and it has points.
func (d *draft) chart(s *reporting.Section, c reporting.Chart) {
	if d.charts && len(c.Points) > 0 {
		s.Charts = append(s.Charts, c)
	}
}

// table adds a table, where it has rows.
func table(s *reporting.Section, t reporting.Table) {
	if len(t.Rows) > 0 {
		s.Tables = append(s.Tables, t)
	}
}

// when writes an instant in a cell.
func when(t *time.Time) reporting.Cell {
	if t == nil || t.IsZero() {
		return reporting.Text("never")
	}
	return reporting.Text(t.UTC().Format("2006-01-02 15:04"))
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return 100 * float64(part) / float64(whole)
}
