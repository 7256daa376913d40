package detect_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/markup/markdown"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/finding"
	"github.com/docsteward/docsteward/domain/finding/detect"
)

var now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) // never written

// corpus is documents by their path, and what is known of other files.
type corpus struct {
	documents map[string][]byte
	files     map[string]bool
}

// etcdDocs reads the real documentation of etcd, two versions of it.
func etcdDocs(tb testing.TB) corpus {
	tb.Helper()
	dir := os.Getenv("DOCSTEWARD_TESTDATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared", "data")
	}
	root := filepath.Join(dir, "etcd-docs")
	c := corpus{make(map[string][]byte), make(map[string]bool)}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		c.files[filepath.ToSlash(rel)] = true
		if filepath.Ext(name) == ".md" {
			c.documents[filepath.ToSlash(rel)], err = os.ReadFile(name)
		}
		return err
	})
	if err != nil {
		tb.Skipf("no test material: set DOCSTEWARD_TESTDATA to the folder that holds etcd-docs (%v)", err)
	}
	return c
}

// check runs both phases over a corpus.
func (c corpus) check(tb testing.TB, config finding.Config) []finding.Finding {
	tb.Helper()
	d, err := detect.New(config)
	if err != nil {
		tb.Fatal(err)
	}
	parser := markdown.New()
	var facts []detect.Facts
	var all []finding.Finding
	for path, content := range c.documents {
		f, found := d.Document(detect.Input{Path: path, Content: content, Tree: parser.Parse(content)})
		facts, all = append(facts, f), append(all, found...)
	}
	all = append(all, d.Corpus(facts, detect.World{Exists: func(name string) bool { return c.files[name] }, Now: now})...)
	finding.Sort(all, "")
	return all
}

