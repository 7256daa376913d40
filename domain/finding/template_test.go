package finding_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/docsteward/docsteward/adapters/markup/markdown"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
)

// templateDefinitions returns those of the first paragraph of a source.
func templateDefinitions(source string) (labels []string) {
	content := []byte(source)
	tree := markdown.New().Parse(content)
	p := finding.NewPage("a.md", content, tree, finding.Choice{}, &finding.Disables{})
	for _, b := range tree.Root.Children {
		if b.Kind == document.KindParagraph {
			return p.TemplateDefinitions(b)
		}
	}
	return nil
}

func TestTemplateDefinitions(t *testing.T) {
	for source, want := range map[string][]string{
		"[a]: /x/{{< param v >}}/y\n[B  c]: z\n":     {"a", "b c"},
		"[a]: {% link x %}\n":                        {"a"},
		"[a]: two words\n":                           nil,
		"words\n[a]: /x/{{< param v >}}\n":           nil,
		"[a](b) {{< param v >}}\n":                   nil,
		"# [a]: {{< param v >}} is a heading here\n": nil,
		"[a]: b\n": nil,
		"":         nil,
	} {
		if got := templateDefinitions(source); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", source, got, want)
		}
	}
}

func FuzzTemplateDefinitions(f *testing.F) {
	for _, seed := range []string{"[a]: {{< b c >}}\n[d]: e", "[a]: {% x", "[]: {{", "[a]:\n{{ b }}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if slices.Contains(templateDefinitions(source), "[") {
			t.Errorf("%q has a label with a bracket", source)
		}
	})
}

func ExamplePage_TemplateDefinitions() {
	fmt.Println(templateDefinitions("[Releases]: https://a.b/{{< param version >}}/releases\n[go]: https://go.dev\n"))
	// Output: [releases go]
}
