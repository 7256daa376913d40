package reporting

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/reporting"
)

// assessed is how many documents the store assesses on one page.
const assessed = 10_000

// qualityReport tells how well the documents are kept.
func qualityReport(d *draft) error {
	d.Title, d.Description = "Quality", "How well the documents are kept, what would improve them, and how that went."
	quality, source, err := ask(d, d.service.GetQuality, docstore.GetQuality{StaleThresholdDays: int(d.number("stale_threshold_days")), Limit: assessed})
	if err != nil {
		return err
	}
	s := d.section("Documents")
	if quality.DocumentCount == 0 {
		noData(s, "the store holds no documents.")
		return nil
	}
	figure(s, "Documents", float64(quality.DocumentCount), "", source)
	figure(s, "Stale", quality.StalePercentage, "%", source)
	figure(s, "Redundant", quality.RedundantPercentage, "%", source)
	flags := make(map[string]int)
	for _, item := range quality.Items {
		for _, flag := range item.Flags {
			flags[flag]++
		}
	}
	d.chart(s, countChart("Documents by flag", flags, source))
	table(s, documentTable(d, "Documents with flags, the latest change first", quality.Items, source, func(q docstore.DocumentQuality) bool { return len(q.Flags) > 0 }))
	if err := tipsSection(d); err != nil {
		return err
	}
	return qualityHistorySection(d)
}

func tipsSection(d *draft) error {
	tips, source, err := ask(d, d.service.GetQualityTips, docstore.GetQualityTips{Limit: 20})
	if err != nil {
		return err
	}
	s := d.section("What to do first")
	t := reporting.Table{Title: "Tips", Columns: []string{"Weakness", "Advice", "Documents", "Share %", "Start with"}, Source: source}
	for _, tip := range tips.Tips {
		t.Rows = append(t.Rows, []reporting.Cell{
			reporting.Text(tip.Flag), reporting.Text(tip.Advice), reporting.Count(tip.Documents), reporting.Number(tip.Percentage), reporting.Text(strings.Join(tip.StartWith, ", ")),
		})
	}
	if len(t.Rows) == 0 {
		noData(s, "no weakness was found.")
	}
	table(s, t)
	return nil
}

func qualityHistorySection(d *draft) error {
	history, source, err := ask(d, d.service.ListQualityHistory, docstore.ListQualityHistory{Limit: page})
	if err != nil {
		return err
	}
	s := d.section("How it went")
	stale := reporting.Chart{Title: "Stale documents", Unit: "%", Line: true, Source: source}
	t := reporting.Table{Title: "Assessments of the period", Columns: []string{"Taken (UTC)", "Documents", "Stale %", "Redundant %"}, Source: source}
	for _, one := range slices.Backward(history.Items) {
		if !d.period.Holds(one.TakenAt) {
			continue
		}
		stale.Points = append(stale.Points, reporting.Point{Label: one.TakenAt.UTC().Format(time.DateOnly), Value: one.StalePercentage})
		t.Rows = append(t.Rows, []reporting.Cell{when(&one.TakenAt), reporting.Count(one.DocumentCount), reporting.Number(one.StalePercentage), reporting.Number(one.RedundantPercentage)})
	}
	if len(t.Rows) == 0 {
		noData(s, "the job quality did not run in the period.")
	}
	d.chart(s, stale)
	table(s, t)
	return nil
}

func documentTable(d *draft, title string, items []docstore.DocumentQuality, source reporting.Query, keep func(docstore.DocumentQuality) bool) reporting.Table {
	t := reporting.Table{Title: title, Columns: []string{"Document", "Title", "Owner", "Days since change", "Flags"}, Source: source}
	for _, item := range items {
		switch {
		case !keep(item):
		case len(t.Rows) >= int(d.number("rows")):
			t.Cut++
		default:
			t.Rows = append(t.Rows, []reporting.Cell{
				reporting.Text(item.ID), reporting.Text(item.Title), reporting.Text(ownerOf(item)), reporting.Count(item.StaleDays), reporting.Text(strings.Join(item.Flags, ", ")),
			})
		}
	}
	return t
}

func ownerOf(item docstore.DocumentQuality) string {
	owner, _ := item.Metadata["owner"].(string)
	return strings.TrimSpace(owner)
}

// ownershipReport tells who owns the documents.
func ownershipReport(d *draft) error {
	d.Title, d.Description = "Ownership", "Who owns the documents, how well they keep them, and which nobody owns."
	quality, source, err := ask(d, d.service.GetQuality, docstore.GetQuality{StaleThresholdDays: 180, Limit: assessed})
	if err != nil {
		return err
	}
	s := d.section("Owners")
	if len(quality.Items) == 0 {
		noData(s, "the store holds no documents.")
		return nil
	}
	counts, stale := make(map[string]int), make(map[string]int)
	for _, item := range quality.Items {
		counts[ownerOf(item)]++
		if slices.Contains(item.Flags, "stale") {
			stale[ownerOf(item)]++
		}
	}
	nobody := counts[""]
	owners := len(counts)
	if nobody > 0 {
		owners--
	}
	figure(s, "Documents", float64(len(quality.Items)), "", source)
	figure(s, "Owners", float64(owners), "", source)
	figure(s, "Documents without an owner", float64(nobody), "", source)
	figure(s, "Owned share", share(len(quality.Items)-nobody, len(quality.Items)), "%", source)
	d.chart(s, countChart("Documents by owner", counts, source))
	t := reporting.Table{Title: "Owners", Columns: []string{"Owner", "Documents", "Stale"}, Source: source}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		if name != "" {
			t.Rows = append(t.Rows, []reporting.Cell{reporting.Text(name), reporting.Count(counts[name]), reporting.Count(stale[name])})
		}
	}
	table(s, t)
	orphans := d.section("Documents without an owner")
	if nobody == 0 {
		noData(orphans, "every document has an owner.")
	}
	table(orphans, documentTable(d, "Documents without an owner", quality.Items, source, func(q docstore.DocumentQuality) bool { return ownerOf(q) == "" }))
	return nil
}
