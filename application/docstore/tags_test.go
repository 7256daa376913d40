package docstore

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
)

func spelledTags(tags []docstore.Tag) string {
	var out []string
	for _, t := range tags {
		out = append(out, fmt.Sprintf("%s:%s:%v", t.Category, t.Tag, t.Confidence))
	}
	return strings.Join(out, " ")
}

func TestDocumentsAreTagged(t *testing.T) {
	s := newStation(t)
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "a", Content: "A python service on fastapi.\n\n```go\nfunc main() {}\n```\n", Metadata: []byte(`{"type":"Guide","source_type":"git"}`)})
	first := run(t, &s.menu.TagDocument, docstore.TagDocument{ID: "a"})
	want := "content:guide:1 framework:fastapi:0.8 language:go:0.9 language:python:0.9 source:git:1"
	if spelledTags(first.Items) != want || first.Total != 5 || first.DocumentID != "a" {
		t.Errorf("got %+v", first)
	}
	if again := run(t, &s.menu.TagDocument, docstore.TagDocument{ID: "a"}); fmt.Sprint(again) != fmt.Sprint(first) {
		t.Errorf("again %+v", again)
	}
	languages := run(t, &s.menu.ListTags, docstore.ListTags{ID: "a", Category: "language"})
	if spelledTags(languages.Items) != "language:go:0.9 language:python:0.9" {
		t.Errorf("languages %+v", languages)
	}
	run(t, &s.menu.PutDocument, docstore.PutDocument{ID: "a", Content: "Now it is rust."})
	if after := run(t, &s.menu.TagDocument, docstore.TagDocument{ID: "a"}); spelledTags(after.Items) != "content:guide:1 language:rust:0.9 source:git:1" {
		t.Errorf("after the change %+v", after)
	}
	if n := strings.Count(s.told(t, "document", "a"), "document.tagged"); n != 2 {
		t.Errorf("told of %d taggings, want those that changed something", n)
	}
	refused(t, &s.menu.TagDocument, docstore.TagDocument{ID: "unknown"}, domain.NotFound)
	refused(t, &s.menu.ListTags, docstore.ListTags{ID: "unknown"}, domain.NotFound)
}

func TestTaggingAtOnceIsHarmless(t *testing.T) {
	s := newStation(t)
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "a", Content: "python"})
	var group sync.WaitGroup
	for range 10 {
		group.Go(func() {
			if err := s.menu.TagDocument.Execute(t.Context(), docstore.TagDocument{ID: "a"}).Err(); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if list := run(t, &s.menu.ListTags, docstore.ListTags{ID: "a"}); list.Total != 1 {
		t.Errorf("got %+v", list)
	}
}

func TestTagsAreSetAndErasedByHand(t *testing.T) {
	s := newStation(t)
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "a", Content: "python"})
	run(t, &s.menu.TagDocument, docstore.TagDocument{ID: "a"})
	run(t, &s.menu.AddTaxonomyNode, docstore.AddTaxonomyNode{Tag: "wiki", Category: "source", Synonyms: []string{"confluence"}})
	low, beyond := 0.2, 1.5
	for _, c := range []struct {
		command docstore.SetTag
		want    string
	}{
		{docstore.SetTag{ID: "a", Tag: "Python", Confidence: &low}, "language:python:0.2"},
		{docstore.SetTag{ID: "a", Tag: "Confluence"}, "source:confluence:1"},
		{docstore.SetTag{ID: "a", Tag: "team docs"}, "content:team docs:1"},
		{docstore.SetTag{ID: "a", Tag: "team docs", Category: "source"}, "source:team docs:1"},
	} {
		if tag := run(t, &s.menu.SetTag, c.command); spelledTags([]docstore.Tag{tag}) != c.want || !tag.Manual {
			t.Errorf("%+v: %+v", c.command, tag)
		}
	}
	kept := run(t, &s.menu.TagDocument, docstore.TagDocument{ID: "a"})
	if spelledTags(kept.Items) != "language:python:0.2 source:confluence:1 source:team docs:1" {
		t.Errorf("kept %+v", kept)
	}
	refused(t, &s.menu.SetTag, docstore.SetTag{ID: "a", Tag: "x", Confidence: &beyond}, domain.Invalid)
	refused(t, &s.menu.SetTag, docstore.SetTag{ID: "a", Tag: " "}, domain.Invalid)
	refused(t, &s.menu.SetTag, docstore.SetTag{ID: "unknown", Tag: "x"}, domain.NotFound)
	if gone := run(t, &s.menu.RemoveTags, docstore.RemoveTags{ID: "a", Tags: []string{"PYTHON", "none"}}); gone.RemovedCount != 1 {
		t.Errorf("erased %+v", gone)
	}
	if gone := run(t, &s.menu.RemoveTags, docstore.RemoveTags{ID: "a"}); gone.RemovedCount != 2 {
		t.Errorf("erased %+v", gone)
	}
	refused(t, &s.menu.RemoveTags, docstore.RemoveTags{ID: "unknown"}, domain.NotFound)
}

