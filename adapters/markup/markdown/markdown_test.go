package markdown_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/markup/markdown"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/porttest"
)

// outlineOf prints every node as an indented line "kind 'source'".
func outlineOf(source string) string {
	var out strings.Builder
	var write func(b *document.Block, depth int)
	write = func(b *document.Block, depth int) {
		if depth > 0 {
			fmt.Fprintf(&out, "%s%v %q", strings.Repeat(" ", depth-1), b.Kind, source[b.Start:b.End])
			if b.Target != "" {
				fmt.Fprintf(&out, " > %s", b.Target)
			}
			if b.Label != "" {
				fmt.Fprintf(&out, " # %s", b.Label)
			}
			if b.Language != "" {
				fmt.Fprintf(&out, " (%s)", b.Language)
			}
			if b.Text != "" {
				fmt.Fprintf(&out, " = %s", b.Text)
			}
			out.WriteByte('\n')
		}
		for _, child := range b.Children {
			write(child, depth+1)
		}
	}
	write(markdown.New().Parse([]byte(source)).Root, 0)
	return out.String()
}

func TestRanges(t *testing.T) {
	for name, c := range map[string]struct{ source, want string }{
		"atx":         {"x\n\n ## Title {#id} \n", "paragraph \"x\"\n text \"x\"\nheading \"## Title {#id}\" # id\n text \"Title\"\n"},
		"atx closed":  {"# A #\n", "heading \"# A #\"\n text \"A\"\n"},
		"atx tab":     {"-\t# A\n", "list \"-\\t# A\"\n item \"-\\t# A\"\n  heading \"# A\"\n   text \"A\"\n"},
		"atx empty":   {"#\n", "heading \"#\"\n"},
		"setext":      {"A\nB\n===\n", "heading \"A\\nB\\n===\"\n text \"A\"\n text \"B\"\n"},
		"fence":       {"```Go x\na\n\nb\n```\n", "code \"```Go x\\na\\n\\nb\\n```\" (go)\n text \"a\\n\\nb\"\n"},
		"fence tilde": {"~~~~\na\n~~~~  \nx", "code \"~~~~\\na\\n~~~~\"\n text \"a\"\nparagraph \"x\"\n text \"x\"\n"},
		"fence open":  {"```\na", "code \"```\\na\"\n text \"a\"\n"},
		"fence empty": {"```\n```", "code \"```\\n```\"\n"},
		"fence quote": {"> ```\n> a\n> b\n> ```\n", "quote \"> ```\\n> a\\n> b\\n> ```\"\n code \"```\\n> a\\n> b\\n> ```\"\n  text \"a\\n\"\n  text \"b\"\n"},
		"indented":    {"    a\n    b\n", "code \"a\\n    b\"\n text \"a\\n\"\n text \"b\"\n"},
		"list":        {"1. a\n2. [ ] b\n   * c\n", "list \"1. a\\n2. [ ] b\\n   * c\"\n item \"1. a\"\n  paragraph \"a\"\n   text \"a\"\n item \"2. [ ] b\\n   * c\"\n  paragraph \"[ ] b\"\n   text \"b\"\n  list \"* c\"\n   item \"* c\"\n    paragraph \"c\"\n     text \"c\"\n"},
		"break":       {"a\n\n***\n", "paragraph \"a\"\n text \"a\"\nthematic break \"***\"\n"},
		"link":        {"see [a *b*](x.md \"t\").", "paragraph \"see [a *b*](x.md \\\"t\\\").\"\n text \"see \"\n link \"[a *b*](x.md \\\"t\\\")\" > x.md\n  text \"a \"\n  emphasis \"*b*\"\n   text \"b\"\n text \".\"\n"},
		"link end":    {"[a](<b c>)\n", "paragraph \"[a](<b c>)\"\n link \"[a](<b c>)\" > b c\n  text \"a\"\n"},
		"link lines":  {"[a\nb](c)\nd", "paragraph \"[a\\nb](c)\\nd\"\n link \"[a\\nb](c)\" > c\n  text \"a\"\n  text \"b\"\n text \"d\"\n"},
		"image":       {"[![alt](i.png)](t)", "paragraph \"[![alt](i.png)](t)\"\n link \"[![alt](i.png)](t)\" > t\n  image \"![alt](i.png)\" > i.png\n   text \"alt\"\n"},
		"references":  {"[a][r] [r][] [r]\n\n[r]: /u 't'\n", "paragraph \"[a][r] [r][] [r]\"\n link \"[a][r]\" > /u # r\n  text \"a\"\n text \" \"\n link \"[r][]\" > /u # r\n  text \"r\"\n text \" \"\n link \"[r]\" > /u # r\n  text \"r\"\ndefinition \"[r]: /u 't'\" > /u # r\n"},
		"autolinks":   {"<http://a.b> http://c.d/e. f@g.hi", "paragraph \"<http://a.b> http://c.d/e. f@g.hi\"\n autolink \"<http://a.b>\" > http://a.b\n  text \"http://a.b\"\n text \" \"\n autolink \"http://c.d/e\" > http://c.d/e\n  text \"http://c.d/e\"\n text \". \"\n autolink \"f@g.hi\" > mailto:f@g.hi\n  text \"f@g.hi\"\n"},
		"emphasis":    {"***a** b* __c__ ~~d~~ ~e~", "paragraph \"***a** b* __c__ ~~d~~ ~e~\"\n emphasis \"***a** b*\"\n  strong \"**a**\"\n   text \"a\"\n  text \" b\"\n text \" \"\n strong \"__c__\"\n  text \"c\"\n text \" \"\n deleted \"~~d~~\"\n  text \"d\"\n text \" \"\n deleted \"~e~\"\n  text \"e\"\n"},
		"code span":   {"a `` b` `` c", "paragraph \"a `` b` `` c\"\n text \"a \"\n code span \"`` b` ``\"\n  text \"b`\"\n text \" c\"\n"},
		"escapes":     {`a \* b &amp; c`, "paragraph \"a \\\\* b &amp; c\"\n text \"a \\\\* b &amp; c\" = a * b & c\n"},
		"inline html": {"a <a name=\"x\" href='y'>b</a> <!-- c -->", "paragraph \"a <a name=\\\"x\\\" href='y'>b</a> <!-- c -->\"\n text \"a \"\n inline html \"<a name=\\\"x\\\" href='y'>\" > y # x\n text \"b\"\n inline html \"</a>\"\n text \" \"\n comment \"<!-- c -->\"\n"},
		"html":        {"<div>\n<img src=\"a.png\">x\n</div>\n\n<!-- c\n\nd -->\n", "html \"<div>\\n<img src=\\\"a.png\\\">x\\n</div>\"\n inline html \"<img src=\\\"a.png\\\">\" > a.png\n text \"x\\n\"\ncomment \"<!-- c\\n\\nd -->\"\n"},
		"table":       {"|a|b|\n|-|-|\n| c | `d` |\n", "table \"|a|b|\\n|-|-|\\n| c | `d` |\"\n row \"|a|b|\"\n  cell \"a\"\n   text \"a\"\n  cell \"b\"\n   text \"b\"\n row \"| c | `d` |\"\n  cell \"c\"\n   text \"c\"\n  cell \"`d`\"\n   code span \"`d`\"\n    text \"d\"\n"},
		"table head":  {"> a|b\n> -|-\n", "quote \"> a|b\\n> -|-\"\n table \"a|b\\n> -|-\"\n  row \"a|b\"\n   cell \"a\"\n    text \"a\"\n   cell \"b\"\n    text \"b\"\n"},
		"front":       {"---\ntitle: x\n---\n# A\n", "front matter \"---\\ntitle: x\\n---\"\nheading \"# A\"\n text \"A\"\n"},
		"crlf":        {"# A\r\n\r\nb\r\nc\r\n", "heading \"# A\"\n text \"A\"\nparagraph \"b\\r\\nc\"\n text \"b\"\n text \"c\"\n"},
	} {
		if got := outlineOf(c.source); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", name, got, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"# a\n\n> - b `c`\n", "|a|\n|-|\n|`x\\|y`|", "---\na: b\n---\n[x][y]\n\n[y]: z", "***a** b*~~c~~", "-\t```\n\tx", "1)\t>  # x"} {
		f.Add(seed)
	}
	p := markdown.New()
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ReplaceAll(strings.ToValidUTF8(text, "?"), "\x00", "?")
		porttest.CheckTree(t, []byte(text), p.Parse([]byte(text)))
	})
}

