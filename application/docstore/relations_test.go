package docstore

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// shelve stores documents of these ids.
func (s *station) shelve(t *testing.T, ids ...string) {
	t.Helper()
	for _, id := range ids {
		run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: id, Content: "content of " + id})
	}
}

func (s *station) link(t *testing.T, source, target, kind string) docstore.Relationship {
	t.Helper()
	return run(t, &s.menu.CreateRelationship, docstore.CreateRelationship{SourceDocumentID: source, TargetDocumentID: target, RelationshipType: kind})
}

// told returns the names of the events of an aggregate, the first first, and of
// all aggregates of the kind, in no order among them, when the id is empty.
func (s *station) told(t *testing.T, kind, id string) string {
	t.Helper()
	s.carry(t)
	var names []string
	for _, e := range run(t, &s.menu.ListEvents, docstore.ListEvents{EntityType: kind, EntityID: id}).Items {
		names = append(names, e.EventType)
	}
	slices.Reverse(names)
	return strings.Join(names, " ")
}

func TestRelationshipsAreMadeReadAndErased(t *testing.T) {
	s := newStation(t)
	s.shelve(t, "a", "b")
	weak := 0.0
	made := run(t, &s.menu.CreateRelationship, docstore.CreateRelationship{
		SourceDocumentID: "a", TargetDocumentID: "b", RelationshipType: "derived_from", Strength: &weak, Metadata: map[string]any{"why": "test"},
	})
	if made.ID == "" || made.Strength != 0 || made.Metadata["why"] != "test" || made.Extracted {
		t.Errorf("made %+v", made)
	}
	if strong := s.link(t, "b", "a", "references"); strong.Strength != 1 {
		t.Errorf("strength %v when absent", strong.Strength)
	}
	read := run(t, &s.menu.GetRelationship, docstore.GetRelationship{ID: made.ID})
	if fmt.Sprint(read) != fmt.Sprint(made) {
		t.Errorf("read %+v, made %+v", read, made)
	}
	run(t, &s.menu.DeleteRelationship, docstore.DeleteRelationship{ID: made.ID})
	refused(t, &s.menu.DeleteRelationship, docstore.DeleteRelationship{ID: made.ID}, domain.NotFound)
	refused(t, &s.menu.GetRelationship, docstore.GetRelationship{ID: made.ID}, domain.NotFound)
	if got := s.told(t, "relationship", made.ID); got != "relationship.linked relationship.unlinked" {
		t.Errorf("told %s", got)
	}
}

func TestRelationshipsAreRefused(t *testing.T) {
	s := newStation(t)
	s.shelve(t, "a", "b", "gone")
	run(t, &s.menu.DeleteDocument, docstore.DeleteDocument{ID: "gone"})
	first := s.link(t, "a", "b", "references")
	strong, negative := 1.1, -0.1
	for name, c := range map[string]struct {
		command docstore.CreateRelationship
		kind    domain.Kind
	}{
		"empty source":   {docstore.CreateRelationship{TargetDocumentID: "b", RelationshipType: "x"}, domain.Invalid},
		"empty target":   {docstore.CreateRelationship{SourceDocumentID: "a", RelationshipType: "x"}, domain.Invalid},
		"empty type":     {docstore.CreateRelationship{SourceDocumentID: "a", TargetDocumentID: "b", RelationshipType: " "}, domain.Invalid},
		"self link":      {docstore.CreateRelationship{SourceDocumentID: "a", TargetDocumentID: "a", RelationshipType: "x"}, domain.Invalid},
		"too strong":     {docstore.CreateRelationship{SourceDocumentID: "a", TargetDocumentID: "b", RelationshipType: "x", Strength: &strong}, domain.Invalid},
		"negative":       {docstore.CreateRelationship{SourceDocumentID: "a", TargetDocumentID: "b", RelationshipType: "x", Strength: &negative}, domain.Invalid},
		"unknown source": {docstore.CreateRelationship{SourceDocumentID: "z", TargetDocumentID: "b", RelationshipType: "x"}, domain.NotFound},
		"unknown target": {docstore.CreateRelationship{SourceDocumentID: "a", TargetDocumentID: "z", RelationshipType: "x"}, domain.NotFound},
		"deleted target": {docstore.CreateRelationship{SourceDocumentID: "a", TargetDocumentID: "gone", RelationshipType: "x"}, domain.NotFound},
		"duplicate":      {docstore.CreateRelationship{SourceDocumentID: "a", TargetDocumentID: "b", RelationshipType: "references"}, domain.Conflict},
	} {
		err := s.menu.CreateRelationship.Execute(t.Context(), c.command).Err()
		if fault := domain.FaultOf(err); fault == nil || fault.Kind != c.kind {
			t.Errorf("%s: got %v, want %v", name, err, c.kind)
		} else if c.kind == domain.Conflict && fault.Details["id"] != first.ID {
			t.Errorf("%s: details %v", name, fault.Details)
		}
	}
	if stats := run(t, &s.menu.GetRelationshipStats, docstore.GetRelationshipStats{}); stats.TotalRelationships != 1 {
		t.Errorf("what was refused was stored: %+v", stats)
	}
}

