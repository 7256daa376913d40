package link_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/markup/markdown"
	"github.com/docsteward/docsteward/domain/finding"
	"github.com/docsteward/docsteward/domain/finding/link"
)

// corpus is a small site, as a generator lays it out.
var corpus = map[string]string{
	"README.md":               "# Readme\n",
	"docs/_index.md":          "# Docs\n",
	"docs/guide.md":           "# Guide\n\n## Disk & RAM\n\n<a name=\"here\"></a>\n",
	"docs/op/security.md":     "# Security\n\n## TLS {#tls}\n",
	"docs/op/upgrade/3_4.md":  "# Upgrade\n",
	"docs/images.md":          "# Images\n",
	"v3.5/op/runtime.md":      "# Runtime\n",
	"docs/space in name.md":   "# Space\n",
	"docs/learning/README.md": "# Learning\n",
} // never written

// check returns what is wrong with a document that is added to the corpus.
func check(t *testing.T, path, source string) []finding.Finding {
	t.Helper()
	catalogue, err := finding.NewCatalogue(link.Rules())
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]bool{"docs/logo.png": true, "LICENSE": true}
	index := link.NewIndex(func(name string) bool { return files[name] || corpus[name] != "" || name == path })
	parser := markdown.New()
	for name, text := range corpus {
		index.Add(name, link.AnchorsOf(parser.Parse([]byte(text)), []byte(text)))
	}
	content := []byte(source)
	tree := parser.Parse(content)
	page := finding.NewPage(path, content, tree, finding.Config{}.Choose(catalogue, path), finding.ReadDisables(content, tree, catalogue))
	index.Add(path, link.AnchorsOf(tree, content))
	links := link.Of(page)
	index.Learn(path, links)
	link.Check(page.Report, links, index)
	return page.Take()
}

func TestTargetsThatExist(t *testing.T) {
	for _, target := range []string{
		"guide.md", "./guide.md", "guide", "guide/", "guide.html", "../README.md", "..", "../docs/", "op/security", "op/", "learning",
		"op/security.md#tls", "guide.md#disk--ram", "guide#disk-ram", "guide.md#here", "guide.md?x=1#here", "#top", "#own-heading", "#", "",
		"/docs/guide/", "/docs/guide#here", "/en/docs/guide", "/docs", "/elsewhere/page", "space%20in%20name.md", "<space in name.md>",
		"logo.png", "/docs/logo.png", "../LICENSE", "https://a.b/c", "mailto:a@b.c", "//a.b/c", "tel:1", "../../outside.md",
		"{{< relref \"x\" >}}", "{{ site.url }}/x", "${BASE}/x", "guide.md#:~:text=a",
		"/v2.3/docs/nothing", "/v2.3/docs/guide#dropped-since", "/en/latest/docs/guide#dropped-since", // other versions
		"../guide", "../op/security/#tls", // as the page docs/page/ sees them
	} {
		if got := check(t, "docs/page.md", "# Page\n\n## Own heading\n\n[x]("+target+")\n"); len(got) > 0 {
			t.Errorf("%s: %s", target, got[0].Message)
		}
	}
}

func TestTargetsThatDoNotExist(t *testing.T) {
	for target, want := range map[string]string{
		"gone.md":            "broken-link: The link leads to gone.md, which does not exist.",
		"security.md":        "broken-link: The link leads to security.md, which does not exist. Did it move to op/security.md?",
		"Guide.md":           "broken-link: The link leads to Guide.md, which is written docs/guide.md. Write it as the file is named; not every system forgives it.",
		"guide.md#dsk--ram":  "broken-anchor: There is no #dsk--ram in guide.md. Did you mean #disk--ram?",
		"#own-headin":        "broken-anchor: There is no #own-headin in this document. Did you mean #own-heading?",
		"guide.md#different": "broken-anchor: There is no #different in guide.md.",
		"missing.png":        "broken-link: The link leads to missing.png, which does not exist.",
		"/en/v3.5/op/gone":   "broken-link: The link leads to /en/v3.5/op/gone, which does not exist.",
		"/docs/nothing":      "broken-link: The link leads to /docs/nothing, which does not exist.",
	} {
		got := check(t, "docs/page.md", "# Page\n\n## Own heading\n\n[x]("+target+")\n")
		if len(got) != 1 || got[0].Line != 5 {
			t.Errorf("%s: got %d findings", target, len(got))
			continue
		}
		if text := strings.TrimSpace(got[0].Rule + ": " + got[0].Message + " " + got[0].Suggestion); text != want {
			t.Errorf("%s: got %q, want %q", target, text, want)
		}
	}
}

func TestReferencesImagesAndTags(t *testing.T) {
	got := check(t, "docs/page.md", "[a][b] ![c](gone.png) <img src=\"lost.png\"> `[d](e)`\n\n[b]: nowhere.md\n\n    [f](g)\n")
	var targets []string
	for _, f := range got {
		targets = append(targets, strings.Fields(f.Message)[4])
	}
	if strings.Join(targets, " ") != "nowhere.md, gone.png, lost.png," {
		t.Errorf("got %q", targets)
	}
}

func TestFilesKeptElsewhere(t *testing.T) {
	var source strings.Builder
	for n := range 12 {
		fmt.Fprintf(&source, "![n](img/%d.svg)\n", n)
	}
	if got := check(t, "docs/page.md", source.String()); len(got) > 0 {
		t.Errorf("images that the corpus does not hold are reported: %s", got[0].Message)
	}
	if got := check(t, "docs/page.md", source.String()+"![n](logo.png)\n"); len(got) != 12 {
		t.Errorf("of a corpus with images %d are missing, want 12", len(got))
	}
}

func TestSwitchedOff(t *testing.T) {
	if got := check(t, "docs/page.md", "<!-- markdownlint-disable MD051 -->\n[x](#gone)\n<!-- docsteward-disable broken-link -->\n[y](gone.md)\n"); len(got) > 0 {
		t.Errorf("got %+v", got)
	}
}

func BenchmarkCheck(b *testing.B) {
	catalogue, err := finding.NewCatalogue(link.Rules())
	if err != nil {
		b.Fatal(err)
	}
	var source strings.Builder
	for n := range 1000 {
		fmt.Fprintf(&source, "[n](../op/page%d.md#section-%d)\n", n%100, n%10)
	}
	content := []byte(source.String())
	tree := markdown.New().Parse(content)
	page := finding.NewPage("docs/page.md", content, tree, finding.Config{}.Choose(catalogue, ""), &finding.Disables{})
	index := link.NewIndex(nil)
	for n := range 100 {
		anchors := link.Anchors{}
		for s := range 10 {
			anchors[fmt.Sprintf("section-%d", s)] = struct{}{}
		}
		index.Add(fmt.Sprintf("docs/op/page%d.md", n), anchors)
	}
	links := link.Of(page)
	for b.Loop() {
		link.Check(page.Report, links, index)
	}
	b.ReportMetric(float64(b.N*len(links))/b.Elapsed().Seconds(), "links/s")
}

func FuzzTarget(f *testing.F) {
	for _, seed := range []string{"a.md#b", "/../..", "%zz", "a?b#c", "#", "{{<"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, target string) {
		check(t, "docs/page.md", "[x]("+target+")\n")
	})
}
