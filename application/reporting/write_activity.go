package reporting

import (
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/queryprocessing"
	"github.com/docsteward/docsteward/ports/reporting"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

// analyticsReport counts what the system does.
func analyticsReport(d *draft) error {
	d.Title, d.Description = "Analytics", "What the system does: workflows and queries since they are kept, and documents of the period."
	if err := workflowsSection(d); err != nil {
		return err
	}
	if err := queriesSection(d); err != nil {
		return err
	}
	docs, source, err := ask(d, d.service.GetAnalyticsSummary, docstore.GetAnalyticsSummary{
		StartDate: usecase.TimeOrNil(d.period.From), EndDate: usecase.TimeOrNil(d.period.To),
	})
	if err != nil {
		return err
	}
	s := d.section("Documents created in the period")
	if docs.Overview.TotalDocuments == 0 {
		noData(s, "no document was created in the period.")
		return nil
	}
	figure(s, "Documents", float64(docs.Overview.TotalDocuments), "", source)
	figure(s, "Versions", float64(docs.Overview.TotalVersions), "", source)
	figure(s, "Owned share", docs.Overview.OwnedCoverage, "%", source)
	figure(s, "Size", docs.Storage.TotalSizeMB, "MiB", source)
	d.chart(s, countChart("Documents by size", docs.Storage.SizeBins, source))
	return nil
}

func workflowsSection(d *draft) error {
	statistics, source, err := ask(d, d.service.GetStatistics, workflows.GetStatistics{})
	if err != nil {
		return err
	}
	s, counts := d.section("Workflows"), statistics.Summary
	figure(s, "Workflows", float64(counts.Workflows["total"]), "", source)
	figure(s, "Runs", float64(counts.Executions["total"]), "", source)
	if counts.Executions["total"] == 0 {
		noData(s, "no workflow has run.")
		return nil
	}
	figure(s, "Successful runs", 100*counts.SuccessRate, "%", source)
	byStatus := make(map[string]int)
	for status, n := range counts.Executions {
		if status != "total" && n > 0 {
			byStatus[status] = n
		}
	}
	d.chart(s, countChart("Runs by status", byStatus, source))
	t := reporting.Table{Title: "Workflows with most runs", Columns: []string{"Workflow", "Runs"}, Source: source}
	for _, w := range counts.MostActiveWorkflows {
		t.Rows = append(t.Rows, []reporting.Cell{reporting.Text(w.Name), reporting.Count(w.Executions)})
	}
	table(s, t)
	return nil
}

func queriesSection(d *draft) error {
	stats, source, err := ask(d, d.service.GetQueryStats, queryprocessing.GetStats{})
	if err != nil {
		return err
	}
	s := d.section("Queries")
	figure(s, "Queries", float64(stats.TotalQueries), "", source)
	if stats.TotalQueries == 0 {
		noData(s, "nothing was asked.")
		return nil
	}
	figure(s, "Answered", 100*stats.SuccessRate, "%", source)
	figure(s, "Mean time to answer", stats.AvgResponseTimeMS, "ms", source)
	figure(s, "Said to help", float64(stats.Helpful), "", source)
	figure(s, "Said not to help", float64(stats.Unhelpful), "", source)
	intents := make(map[string]int)
	for _, i := range stats.PopularIntents {
		intents[i.Intent] = i.Count
	}
	d.chart(s, countChart("Most frequent intents", intents, source))
	return nil
}

// auditReport lists what happened to workflows, and through whom.
func auditReport(d *draft) error {
	d.Title, d.Description = "Audit", "What happened to workflows in the period, and through whom."
	activity, source, err := ask(d, d.service.ListActivity, workflows.ListActivity{Since: usecase.TimeOrNil(d.period.From), Limit: int(d.number("rows"))})
	if err != nil {
		return err
	}
	s := d.section("Workflows")
	t := reporting.Table{Title: "What happened", Columns: []string{"When (UTC)", "What", "Through whom", "Which"}, Source: source}
	kinds := make(map[string]int)
	for _, a := range activity.Activity {
		if d.period.Holds(a.Timestamp) {
			kinds[a.Type]++
			t.Rows = append(t.Rows, []reporting.Cell{when(&a.Timestamp), reporting.Text(a.Type), reporting.Text(a.UserID), reporting.Text(a.ID)})
		}
	}
	if len(t.Rows) == 0 {
		noData(s, "nothing happened to workflows in the period.")
		return nil
	}
	figure(s, "Entries", float64(len(t.Rows)), "", source)
	d.chart(s, countChart("Entries by kind", kinds, source))
	table(s, t)
	return nil
}