func TestRulesAreNamedOnce(t *testing.T) {
	d, err := detect.New(finding.Config{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range d.Catalogue().Rules() {
		if r.ID != strings.ToLower(r.ID) || strings.ContainsAny(r.ID, " _") || !strings.HasSuffix(r.Doc, ".") {
			t.Errorf("%+v", r)
		}
	}
	if _, err := detect.New(finding.Config{Enable: []string{"nothing"}}); !errors.Is(err, domain.Invalid) {
		t.Errorf("got %v", err)
	}
}

func TestBothPhases(t *testing.T) {
	c := corpus{documents: map[string][]byte{
		"a.md": []byte("# A\n\nSee [b](b.md#gone), [c](c.md) and the the end.\n"),
		"b.md": []byte("# B\n\n<!-- docsteward-disable broken-link -->\n\n[x](y.md)\n"),
	}}
	var got []string
	for _, f := range c.check(t, finding.Config{Disable: []string{"repeated-word"}}) {
		got = append(got, fmt.Sprintf("%s:%d %s", f.Path, f.Line, f.Rule))
	}
	if want := []string{"a.md:3 broken-anchor", "a.md:3 broken-link"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// The findings do not depend on the order of the documents.
func TestTheSameCorpusGivesTheSameFindings(t *testing.T) {
	c := etcdDocs(t)
	first, second := c.check(t, finding.Config{}), c.check(t, finding.Config{})
	if len(first) != len(second) {
		t.Fatalf("%d findings, then %d", len(first), len(second))
	}
	fingerprints := make(map[string]bool)
	for i := range first {
		if first[i].Fingerprint != second[i].Fingerprint {
			t.Fatalf("%+v, then %+v", first[i], second[i])
		}
		fingerprints[first[i].Fingerprint] = true
	}
	if len(fingerprints) != len(first) {
		t.Errorf("%d findings have %d fingerprints", len(first), len(fingerprints))
	}
}

// What was found in the documents of etcd was read by hand: of the rules that
// mislead readers none may raise a false alarm there.
func TestRealDocumentsRaiseNoFalseAlarms(t *testing.T) {
	c := etcdDocs(t)
	counts := make(map[string]int)
	for _, f := range c.check(t, finding.Config{}) {
		counts[f.Rule]++
		if body := c.documents[f.Path]; f.Start > f.End || f.End > len(body) || f.Line > 0 && f.Column < 1 {
			t.Errorf("%+v lies outside of its document", f)
		}
	}
	for rule, want := range map[string]int{
		"broken-link": 0, "broken-anchor": 0, "unclosed-fence": 0, "unclosed-html": 0, "reversed-link": 0, "empty-link": 0, "broken-markup": 0,
		"undefined-reference": 0, "todo-in-prose": 0, "near-duplicate": 2, "repeated-word": 8,
	} {
		if counts[rule] != want {
			t.Errorf("%s is found %d times, want %d", rule, counts[rule], want)
		}
	}
}

// Fixes come to rest after a few rounds, and change nothing that a reader sees
// but white space. Left out are the rules whose fix is meant to be seen.
func TestFixesAreSafe(t *testing.T) {
	d, err := detect.New(finding.Config{Disable: []string{"repeated-word", "no-missing-space-atx", "commands-show-output"}})
	if err != nil {
		t.Fatal(err)
	}
	changed, before, after := 0, 0, 0
	for path, content := range etcdDocs(t).documents {
		fixed, first, last := rest(t, d, path, content)
		if shown(content) != shown(fixed) {
			t.Errorf("%s says something else after the fixes", path)
		}
		if string(content) != string(fixed) {
			changed++
		}
		before, after = before+first, after+last
	}
	if changed < 50 || after >= before*9/10 {
		t.Errorf("%d documents were changed, and of %d findings %d are left", changed, before, after)
	}
}

// rest makes the fixes of a document until there are none, and returns how many
// findings there were before and after.
func rest(t *testing.T, d *detect.Detector, path string, content []byte) (fixed []byte, first, last int) {
	t.Helper()
	for round := 0; ; round++ {
		_, found := d.Document(detect.Input{Path: path, Content: content, Tree: markdown.New().Parse(content)})
		if round == 0 {
			first = len(found)
		}
		if !slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Fix != nil }) {
			return content, first, len(found)
		}
		if round == 4 {
			t.Fatalf("%s: after %d rounds there are still fixes to make", path, round)
		}
		content = finding.Apply(content, found)
	}
}

// shown is what a reader sees, with one space for any white space.
func shown(content []byte) string {
	return strings.Join(strings.Fields(markdown.New().Parse(content).Root.PlainText(content)), " ")
}

func BenchmarkParseAndDetect(b *testing.B) {
	c := etcdDocs(b)
	size := 0
	for _, content := range c.documents {
		size += len(content)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		c.check(b, finding.Config{})
	}
	b.ReportMetric(float64(b.N*len(c.documents))/b.Elapsed().Seconds(), "files/s")
}

func BenchmarkDocument(b *testing.B) {
	c := etcdDocs(b)
	d, err := detect.New(finding.Config{})
	if err != nil {
		b.Fatal(err)
	}
	var inputs []detect.Input
	size := 0
	for path, content := range c.documents {
		inputs = append(inputs, detect.Input{Path: path, Content: content, Tree: markdown.New().Parse(content)})
		size += len(content)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, in := range inputs {
			d.Document(in)
		}
	}
}

func Example() {
	detector, err := detect.New(finding.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	content := []byte("# Guide\n\nSee [the tuning guide](tuning.md).\n")
	facts, found := detector.Document(detect.Input{Path: "guide.md", Content: content, Tree: markdown.New().Parse(content)})
	found = append(found, detector.Corpus([]detect.Facts{facts}, detect.World{Now: now})...)
	finding.Sort(found, "")
	for _, f := range found {
		fmt.Printf("%s:%d:%d %s %s: %s\n", f.Path, f.Line, f.Column, f.Severity, f.Rule, f.Message)
	}
	// Output: guide.md:3:5 high broken-link: The link leads to tuning.md, which does not exist.
}