func TestRelationshipsAreListedByDirection(t *testing.T) {
	s := newStation(t)
	s.shelve(t, "a", "b", "c")
	s.link(t, "a", "b", "references")
	s.link(t, "c", "a", "extends")
	for direction, want := range map[string]int{"both": 2, "outgoing": 1, "incoming": 1} {
		list := run(t, &s.menu.ListRelationships, docstore.ListRelationships{ID: "a", Direction: direction})
		if list.Total != want || len(list.Items) != want || list.Direction != direction || list.DocumentID != "a" {
			t.Errorf("%s: %+v", direction, list)
		}
	}
	list := run(t, &s.menu.ListRelationships, docstore.ListRelationships{ID: "a", RelationshipType: "extends"})
	if list.Total != 1 || list.Items[0].SourceDocumentID != "c" {
		t.Errorf("by type: %+v", list)
	}
	refused(t, &s.menu.ListRelationships, docstore.ListRelationships{ID: "unknown"}, domain.NotFound)
	run(t, &s.menu.DeleteDocument, docstore.DeleteDocument{ID: "c"})
	if list := run(t, &s.menu.ListRelationships, docstore.ListRelationships{ID: "a"}); list.Total != 1 {
		t.Errorf("relations of a deleted document are seen: %+v", list)
	}
}

func TestPathsAreFoundShortestFirst(t *testing.T) {
	s := newStation(t)
	s.shelve(t, "doc1", "doc2", "doc3", "isolated")
	s.link(t, "doc1", "doc2", "references")
	s.link(t, "doc2", "doc3", "references")
	chain := run(t, &s.menu.FindPaths, docstore.FindPaths{StartID: "doc1", EndID: "doc3", MaxDepth: 3})
	if fmt.Sprint(chain.Paths) != "[[doc1 doc2 doc3]]" || !chain.Found || chain.TotalPaths != 1 || chain.MaxDepth != 3 || chain.Truncated {
		t.Errorf("chain %+v", chain)
	}
	s.link(t, "doc1", "doc3", "extends")
	both := run(t, &s.menu.FindPaths, docstore.FindPaths{StartID: "doc1", EndID: "doc3", MaxDepth: 2})
	if fmt.Sprint(both.Paths) != "[[doc1 doc3] [doc1 doc2 doc3]]" {
		t.Errorf("shortest first: %+v", both)
	}
	for _, c := range []docstore.FindPaths{{StartID: "doc1", EndID: "isolated", MaxDepth: 5}, {StartID: "doc3", EndID: "doc1", MaxDepth: 5}} {
		if none := run(t, &s.menu.FindPaths, c); none.Found || none.TotalPaths != 0 || none.Paths == nil {
			t.Errorf("%+v: %+v", c, none)
		}
	}
	refused(t, &s.menu.FindPaths, docstore.FindPaths{EndID: "doc1", MaxDepth: 3}, domain.Invalid)
	refused(t, &s.menu.FindPaths, docstore.FindPaths{StartID: "doc1", MaxDepth: 3}, domain.Invalid)
	refused(t, &s.menu.FindPaths, docstore.FindPaths{StartID: "doc1", EndID: "unknown", MaxDepth: 3}, domain.NotFound)
}

func TestTheGraphIsMeasured(t *testing.T) {
	s := newStation(t)
	if empty := run(t, &s.menu.GetRelationshipStats, docstore.GetRelationshipStats{}); empty.TotalRelationships != 0 || empty.Density != 0 || empty.RelationshipTypes == nil {
		t.Errorf("empty %+v", empty)
	}
	s.shelve(t, "a", "b", "c", "d", "e", "alone")
	for _, pair := range []string{"ab", "bc", "ca", "de"} {
		s.link(t, pair[:1], pair[1:], "references")
	}
	stats := run(t, &s.menu.GetRelationshipStats, docstore.GetRelationshipStats{})
	if stats.TotalRelationships != 4 || stats.UniqueDocuments != 5 || stats.ConnectedComponents != 2 || stats.RelationshipTypes["references"] != 4 ||
		stats.AvgDegree != 8.0/5 || stats.Density != 0.4 || stats.AvgClustering != 3.0/5 {
		t.Errorf("stats %+v", stats)
	}
}

func nodes(g docstore.DocumentGraph) string {
	var ids []string
	for _, n := range g.Nodes {
		ids = append(ids, n.ID)
	}
	return strings.Join(ids, "")
}

