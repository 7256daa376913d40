package frontmatter_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/markup/frontmatter"
	"github.com/docsteward/docsteward/domain/document"
)

func TestCut(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		want   document.Metadata
		rest   string
	}{
		"yaml":       {"---\ntitle: A\ntags: [x, 2]\ndate: 2024-01-02\ndraft: true\nweight: 1.5\n---\nText", document.Metadata{"title": "A", "tags": []any{"x", 2}, "date": "2024-01-02", "draft": true, "weight": 1.5}, "Text"},
		"yaml dots":  {"---\na: {b: c}\n...\n", document.Metadata{"a": map[string]any{"b": "c"}}, ""},
		"yaml empty": {"---\n---\nText", document.Metadata{}, "Text"},
		"yaml alias": {"---\na: &x {k: 1}\nb: {<<: *x, l: 2}\n---\n", document.Metadata{"a": map[string]any{"k": 1}, "b": map[string]any{"k": 1, "l": 2}}, ""},
		"toml":       {"+++\n# c\ntitle = \"A \\\"b\\\"\" # d\nn = 1_000\nf = 1.5\nd = 2024-01-02\nl = ['x', true]\na.b = 'c'\n[t.u]\nk = false\n+++\nText", document.Metadata{"title": `A "b"`, "n": 1000, "f": 1.5, "d": "2024-01-02", "l": []any{"x", true}, "a": map[string]any{"b": "c"}, "t": map[string]any{"u": map[string]any{"k": false}}}, "Text"},
		"json":       {"{\n\"a\": [1]\n}\nText", document.Metadata{"a": []any{1.0}}, "Text"},
		"bom":        {"\xef\xbb\xbf---\na: b\n---\nText", document.Metadata{"a": "b"}, "Text"},
		"crlf":       {"---\r\na: b\r\n---\r\nText", document.Metadata{"a": "b"}, "Text"},
	} {
		m, ok := frontmatter.Cut([]byte(c.source))
		if !ok || m.Problem != nil || !reflect.DeepEqual(m.Data, c.want) || c.source[m.End:] != c.rest {
			t.Errorf("%s: got %#v, %v, %+v", name, m.Data, ok, m.Problem)
		}
	}
}

func TestBroken(t *testing.T) {
	for source, piece := range map[string]string{
		"---\na: b\nc: [d\n---\nText":    "c: [d",
		"---\n- a\n---\n":                "- a",
		"+++\na = b c\n+++\n":            "a = b c",
		"+++\na = 1\nb = [1,\n2]\n+++\n": "b = [1,",
		"---\ntitle: A\n\nText":          "---",
	} {
		m, _ := frontmatter.Cut([]byte(source))
		if m.Problem == nil || m.Data != nil {
			t.Errorf("%q: got %+v", source, m)
		} else if got := source[m.Problem.Start:m.Problem.End]; got != piece && !strings.Contains(source[:m.Problem.End], piece) {
			t.Errorf("%q: the problem %q is at %q", source, m.Problem.Message, got)
		}
	}
	for _, source := range []string{"", "---", "---\n", "---\n\nText\n", "{ x", "{\n\"a\": 1\n} text", "text\n---\na: b\n---\n", "----\na: b\n----\n"} {
		if m, ok := frontmatter.Cut([]byte(source)); ok || m.Problem != nil {
			t.Errorf("%q: got %+v", source, m)
		}
	}
	bomb := "---\na0: &a0 [x, x]\n"
	for i := range 30 {
		bomb += fmt.Sprintf("a%d: &a%d [*a%d, *a%d]\n", i+1, i+1, i, i)
	}
	if m, _ := frontmatter.Cut([]byte(bomb + "---\n")); m.Problem == nil {
		t.Error("aliases expand without bound")
	}
}

func FuzzCut(f *testing.F) {
	for _, seed := range []string{"---\na: b\n---\n", "+++\na = [1, 'b']\n[c]\n+++\n", "{\n}\n", "---\na: &a [*a]\n---\n", "---\n? a\n: !!float x\n---\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		m, ok := frontmatter.Cut([]byte(source))
		if ok && (m.Start > m.End || m.End > len(source) || m.Data == nil && m.Problem == nil) {
			t.Errorf("got %+v", m)
		}
		if p := m.Problem; p != nil && (p.Start > p.End || p.End > len(source) || p.Message == "") {
			t.Errorf("got %+v", p)
		}
	})
}

func ExampleCut() {
	source := "---\ntitle: Guide\n---\n# Text\n"
	matter, _ := frontmatter.Cut([]byte(source))
	fmt.Printf("%v %q\n", matter.Data["title"], source[matter.End:])
	// Output: Guide "# Text\n"
}