func TestDocumentsAreFoundByTags(t *testing.T) {
	s := newStation(t)
	for id, content := range map[string]string{"a": "python and django", "b": "python", "c": "golang"} {
		run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: id, Content: content})
		run(t, &s.menu.TagDocument, docstore.TagDocument{ID: id})
	}
	run(t, &s.menu.AddTaxonomyNode, docstore.AddTaxonomyNode{Tag: "go", Category: "language", Synonyms: []string{"golang"}})
	for _, c := range []struct {
		command docstore.SearchTags
		want    string
	}{
		{docstore.SearchTags{Tags: []string{"Python"}, Operator: "AND"}, "a1 b1"},
		{docstore.SearchTags{Tags: []string{"python", "django"}, Operator: "AND"}, "a2"},
		{docstore.SearchTags{Tags: []string{"django", "python"}, Operator: "OR"}, "a2 b1"},
		{docstore.SearchTags{Tags: []string{"django", "python"}, Operator: "OR", Categories: []string{"framework"}}, "a1"},
		{docstore.SearchTags{Tags: []string{"django"}, MinConfidence: 0.9}, ""},
		{docstore.SearchTags{Tags: []string{"golang"}}, "c1"},
		{docstore.SearchTags{Tags: []string{"unknown"}}, ""},
	} {
		results := run(t, &s.menu.SearchTags, c.command)
		var got []string
		for _, d := range results.Items {
			got = append(got, fmt.Sprint(d.DocumentID, d.TagCount))
		}
		if strings.Join(got, " ") != c.want || results.Total != len(got) || results.Items == nil {
			t.Errorf("%+v: %+v", c.command, results)
		}
	}
	refused(t, &s.menu.SearchTags, docstore.SearchTags{}, domain.Invalid)
	refused(t, &s.menu.SearchTags, docstore.SearchTags{Tags: []string{" "}}, domain.Invalid)
	refused(t, &s.menu.SearchTags, docstore.SearchTags{Tags: []string{"x"}, Categories: []string{"other"}}, domain.Invalid)
	stats := run(t, &s.menu.GetTagStats, docstore.GetTagStats{})
	if fmt.Sprint(stats.TopTags) != "[{python 2} {django 1} {go 1}]" || stats.CategoryDistribution["language"] != 3 ||
		stats.ConfidenceDistribution != (docstore.TagConfidence{High: 3, Medium: 1}) {
		t.Errorf("stats %+v", stats)
	}
}

func TestTheTaxonomyIsATree(t *testing.T) {
	s := newStation(t)
	run(t, &s.menu.AddTaxonomyNode, docstore.AddTaxonomyNode{Tag: "Compiled", Category: "language", Description: "d"})
	child := run(t, &s.menu.AddTaxonomyNode, docstore.AddTaxonomyNode{Tag: "rust", Category: "language", ParentTag: "compiled"})
	if child.Depth != 1 || child.ParentTag != "compiled" || child.Synonyms == nil {
		t.Errorf("child %+v", child)
	}
	run(t, &s.menu.AddTaxonomyNode, docstore.AddTaxonomyNode{Tag: "git", Category: "source"})
	refused(t, &s.menu.AddTaxonomyNode, docstore.AddTaxonomyNode{Tag: "rust", Category: "language"}, domain.Conflict)
	refused(t, &s.menu.AddTaxonomyNode, docstore.AddTaxonomyNode{Tag: "x", Category: "language", ParentTag: "unknown"}, domain.Invalid)
	tree := run(t, &s.menu.GetTaxonomyTree, docstore.GetTaxonomyTree{})
	languages := tree.Categories["language"]
	if tree.Total != 3 || len(languages) != 2 || languages[0].Tag != "compiled" || languages[1].Depth != 1 || tree.Categories["source"][0].Tag != "git" {
		t.Errorf("tree %+v", tree)
	}
	if part := run(t, &s.menu.GetTaxonomyTree, docstore.GetTaxonomyTree{RootCategory: "source"}); part.Total != 1 || len(part.Categories) != 1 {
		t.Errorf("part %+v", part)
	}
}
