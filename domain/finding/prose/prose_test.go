package prose_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/markup/markdown"
	"github.com/docsteward/docsteward/domain/finding"
	"github.com/docsteward/docsteward/domain/finding/prose"
)

func page(t *testing.T, path, source string, enable ...string) (*finding.Page, prose.Document) {
	t.Helper()
	catalogue, err := finding.NewCatalogue(prose.Rules())
	if err != nil {
		t.Fatal(err)
	}
	content := []byte(source)
	tree := markdown.New().Parse(content)
	config := finding.Config{Enable: enable}
	p := finding.NewPage(path, content, tree, config.Choose(catalogue, path), finding.ReadDisables(content, tree, catalogue))
	return p, prose.Document{Report: p.Report, Spellings: prose.Check(p, prose.Options{MaxSentenceWords: 20, MaxGrade: 10})}
}

func show(found []finding.Finding) string {
	var lines []string
	finding.Sort(found, "")
	for _, f := range found {
		lines = append(lines, fmt.Sprintf("%s %s:%d:%d", f.Rule, f.Path, f.Line, f.Column))
	}
	return strings.Join(lines, ", ")
}

func TestRulesOfOnePage(t *testing.T) {
	long := strings.Repeat("every word ", 11)
	for source, want := range map[string]string{
		"It is the the end.":            "repeated-word a.md:1:7",
		"It is the\nthe end.":           "repeated-word a.md:1:7",
		"`the` the end":                 "",
		"the `x` the end, the. the end": "",
		"He said that that is so so good, 10 10, a a, Bora Bora": "",
		"We know. TODO: say how":                                 "todo-in-prose a.md:1:10",
		"Nobody leaves a TODO in the text, nor TODO comments.":   "",
		"**TODO**\n\n* TODO(ann) ask\n* [TODO] ask":              "todo-in-prose a.md:1:3, todo-in-prose a.md:3:3, todo-in-prose a.md:4:4",
		"TODO one.":         "todo-in-prose a.md:1:1",
		"`x` TODO comments": "",
		"The date is TBD":   "todo-in-prose a.md:1:13",
		"Run `TODO` in TODO-list or a/TODO, todo":                      "",
		"```\nTODO the the\n```":                                       "",
		"`x` first. TBD":                                               "todo-in-prose a.md:1:12",
		"# TODO\n\n| a |\n|---|\n| FIXME |":                            "todo-in-prose a.md:1:3, todo-in-prose a.md:5:3",
		"Short. " + long + ".":                                         "long-sentence a.md:1:1",
		long[:50] + ". " + long[:50] + ".":                             "",
		"<!-- docsteward-disable-next-line repeated-word -->\nthe the": "",
	} {
		p, _ := page(t, "a.md", source)
		if got := show(p.Take()); got != want {
			t.Errorf("%q: got %q, want %q", source, got, want)
		}
	}
}

