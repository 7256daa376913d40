package docstore

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/ports/docstore"
)

func fillShelf(t *testing.T) *station {
	s := newStation(t)
	store := func(id, content, metadata string) {
		run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: id, Content: content, Metadata: json.RawMessage(metadata)})
	}
	store("old", "Set up: run it.", `{"owner":"o","language":"go","tags":["a","b","a"]}`)
	s.clock.Advance(200 * 24 * time.Hour)
	store("twin", "# Set up\n\nRun it!", `{"language":"go"}`)
	s.clock.Advance(24 * time.Hour)
	store("long", strings.Repeat("word ", 4000), `{"owner":"o","language":"en","views":100,"tags":"b"}`)
	return s
}

func TestQualityIsComputedFromTheStore(t *testing.T) {
	s := fillShelf(t)
	report := run(t, &s.menu.GetQuality, docstore.GetQuality{StaleThresholdDays: 180, Limit: 2})
	if report.Total != 3 || len(report.Items) != 2 || !report.HasMore || report.StaleCount != 1 || report.RedundantCount != 2 ||
		report.StalePercentage != 33.33 || report.Items[0].ID != "long" || report.Items[0].ImportanceScore != 0.5 {
		t.Errorf("got %+v", report)
	}
	stale := run(t, &s.menu.GetQuality, docstore.GetQuality{StaleThresholdDays: 180, Flag: "stale", Limit: 10})
	if stale.Total != 1 || stale.Items[0].ID != "old" || stale.Items[0].StaleDays != 201 || !slices.Contains(stale.Items[0].Flags, "redundant") {
		t.Errorf("stale: %+v", stale)
	}
	run(t, &s.menu.DeleteDocument, docstore.DeleteDocument{ID: "twin"})
	after := run(t, &s.menu.GetQuality, docstore.GetQuality{StaleThresholdDays: 1000, Limit: 10})
	if after.DocumentCount != 2 || after.RedundantCount != 0 || after.StaleCount != 0 {
		t.Errorf("after a deletion: %+v", after)
	}
}

func TestAnalyticsCountWhatIsThere(t *testing.T) {
	s := fillShelf(t)
	a := run(t, &s.menu.GetAnalytics, docstore.GetAnalytics{DaysBack: 30})
	overview, storage := a.Summary.Overview, a.Summary.Storage
	if overview.TotalDocuments != 3 || overview.TotalVersions != 3 || overview.OwnedCoverage != 66.67 || storage.LargestBytes != 20000 {
		t.Errorf("summary %+v", a.Summary)
	}
	if overview.TotalAnalyses != 0 || overview.AnalysisCoverage != "0.0%" || a.Styles.TotalExamples != 0 || a.Styles.Languages == nil || a.Relationships.MostConnected == nil {
		t.Errorf("nothing was analysed or linked: %+v", a)
	}
	if storage.SizeBins["<1KB"] != 2 || storage.SizeBins["10-100KB"] != 1 {
		t.Errorf("bins %v", storage.SizeBins)
	}
	if a.Summary.Quality.QualityScore != "Needs Attention" || a.Summary.Insights[0].Type != "warning" {
		t.Errorf("quality %+v, insights %+v", a.Summary.Quality, a.Summary.Insights)
	}
	wantTags := []docstore.ValueCount{{Value: "b", Documents: 2}, {Value: "a", Documents: 1}}
	if !slices.Equal(a.Contents.Tags, wantTags) || a.Contents.Languages[0] != (docstore.ValueCount{Value: "go", Documents: 2}) {
		t.Errorf("contents %+v", a.Contents)
	}
	if a.Trends.Created != 2 || len(a.Trends.Days) != 2 || a.Flags["redundant"] != 2 {
		t.Errorf("trends %+v, flags %v", a.Trends, a.Flags)
	}
	from := s.clock.Now().Add(-time.Hour)
	recent := run(t, &s.menu.GetAnalyticsSummary, docstore.GetAnalyticsSummary{StartDate: &from})
	if recent.Overview.TotalDocuments != 1 || recent.Quality.QualityScore != "Good" {
		t.Errorf("recent %+v", recent)
	}
	empty := run(t, &newStation(t).menu.GetAnalyticsSummary, docstore.GetAnalyticsSummary{})
	if empty.Overview.TotalDocuments != 0 || len(empty.Insights) != 0 {
		t.Errorf("empty %+v", empty)
	}
}

