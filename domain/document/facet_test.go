package document_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/docsteward/docsteward/domain/document"
)

func ExampleFolder() {
	fmt.Println(document.Folder("docs/setup/linux.md"), document.Folder("README.md"))
	// Output: docs/setup .
}

func TestFolder(t *testing.T) {
	for path, want := range map[string]string{
		"a/b.md": "a", "a/b/": "a/b", "a//b": "a", "/b": ".", "/": ".", "///": ".", "b": ".", "": ".", "/etc/hosts": "/etc", "ü/ß": "ü",
	} {
		if got := document.Folder(path); got != want {
			t.Errorf("%q: got %q, want %q", path, got, want)
		}
	}
}

func TestFacetValues(t *testing.T) {
	m := document.Metadata{"type": "guide", "language": 5.0, "owner": "", "tags": []any{"b", "a", "b", 7.0}, "path": "docs/a.md"}
	for key, want := range map[string][]string{
		"type": {"guide"}, "language": nil, "source_type": nil, "owner": {""}, "tag": {"a", "b"}, "folder": {"docs"},
	} {
		if got := m.FacetValues(key); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", key, got, want)
		}
		if !slices.Contains(document.FacetKeys(), key) {
			t.Errorf("%s is no facet", key)
		}
	}
	if got := (document.Metadata{"path": 5.0, "tags": map[string]any{"k": "x"}}); got.FacetValues("folder") != nil || len(got.FacetValues("tag")) != 0 {
		t.Errorf("values of other kinds count: %v", got)
	}
}
