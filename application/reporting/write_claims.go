package reporting

import (
	"time"

	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/reporting"
	"github.com/docsteward/docsteward/ports/usecase"
)

// driftReport tells which claims the code contradicts, and how that went.
func driftReport(d *draft) error {
	project := d.text("project")
	d.Title, d.Description = "Drift of "+project, "Which claims of the documents the code contradicts, and how that went."
	if err := driftHistorySection(d, project); err != nil {
		return err
	}
	claims, source, err := ask(d, d.service.ListClaims, analysis.ListClaims{Project: project, Verdict: []string{"gone", "renamed", "changed"}, Limit: int(d.number("rows"))})
	if err != nil {
		return err
	}
	s := d.section("Claims that are wrong now")
	figure(s, "Claims that are wrong", float64(claims.Total), "", source)
	if len(claims.Items) == 0 {
		noData(s, "no claim of the project is known to be wrong.")
		return nil
	}
	t := reporting.Table{Title: "Claims", Columns: []string{"Document", "Line", "Claim", "Verdict", "Why", "Right would be", "Since (UTC)"}, Source: source, Cut: claims.Total - len(claims.Items)}
	kinds := make(map[string]int)
	for _, c := range claims.Items {
		kinds[c.Kind]++
		t.Rows = append(t.Rows, []reporting.Cell{
			reporting.Text(c.Document), reporting.Count(c.Line), reporting.Text(c.Text), reporting.Text(c.Verdict), reporting.Text(c.Reason),
			reporting.Text(c.Evidence.Suggestion), when(&c.Since),
		})
	}
	d.chart(s, countChart("Wrong claims by kind", kinds, source))
	table(s, t)
	return nil
}

func driftHistorySection(d *draft, project string) error {
	drift, source, err := ask(d, d.service.GetDrift, analysis.GetDrift{
		Project: project, From: usecase.TimeOrNil(d.period.From), To: usecase.TimeOrNil(d.period.To), Limit: page, Documents: 100,
	})
	if err != nil {
		return err
	}
	s := d.section("Checks of the period")
	if len(drift.Points) == 0 {
		noData(s, "the project was not checked in the period.")
		return nil
	}
	wrong := func(p analysis.DriftPoint) int {
		return p.ByVerdict["gone"] + p.ByVerdict["renamed"] + p.ByVerdict["changed"]
	}
	line := reporting.Chart{Title: "Wrong claims after each check", Line: true, Source: source}
	drifted, healed := 0, 0
	for _, p := range drift.Points {
		drifted, healed = drifted+p.Drifted, healed+p.Healed
		line.Points = append(line.Points, reporting.Point{Label: p.At.UTC().Format(time.DateOnly), Value: float64(wrong(p))})
	}
	last := drift.Points[len(drift.Points)-1]
	figure(s, "Checks", float64(drift.Total), "", source)
	figure(s, "Claims", float64(last.Claims), "", source)
	figure(s, "Wrong after the last check", share(wrong(last), last.Claims), "%", source)
	figure(s, "Drifted in the period", float64(drifted), "", source)
	figure(s, "Healed in the period", float64(healed), "", source)
	d.chart(s, line)
	t := reporting.Table{Title: "Documents with most wrong claims", Columns: []string{"Document", "Claims", "Wrong"}, Source: source}
	for _, one := range drift.Documents {
		t.Rows = append(t.Rows, []reporting.Cell{reporting.Text(one.Document), reporting.Count(one.Claims), reporting.Count(one.Drifted)})
	}
	table(s, t)
	return nil
}
