package finding_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/markup/markdown"
	"github.com/docsteward/docsteward/domain/finding"
)

func catalogue(t testing.TB) *finding.Catalogue {
	t.Helper()
	c, err := finding.NewCatalogue([]finding.Rule{
		{ID: "line-length", Aliases: []string{"MD013"}, Severity: finding.Info},
		{ID: "broken-link", Severity: finding.High},
		{ID: "shy", Severity: finding.Low, Off: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// offLines lists the lines in which a rule is off.
func offLines(t testing.TB, source, rule string) string {
	content := []byte(source)
	d := finding.ReadDisables(content, markdown.New().Parse(content), catalogue(t))
	var lines []string
	for n := range strings.Count(source, "\n") {
		if d.Covers(finding.Finding{Rule: rule, Place: finding.Place{Line: n + 1}}) {
			lines = append(lines, fmt.Sprint(n+1))
		}
	}
	return strings.Join(lines, " ")
}

func TestDisables(t *testing.T) {
	for name, c := range map[string]struct{ source, long, link string }{
		"none":            {"a\nb\n", "", ""},
		"all":             {"a\n<!-- docsteward-disable -->\nb\n", "2 3", "2 3"},
		"one":             {"a\n<!-- docsteward-disable broken-link -->\nb\n", "", "2 3"},
		"alias":           {"<!-- markdownlint-disable MD013 -->\nb\n", "1 2", ""},
		"case":            {"<!--docsteward-disable md013, Broken-Link-->\nb\n", "1 2", "1 2"},
		"unknown":         {"<!-- markdownlint-disable MD999 -->\nb\n", "", ""},
		"enable":          {"<!-- docsteward-disable -->\nb\n<!-- docsteward-enable -->\nc\n", "1 2", "1 2"},
		"enable one":      {"<!-- docsteward-disable -->\nb\n<!-- docsteward-enable MD013 -->\nc\n", "1 2", "1 2 3 4"},
		"enable other":    {"<!-- docsteward-disable MD013 -->\n<!-- docsteward-enable broken-link -->\nc\n", "1 2 3", ""},
		"disabled twice":  {"<!-- docsteward-disable -->\n<!-- docsteward-disable MD013 -->\n<!-- docsteward-enable -->\nc\n", "1 2", "1 2"},
		"line":            {"a\nb <!-- docsteward-disable-line -->\nc\n", "2", "2"},
		"next line":       {"<!-- docsteward-disable-next-line MD013 -->\nb\nc\n", "2", ""},
		"file":            {"a\nb\n<!-- docsteward-disable-file broken-link -->\n", "", "1 2 3"},
		"two on one line": {"<!-- docsteward-disable MD013 --><!-- docsteward-disable broken-link -->\nb\n", "1 2", "1 2"},
		"restore":         {"<!-- markdownlint-capture -->\n<!-- markdownlint-disable -->\nb\n<!-- markdownlint-restore -->\nc\n", "2 3", "2 3"},
		"reason":          {"<!-- docsteward-disable MD013 -- a table of hashes -->\nb\n", "1 2", ""},
		"markdown":        {"[//]: # (docsteward-disable-next-line MD013)\nb\nc\n", "2", ""},
		"in code":         {"```\n<!-- docsteward-disable -->\n```\n`<!-- docsteward-disable -->`\nb\n", "", ""},
		"in words":        {"Write docsteward-disable to disable.\nb\n", "", ""},
		"other verb":      {"<!-- docsteward-disabled -->\nb\n", "", ""},
	} {
		if got := offLines(t, c.source, "line-length"); got != c.long {
			t.Errorf("%s: line-length is off in %q, want %q", name, got, c.long)
		}
		if got := offLines(t, c.source, "broken-link"); got != c.link {
			t.Errorf("%s: broken-link is off in %q, want %q", name, got, c.link)
		}
	}
}

func TestDisablesOfOtherMarkup(t *testing.T) {
	for _, source := range []string{".. docsteward-disable MD013\n\nb\n", "// docsteward-disable MD013\n"} {
		d := finding.ReadDisables([]byte(source), nil, catalogue(t))
		if !d.Covers(finding.Finding{Rule: "line-length"}) || d.Covers(finding.Finding{Rule: "broken-link"}) {
			t.Errorf("%q switches the wrong rules", source)
		}
	}
}

func FuzzReadDisables(f *testing.F) {
	for _, seed := range []string{"<!-- docsteward-disable a,b -->\n<!-- docsteward-enable", "// markdownlint-restore\n[//]: # (docsteward-disable-line", "<!-- markdownlint-capture --><!-- markdownlint-restore -->"} {
		f.Add(seed)
	}
	rules := catalogue(f)
	f.Fuzz(func(t *testing.T, source string) {
		d := finding.ReadDisables([]byte(source), nil, rules)
		if d.Covers(finding.Finding{Rule: "no-such-rule"}) {
			t.Error("an unknown rule is off")
		}
	})
}

func ExampleReadDisables() {
	rules, _ := finding.NewCatalogue([]finding.Rule{{ID: "line-length", Aliases: []string{"MD013"}}})
	content := []byte("<!-- markdownlint-disable-next-line MD013 -->\nA long line.\n")
	off := finding.ReadDisables(content, markdown.New().Parse(content), rules)
	fmt.Println(off.Covers(finding.Finding{Rule: "line-length", Place: finding.Place{Line: 2}}))
	fmt.Println(off.Covers(finding.Finding{Rule: "line-length", Place: finding.Place{Line: 3}}))
	// Output:
	// true
	// false
}
