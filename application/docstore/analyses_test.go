package docstore

import (
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

func TestAnalysesAreStoredAndListed(t *testing.T) {
	s := newStation(t)
	s.shelve(t, "a")
	score, result := 0.75, map[string]any{"issues": 2.0}
	of := run(t, &s.menu.StoreAnalysis, docstore.StoreAnalysis{DocumentID: "a", Analyzer: "lint", Model: "m", Prompt: "check", Result: result, Score: &score, Metadata: map[string]any{"k": "v"}})
	if of.DocumentID != "a" || of.Version != 1 || of.PromptHash != document.HashOf("check") || *of.Score != 0.75 || of.Result["issues"] != 2.0 {
		t.Errorf("stored %+v", of)
	}
	s.clock.Advance(time.Second)
	with := run(t, &s.menu.StoreAnalysis, docstore.StoreAnalysis{Content: "new content", Result: result})
	if d := run(t, &s.menu.GetDocument, docstore.GetDocument{ID: with.DocumentID}); d.Content != "new content" {
		t.Errorf("the content was stored as %+v", d)
	}
	if again := run(t, &s.menu.StoreAnalysis, docstore.StoreAnalysis{Content: "new content", Result: result}); again.DocumentID != with.DocumentID || again.ID == with.ID {
		t.Errorf("the same content again: %+v", again)
	}
	under := run(t, &s.menu.ListAnalyses, docstore.ListAnalyses{DocumentID: with.DocumentID})
	all := run(t, &s.menu.ListAnalyses, docstore.ListAnalyses{Limit: 1})
	if under.Total != 2 || all.Total != 3 || len(all.Items) != 1 || !all.HasMore || all.Items[0].DocumentID != with.DocumentID {
		t.Errorf("listed %+v and %+v", under, all)
	}
	if made := run(t, &s.menu.ListAnalyses, docstore.ListAnalyses{Analyzer: "lint"}); made.Total != 1 || made.Items[0].ID != of.ID {
		t.Errorf("by analyzer %+v", made)
	}
	read := run(t, &s.menu.GetAnalysis, docstore.GetAnalysis{ID: of.ID})
	if *read.Score != *of.Score || read.CreatedAt != of.CreatedAt || read.Metadata["k"] != "v" {
		t.Errorf("read %+v", read)
	}
	if got := s.told(t, "analysis", ""); got != "analysis.completed analysis.completed analysis.completed" {
		t.Errorf("told %s", got)
	}
}

func TestAnalysesAreRefused(t *testing.T) {
	s := newStation(t)
	result := map[string]any{"x": 1.0}
	refused(t, &s.menu.StoreAnalysis, docstore.StoreAnalysis{Result: result}, domain.Invalid)
	refused(t, &s.menu.StoreAnalysis, docstore.StoreAnalysis{Content: "x"}, domain.Invalid)
	refused(t, &s.menu.StoreAnalysis, docstore.StoreAnalysis{Content: " ", Result: result}, domain.Invalid)
	refused(t, &s.menu.StoreAnalysis, docstore.StoreAnalysis{DocumentID: "unknown", Result: result}, domain.NotFound)
	refused(t, &s.menu.StoreAnalysis, docstore.StoreAnalysis{Content: string(make([]byte, DefaultMaxContentBytes+1)), Result: result}, domain.TooLarge)
	refused(t, &s.menu.GetAnalysis, docstore.GetAnalysis{ID: "unknown"}, domain.NotFound)
	refused(t, &s.menu.ListAnalyses, docstore.ListAnalyses{DocumentID: "unknown"}, domain.NotFound)
	if list := run(t, &s.menu.ListDocuments, docstore.ListDocuments{}); list.Total != 0 {
		t.Errorf("what was refused left %+v", list)
	}
}

func TestStyleExamplesAreDocuments(t *testing.T) {
	s := newStation(t)
	if empty := run(t, &s.menu.ListStyleExamples, docstore.ListStyleExamples{}); empty.Total != 0 || empty.Items == nil || empty.Languages == nil {
		t.Errorf("empty %+v", empty)
	}
	for i, language := range []string{"Python", "go", "python"} {
		s.clock.Advance(time.Second)
		run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: fmt.Sprint("s", i), Content: fmt.Sprint("example ", i),
			Metadata: fmt.Appendf(nil, `{"type":"style_example","language":%q,"title":"T","explanation":"E","tags":["naming"]}`, language)})
	}
	s.shelve(t, "other")
	all := run(t, &s.menu.ListStyleExamples, docstore.ListStyleExamples{})
	if all.Total != 3 || fmt.Sprint(all.Languages) != "[go python]" {
		t.Errorf("all %+v", all)
	}
	python := run(t, &s.menu.ListStyleExamples, docstore.ListStyleExamples{Language: "PYTHON", Limit: 1})
	want := docstore.StyleExample{ID: "s2", Language: "python", Title: "T", Example: "example 2", Explanation: "E", Tags: []string{"naming"}}
	if python.Total != 2 || !python.HasMore || fmt.Sprint(python.Items) != fmt.Sprint([]docstore.StyleExample{want}) || len(python.Languages) != 2 {
		t.Errorf("python %+v", python)
	}
}