func TestTheGraphIsReadAroundDocuments(t *testing.T) {
	s := newStation(t)
	s.shelve(t, "a", "b", "c", "d", "e", "x")
	for _, pair := range []string{"ab", "cb", "cd", "de"} {
		s.link(t, pair[:1], pair[1:], "references")
	}
	for _, c := range []struct {
		command docstore.GetGraph
		want    string
		edges   int
		cut     bool
	}{
		{docstore.GetGraph{DocumentIDs: []string{"a"}, MaxDepth: 1, Limit: 100}, "ab", 1, false},
		{docstore.GetGraph{DocumentIDs: []string{"a"}, MaxDepth: 2, Limit: 100}, "abc", 2, false},
		{docstore.GetGraph{DocumentIDs: []string{"e", "x"}, MaxDepth: 1, Limit: 100}, "exd", 1, false},
		{docstore.GetGraph{DocumentIDs: []string{"a"}, MaxDepth: 5, Limit: 2}, "ab", 1, true},
		{docstore.GetGraph{MaxDepth: 2, Limit: 100}, "abcde", 4, false},
		{docstore.GetGraph{MaxDepth: 2, Limit: 3}, "abc", 2, true},
	} {
		g := run(t, &s.menu.GetGraph, c.command)
		if nodes(g) != c.want || len(g.Edges) != c.edges || g.NodeCount != len(g.Nodes) || g.EdgeCount != c.edges || g.Truncated != c.cut {
			t.Errorf("%+v: %+v", c.command, g)
		}
	}
	if g := run(t, &s.menu.GetGraph, docstore.GetGraph{DocumentIDs: []string{"a"}, MaxDepth: 1, Limit: 1}); g.Nodes[0].Title != "content of a" {
		t.Errorf("node %+v", g.Nodes[0])
	}
	refused(t, &s.menu.GetGraph, docstore.GetGraph{DocumentIDs: []string{"unknown"}, MaxDepth: 1, Limit: 1}, domain.NotFound)
}

const guide = "# Guide\n\nSee [the API](../api.md#top), [twice](../api.md) and ![a picture](missing.png).\n\n" +
	"As doc:faq says, `doc:other` is code. Ask @nobody about #faq, or doc:unknown.\n\n" +
	"Read https://example.org/a_(b), <https://example.org/c> and [this](https://example.org/d).\n\n" +
	"```\n[code](../other.md) https://example.org/code doc:other\n```\n"

func TestReferencesAreExtractedFromTheContent(t *testing.T) {
	s := newStation(t)
	s.shelve(t, "faq", "other")
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "api", Content: "# API", Metadata: []byte(`{"path":"docs/api.md"}`)})
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "guide", Content: guide, Metadata: []byte(`{"path":"docs/guide/start.md"}`)})
	stated := s.link(t, "guide", "other", "extends")
	got := run(t, &s.menu.ExtractRelationships, docstore.ExtractRelationships{ID: "guide"})
	var spelled []string
	for _, r := range got.Items {
		spelled = append(spelled, fmt.Sprint(r.RelationshipType, " ", r.Strength, " ", r.TargetDocumentID, r.External))
	}
	slices.Sort(spelled)
	want := []string{
		"external_reference 0.6 https://example.org/a_(b)", "external_reference 0.6 https://example.org/c",
		"external_reference 0.6 https://example.org/d", "links_to 0.8 api", "references 0.8 faq",
	}
	if !slices.Equal(spelled, want) || got.Total != 5 || got.Added != 5 || got.Removed != 0 {
		t.Errorf("got %q, %+v", spelled, got)
	}
	slices.Sort(got.Unresolved)
	if fmt.Sprint(got.Unresolved) != "[docs/guide/missing.png unknown]" {
		t.Errorf("unresolved %q", got.Unresolved)
	}
	again := run(t, &s.menu.ExtractRelationships, docstore.ExtractRelationships{ID: "guide"})
	if again.Added != 0 || again.Removed != 0 || fmt.Sprint(again.Items) != fmt.Sprint(got.Items) {
		t.Errorf("again %+v", again)
	}
	run(t, &s.menu.PutDocument, docstore.PutDocument{ID: "guide", Content: "Only doc:other is left."})
	after := run(t, &s.menu.ExtractRelationships, docstore.ExtractRelationships{ID: "guide"})
	if after.Added != 1 || after.Removed != 5 || after.Total != 1 {
		t.Errorf("after the change %+v", after)
	}
	run(t, &s.menu.GetRelationship, docstore.GetRelationship{ID: stated.ID})
	refused(t, &s.menu.ExtractRelationships, docstore.ExtractRelationships{ID: "unknown"}, domain.NotFound)
	if linked := strings.Count(s.told(t, "relationship", ""), document.EventLinked); linked != 7 {
		t.Errorf("%d links told", linked)
	}
}