// etcdDocs returns the Markdown of etcd, two versions of it, about 2.9 MB.
func etcdDocs(tb testing.TB) map[string][]byte {
	tb.Helper()
	dir := os.Getenv("DOCSTEWARD_TESTDATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared", "data")
	}
	docs := map[string][]byte{}
	err := filepath.WalkDir(filepath.Join(dir, "etcd-docs"), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".md" {
			docs[path], err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		tb.Skipf("no test material: set DOCSTEWARD_TESTDATA to the folder that holds etcd-docs (%v)", err)
	}
	return docs
}

func TestRealDocuments(t *testing.T) {
	p := markdown.New()
	headings, links := 0, 0
	for name, source := range etcdDocs(t) {
		tree := p.Parse(source)
		porttest.CheckTree(t, source, tree)
		if tree.FrontMatter == nil && strings.HasPrefix(string(source), "---\n") || len(tree.Problems) > 0 {
			t.Errorf("%s: front matter not read: %v", name, tree.Problems)
		}
		headings += len(tree.Headings())
		links += len(tree.Links())
		for _, b := range tree.Links() {
			if b.Kind == document.KindLink && (source[b.Start] != '[' || !strings.ContainsAny(string(source[b.End-1:b.End]), ")]")) {
				t.Errorf("%s: the link %q does not span its brackets", name, source[b.Start:b.End])
			}
		}
	}
	if headings < 1000 || links < 1000 {
		t.Errorf("only %d headings and %d links", headings, links)
	}
}

func BenchmarkParse(b *testing.B) {
	docs := etcdDocs(b)
	p := markdown.New()
	size := 0
	for _, source := range docs {
		size += len(source)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, source := range docs {
			p.Parse(source)
		}
	}
}

func Example() {
	source := []byte("# Guide\n\nRun `etcd --port 2379`, see [tuning](tuning.md#disk).\n")
	tree := markdown.New().Parse(source)
	for _, link := range tree.Links() {
		fmt.Printf("%s -> %s\n", link.Source(source), link.Target)
	}
	// Output: [tuning](tuning.md#disk) -> tuning.md#disk
}
