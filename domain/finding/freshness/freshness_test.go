package freshness_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/markup/markdown"
	"github.com/docsteward/docsteward/domain/finding"
	"github.com/docsteward/docsteward/domain/finding/freshness"
)

var now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) // never written

func document(path string, changed time.Time, owners ...string) freshness.Document {
	rules, err := finding.NewCatalogue(freshness.Rules())
	if err != nil {
		panic(err)
	}
	page := finding.NewPage(path, nil, markdown.New().Parse(nil), finding.Config{}.Choose(rules, path), &finding.Disables{})
	return freshness.Document{Report: page.Report, Owners: owners, ChangedAt: changed}
}

func rules(documents []freshness.Document) string {
	freshness.Check(documents, 30*24*time.Hour, now)
	got := ""
	for _, d := range documents {
		for _, f := range d.Report.Take() {
			got += f.Path + " " + f.Rule + "; "
		}
	}
	return got
}

func TestCheck(t *testing.T) {
	old, young := now.AddDate(0, 0, -31), now.AddDate(0, 0, -30)
	for name, c := range map[string]struct {
		documents []freshness.Document
		want      string
	}{
		"fresh":            {[]freshness.Document{document("a", young)}, ""},
		"stale":            {[]freshness.Document{document("a", old), document("b", young)}, "a stale-document; "},
		"age not known":    {[]freshness.Document{document("a", time.Time{})}, ""},
		"nobody owns any":  {[]freshness.Document{document("a", young), document("b", young)}, ""},
		"one has no owner": {[]freshness.Document{document("a", young, "@team"), document("b", young)}, "b missing-owner; "},
		"none":             {nil, ""},
	} {
		if got := rules(c.documents); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func ExampleCheck() {
	d := document("guide.md", now.AddDate(-1, 0, 0))
	freshness.Check([]freshness.Document{d}, 180*24*time.Hour, now)
	fmt.Println(d.Report.Take()[0].Message)
	// Output: The document was last changed 365 days ago.
}

func ExampleAges() {
	now := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	for _, age := range freshness.Ages([]time.Time{now, now.AddDate(0, 0, -30), now.AddDate(-5, 0, 0), {}, {}}, now) {
		fmt.Println(age.Documents, age.Name)
	}
	// Output:
	// 1 under a month
	// 1 under 3 months
	// 0 under a year
	// 0 under 2 years
	// 1 2 years and more
	// 2 unknown
}
