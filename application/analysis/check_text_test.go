package analysis_test

import (
	"context"
	"errors"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/analysis"
)

func TestATextIsHeldToTheRulesByItself(t *testing.T) {
	m := menu()
	text := "# Guide\n\n### Skipped\n\nSee [another](./other.md), [a section](#nowhere) and [code](../main.go).\n\nUse `--no-such-flag`.\n"
	report, err := m.CheckText.Execute(context.Background(), analysis.CheckText{Path: "guide.md", Content: text}).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	rules := report.Summary.ByRule
	if rules["heading-increment"] != 1 || rules["broken-anchor"] != 1 || report.Summary.Total != 2 || report.Summary.Files != 1 || report.Summary.Bytes != len(text) {
		t.Errorf("got %+v, %+v", rules, report.Summary)
	}
	if _, err := m.CheckText.Execute(context.Background(), analysis.CheckText{Path: "x.md", Content: "a\x00b"}).Unwrap(); !errors.Is(err, domain.Invalid) {
		t.Errorf("bytes that are no text: %v", err)
	}
}