func TestAnalyticsTellOfAnalysesStylesAndLinks(t *testing.T) {
	s := fillShelf(t)
	for _, id := range []string{"old", "old", "twin"} {
		run(t, &s.menu.StoreAnalysis, docstore.StoreAnalysis{DocumentID: id, Result: map[string]any{"k": "v"}})
	}
	for id, language := range map[string]string{"s1": "Go", "s2": "go", "s3": ""} {
		run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: id, Content: id, Metadata: json.RawMessage(`{"type":"style_example","title":"T ` + id + `","language":"` + language + `"}`)})
	}
	strength := 1.0
	for _, target := range []string{"s1", "s2"} {
		run(t, &s.menu.CreateRelationship, docstore.CreateRelationship{SourceDocumentID: "long", TargetDocumentID: target, RelationshipType: "references", Strength: &strength})
	}
	a := run(t, &s.menu.GetAnalytics, docstore.GetAnalytics{DaysBack: 30})
	if o := a.Summary.Overview; o.TotalAnalyses != 3 || o.AnalysisCoverage != "33.3%" {
		t.Errorf("overview %+v", o)
	}
	if a.Styles.TotalExamples != 3 || !slices.Equal(a.Styles.Languages, []docstore.ValueCount{{Value: "go", Documents: 2}}) {
		t.Errorf("styles %+v", a.Styles)
	}
	links := a.Relationships
	want := []docstore.ConnectedDocument{{ID: "long", Title: links.MostConnected[0].Title, Documents: 2}, {ID: "s1", Title: "T s1", Documents: 1}, {ID: "s2", Title: "T s2", Documents: 1}}
	if links.TotalRelationships != 2 || links.LinkedCoverage != 50 || !slices.Equal(links.MostConnected, want) {
		t.Errorf("relationships %+v", links)
	}
	if !slices.ContainsFunc(a.Summary.Insights, func(i docstore.Insight) bool { return i.Title == "Few documents were analysed" }) {
		t.Errorf("insights %+v", a.Summary.Insights)
	}
}

func TestTipsComeFromWhatWasFound(t *testing.T) {
	s := fillShelf(t)
	tips := run(t, &s.menu.GetQualityTips, docstore.GetQualityTips{Limit: 20})
	found := map[string]docstore.QualityTip{}
	for i, tip := range tips.Tips {
		found[tip.Flag] = tip
		if tip.Advice == "" || i > 0 && tip.Documents > tips.Tips[i-1].Documents {
			t.Errorf("tip %d: %+v", i, tip)
		}
	}
	if tips.DocumentCount != 3 || tips.Total != len(tips.Tips) || found["redundant"].Documents != 2 || found["redundant"].Percentage != 66.67 ||
		found["stale"].Documents != 1 || found["missing_owner"].Documents != 1 || found["high_importance"].Documents != 0 {
		t.Errorf("tips %+v", tips)
	}
	if first := tips.Tips[0]; first.Flag != "orphan_candidate" || !slices.Equal(first.StartWith, []string{"long", "old", "twin"}) {
		t.Errorf("first tip %+v", first)
	}
	if few := run(t, &s.menu.GetQualityTips, docstore.GetQualityTips{Limit: 1}); len(few.Tips) != 1 || few.Total != tips.Total {
		t.Errorf("one tip %+v", few)
	}
	if none := run(t, &newStation(t).menu.GetQualityTips, docstore.GetQualityTips{Limit: 5}); none.Tips == nil || none.Total != 0 {
		t.Errorf("tips of nothing %+v", none)
	}
}