func TestDefinitionsThatASiteGeneratorCompletesAreNoProse(t *testing.T) {
	var source strings.Builder
	for n := range 10 {
		fmt.Fprintf(&source, "[link%d]: https://a.b/{{< param version >}}/the/the TODO the the\n", n)
	}
	p, _ := page(t, "a.md", source.String())
	if got := show(p.Take()); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestReadability(t *testing.T) {
	hard := strings.Repeat("Organisational documentation necessitates comprehensive internationalisation considerations throughout implementation. ", 13)
	easy := strings.Repeat("The cat sat on the mat. ", 20)
	for source, want := range map[string]string{hard: "readability a.md:0:0", easy: ""} {
		p, _ := page(t, "a.md", source, "readability")
		if got := show(p.Take()); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestConsistency(t *testing.T) {
	_, a := page(t, "a.md", strings.Repeat("Use GitHub. ", 8)+strings.Repeat("Send an e-mail. ", 3)+"The Github page, `Github`, GITHUB, github")
	_, b := page(t, "b.md", strings.Repeat("Send an e-mail. ", 8)+"Email us, or email them, at email.com/email or KeyE-Mail.")
	_, c := page(t, "c.md", "A backend here, a frontend there; Backend.")
	documents := []prose.Document{a, b, c}
	prose.Consistency(documents, map[string][]string{"back end": {"backend"}})
	var got []string
	for _, d := range documents {
		for _, f := range d.Report.Take() {
			got = append(got, fmt.Sprintf("%s:%d %s", f.Path, f.Column, f.Message))
		}
	}
	want := `a.md:149 "Github" is spelled "GitHub" elsewhere.
b.md:129 "Email" is spelled "e-mail" elsewhere.
b.md:142 "email" is spelled "e-mail" elsewhere.
c.md:3 "backend" is spelled "back end" elsewhere.`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

func TestSyllables(t *testing.T) {
	for word, want := range map[string]int{
		"the": 1, "cat": 1, "table": 2, "make": 1, "makes": 1, "boxes": 2, "jumped": 1, "wanted": 2, "server": 2, "configuration": 5,
		"cluster": 2, "database": 3, "syllable": 3, "readability": 5, "I": 1, "rhythm": 1, "being": 2, "create": 2, "area": 3, "idea": 3,
	} {
		if got := prose.Syllables(word); got != want {
			t.Errorf("%s: got %d, want %d", word, got, want)
		}
	}
}

// The counts were made by hand, and the grades from the published formulas.
func TestFormulas(t *testing.T) {
	text := "The cat sat on the mat. The configuration of a server is documentation."
	c := prose.Count(text)
	if want := (prose.Counts{Sentences: 2, Words: 13, Letters: 57, Syllables: 22, Complex: 2}); c != want {
		t.Fatalf("got %+v, want %+v", c, want)
	}
	for name, figures := range map[string][2]float64{
		"reading ease": {c.ReadingEase(), 206.835 - 1.015*6.5 - 84.6*22/13}, // 57.07
		"grade":        {c.Grade(), 0.39*6.5 + 11.8*22/13 - 15.59},          // 6.91
		"fog":          {c.Fog(), 0.4 * (6.5 + 200.0/13)},                   // 8.75
		"smog":         {c.SMOG(), 1.0430*math.Sqrt(30) + 3.1291},           // 8.84
		"ari":          {c.ARI(), 4.71*57/13 + 0.5*6.5 - 21.43},             // 2.47
		"coleman-liau": {c.ColemanLiau(), 0.0588*5700/13 - 0.296*200/13 - 15.8},
	} {
		if math.Abs(figures[0]-figures[1]) > 1e-9 {
			t.Errorf("%s: got %.3f, want %.3f", name, figures[0], figures[1])
		}
	}
	if (prose.Counts{}).ReadingEase() != 0 || (prose.Counts{}).Grade() != 0 || (prose.Counts{}).SMOG() != 0 || (prose.Counts{}).Fog() != 0 || (prose.Counts{}).ARI() != 0 || (prose.Counts{}).ColemanLiau() != 0 {
		t.Error("nothing to read has a grade")
	}
}

func TestSentences(t *testing.T) {
	for text, want := range map[string]string{
		"One. Two! Three?":            "One.|Two!|Three?",
		"See e.g. this one. Then 3.5": "See e.g. this one.|Then 3.5",
		"":                            "",
		"no end":                      "no end",
	} {
		if got := strings.Join(prose.Sentences(text), "|"); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func FuzzCount(f *testing.F) {
	f.Add("One. Two words! e.g. three\n\n…")
	f.Fuzz(func(t *testing.T, text string) {
		c := prose.Count(text)
		if c.Sentences > c.Words || c.Words > c.Syllables || c.Complex > c.Words || c.Words > 0 && c.Sentences == 0 {
			t.Errorf("%q counts as %+v", text, c)
		}
	})
}

func ExampleCount() {
	c := prose.Count("The cat sat on the mat.")
	fmt.Printf("%d words, reading ease %.1f, grade %.1f\n", c.Words, c.ReadingEase(), c.Grade())
	// Output: 6 words, reading ease 116.1, grade -1.4
}
