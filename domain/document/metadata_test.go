package document_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

func ExampleMetadata_Merge() {
	stored := document.Metadata{"owner": "docs", "draft": true}
	fmt.Println(stored.Merge(document.Metadata{"owner": "platform", "draft": nil}), stored)
	// Output: map[owner:platform] map[draft:true owner:docs]
}

func TestMetadataCheckNamesEveryKey(t *testing.T) {
	err := document.Metadata{
		"id": "x", "content": "x", "content_hash": "x", "created_at": "x", "updated_at": "x", " ": 1, "views": -1, "unique_views": 1.5,
		"watchers": "3", "a\x00b": 1, "nul": "a\x00", "deep": []any{map[string]any{"k": "\x00"}}, "deeper": map[string]any{"\x00": 1}, "fine": "x",
	}.Check()
	var got []string
	for _, f := range domain.FaultOf(err).Fields {
		got = append(got, f.Field+" "+f.Rule)
	}
	want := []string{"metadata required", "metadata.a?b text", "metadata.content reserved", "metadata.content_hash reserved", "metadata.created_at reserved",
		"metadata.deep text", "metadata.deeper text", "metadata.id reserved", "metadata.nul text", "metadata.unique_views type",
		"metadata.updated_at reserved", "metadata.views type", "metadata.watchers type"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if err := (document.Metadata{"views": 3, "unique_views": int64(0), "watchers": 7.0, "x": nil}).Check(); err != nil {
		t.Error(err)
	}
	if err := (document.Metadata{"views": int64(-3)}).Check(); err == nil {
		t.Error("a negative counter passes")
	}
}

func TestMetadataReads(t *testing.T) {
	m := document.Metadata{"s": " x ", "i": 3, "i64": int64(4), "f": 5.0, "l": []any{"a", 1, "b"}, "ls": []string{"c"}, "o": map[string]any{}}
	if m.Text("s") != "x" || m.Text("i") != "" || m.Text("none") != "" {
		t.Error("Text")
	}
	if m.Count("i") != 3 || m.Count("i64") != 4 || m.Count("f") != 5 || m.Count("s") != 0 {
		t.Error("Count")
	}
	for key, want := range map[string]string{"s": "[ x ]", "l": "[a b]", "ls": "[c]", "o": "[]", "none": "[]"} {
		if got := fmt.Sprint(m.Texts(key)); got != want {
			t.Errorf("Texts(%s) = %s, want %s", key, got, want)
		}
	}
	if got := document.Metadata(nil).Merge(document.Metadata{"k": 1}); fmt.Sprint(got) != "map[k:1]" {
		t.Errorf("a merge into nothing: %v", got)
	}
	if document.Metadata(nil).Clone() == nil {
		t.Error("a clone of nothing is nil")
	}
}

func TestDiffMetadata(t *testing.T) {
	got := document.DiffMetadata(document.Metadata{"same": []any{"x"}, "gone": 1.0, "changed": "a"}, document.Metadata{"same": []any{"x"}, "changed": "b", "new": true})
	if fmt.Sprint(got) != "[{changed a b} {gone 1 <nil>} {new <nil> true}]" {
		t.Errorf("got %v", got)
	}
	if got := document.DiffMetadata(nil, document.Metadata{"k": 1.0}); fmt.Sprint(got) != "[{k <nil> 1}]" {
		t.Errorf("got %v", got)
	}
}
