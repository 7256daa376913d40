package drift_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
	"github.com/docsteward/docsteward/domain/finding/drift"
)

const text = "Use --old.name with care.\n"

func checked(t *testing.T, config finding.Config, verdicts ...claim.Verdict) []finding.Finding {
	t.Helper()
	catalogue, err := finding.NewCatalogue(drift.Rules())
	if err != nil {
		t.Fatal(err)
	}
	page := finding.NewPage("docs/use.md", []byte(text), tree(text), config.Choose(catalogue, "docs/use.md"), &finding.Disables{})
	claims := drift.Of(page)
	if len(claims.All) > len(verdicts) {
		t.Fatalf("the page makes %d claims", len(claims.All))
	}
	drift.Check(page.Report, claims, verdicts[:len(claims.All)])
	return page.Take()
}

// tree is a page of one paragraph.
func tree(text string) *document.Tree {
	line := &document.Block{Kind: document.KindText, End: len(text)}
	paragraph := &document.Block{Kind: document.KindParagraph, End: len(text), Children: []*document.Block{line}}
	return &document.Tree{Format: document.FormatMarkdown, Root: &document.Block{End: len(text), Children: []*document.Block{paragraph}}}
}

func verdict(kind code.Kind, state claim.State, confidence float64) claim.Verdict {
	return claim.Verdict{
		Claim: claim.Claim{Kind: kind, Name: "old.name", Written: "--old.name", Start: 4, End: 14, Place: claim.Prose},
		State: state, Confidence: confidence, Reason: "The code has no flag --old.name.",
	}
}

func TestCheckNamesTheRule(t *testing.T) {
	for _, test := range []struct {
		verdict  claim.Verdict
		rule     string
		severity finding.Severity
	}{
		{verdict(code.Flag, claim.Gone, 0.9), "drift-flag", finding.High},
		{verdict(code.Variable, claim.Renamed, 0.9), "drift-variable", finding.High},
		{verdict(code.Port, claim.Gone, 0.9), "drift-port", finding.High},
		{verdict(code.Endpoint, claim.Gone, 0.9), "drift-endpoint", finding.High},
		{verdict(code.File, claim.Gone, 0.9), "drift-file", finding.High},
		{verdict(code.Symbol, claim.Gone, 0.9), "drift-symbol", finding.High},
		{verdict(code.Key, claim.Gone, 0.9), "drift-key", finding.High},
		{verdict(code.Target, claim.Gone, 0.9), "drift-target", finding.High},
		{verdict(code.Command, claim.Gone, 0.9), "drift-command", finding.High},
		{verdict(code.Version, claim.Changed, 0.9), "drift-version", finding.High},
		{verdict(code.Flag, claim.Changed, 0.9), "drift-default", finding.High},
		{verdict(code.Flag, claim.Gone, 0.7), "drift-suspect", finding.Medium},
	} {
		found := checked(t, finding.Config{}, test.verdict)
		if len(found) != 1 || found[0].Rule != test.rule || found[0].Severity != test.severity {
			t.Errorf("%s %s gives %+v, want %s", test.verdict.Claim.Kind, test.verdict.State, found, test.rule)
			continue
		}
		if f := found[0]; f.Start != 4 || f.End != 14 || f.Line != 1 || f.Message != test.verdict.Reason {
			t.Errorf("the finding is %+v", f)
		}
	}
}

func TestCheckLeavesOut(t *testing.T) {
	link := verdict(code.File, claim.Gone, 0.9)
	link.Claim.Place = claim.Link
	for name, v := range map[string]claim.Verdict{
		"what holds": verdict(code.Flag, claim.Holds, 0.9), "what is unknown": verdict(code.Flag, claim.Unknown, 0), "links to files": link,
	} {
		if found := checked(t, finding.Config{}, v); len(found) > 0 {
			t.Errorf("%s gives %+v", name, found)
		}
	}
	for _, off := range []string{"drift-flag", "*"} {
		if found := checked(t, finding.Config{Disable: []string{off}}, verdict(code.Flag, claim.Gone, 0.9)); len(found) > 0 {
			t.Errorf("a rule that is off gives %+v", found)
		}
	}
}

func TestCheckMendsWhatHistoryProves(t *testing.T) {
	v := verdict(code.Flag, claim.Renamed, 1)
	v.Suggestion = "--new.name"
	if found := checked(t, finding.Config{}, v); found[0].Fix != nil || !strings.Contains(found[0].Suggestion, "--new.name") {
		t.Errorf("a guess gives %+v", found[0])
	}
	v.Proven = true
	found := checked(t, finding.Config{}, v)
	if got := string(finding.Apply([]byte(text), found)); got != "Use --new.name with care.\n" {
		t.Errorf("the mended page is %q", got)
	}
}

func ExampleCheck() {
	catalogue, _ := finding.NewCatalogue(drift.Rules())
	content := "Keep it with --retention (default 30d)."
	page := finding.NewPage("docs/flags.md", []byte(content), tree(content), finding.Config{}.Choose(catalogue, "docs/flags.md"), &finding.Disables{})
	claims := drift.Of(page)
	index := code.NewIndex([]code.Fact{{Kind: code.Flag, Name: "retention", Value: "15d", HasValue: true, Path: "cmd/app/main.go", Line: 12}})
	drift.Check(page.Report, claims, claim.Judge(index, claims.All, claim.Options{}))
	for _, f := range page.Take() {
		fmt.Println(f.Rule, f.Severity, f.Message, f.Suggestion)
	}
	// Output: drift-default high The page gives --retention the default 30d; the code gives it 15d. Write 15d. cmd/app/main.go:12 says so.
}
