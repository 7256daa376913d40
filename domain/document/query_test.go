package document_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

func ExampleParseQuery() {
	q, _ := document.ParseQuery(`"retry policy" -draft title:guide owner:docs depl`)
	fmt.Println(q.Effective())
	fmt.Println(len(q.Clauses), q.Fields["owner"])
	// Output:
	// "retry policy" -draft title:guide depl* owner:"docs"
	// 4 [docs]
}

func ExampleWords() {
	fmt.Printf("%q\n", document.Words("It's user-agent v1.2, naïve x²!"))
	// Output: ["it" "s" "user" "agent" "v1" "2" "naïve" "x²"]
}

func TestParseQuery(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "",
		"one":                      "one*",
		`"one"`:                    `"one"`,
		"one two":                  "one two*",
		"one* two":                 "one* two*",
		`"one two"`:                `"one two"`,
		`"one tw*"`:                `"one tw*"`,
		`one "two"`:                `one "two"`,
		"one -two":                 "one -two",
		"-one":                     "-one",
		`-"one two"`:               `-"one two"`,
		"- one":                    "one*",
		"--one":                    "-one",
		"user-agent":               `"user agent"`,
		"c++":                      `"c"`,
		"c":                        `"c"`,
		"漢":                        "漢*",
		"Über":                     "über*",
		"title:one":                "title:one*",
		`title:"one two"`:          `title:"one two"`,
		"-title:one":               "-title:one",
		"Title:one":                "title:one*",
		"title: one":               "title one*",
		"title:":                   `"title"`,
		"foo:bar":                  `"foo bar"`,
		"type:guide":               `type:"guide"`,
		"one type:guide":           `one* type:"guide"`,
		"type:guide one":           `one* type:"guide"`,
		`tag:a tag:"b c"`:          `tags:"a" tags:"b c"`,
		"source:git lang:en":       `language:"en" source_type:"git"`,
		"path:docs/a.md":           `path:"docs/a.md"`,
		`owner:"a\"b\\c"`:          `owner:"a\"b\\c"`,
		`path:"C:\docs"`:           `path:"C:\\docs"`,
		`type:""`:                  "",
		`type:"open`:               `type:"\"open"`,
		"-type:guide":              `-"type guide"`,
		`lone " quote`:             "lone quote*",
		`"lone quote`:              "lone quote*",
		"a AND":                    "a and*",
		"* ^ NEAR(":                `"near"`,
		"a\x00b \xff":              "ab*",
		"++ -- \"\" ** : ;":        "",
		strings.Repeat("aa ", 100): strings.TrimSpace(strings.Repeat("aa ", 63)) + " aa*",
	} {
		q, err := document.ParseQuery(text)
		if got := q.Effective(); err != nil || got != want {
			t.Errorf("%q: got %q, %v; want %q", text, got, err, want)
		}
	}
}

func TestParseQueryBounds(t *testing.T) {
	if _, err := document.ParseQuery(strings.Repeat("é", document.MaxQueryLength)); err != nil {
		t.Error(err)
	}
	if _, err := document.ParseQuery(strings.Repeat("é", document.MaxQueryLength+1)); !errors.Is(err, domain.Invalid) {
		t.Errorf("got %v", err)
	}
	q, err := document.ParseQuery(strings.Repeat("x1 ", 300))
	if err != nil || len(q.Clauses) != 64 {
		t.Errorf("%d clauses, %v", len(q.Clauses), err)
	}
	q.Demand("owner", "")
	if q.Fields != nil {
		t.Errorf("an empty demand: %v", q.Fields)
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, seed := range []string{
		"", "one two*", `"a b" -c title:d`, `type:"a\"b" owner:x\`, `-"`, "c++", "user-agent", "a AND", "foo:bar", "* ^ NEAR(", "🙂 漢字",
		`title:"`, "-title:-x", "İ ǅ ß ﬁ Σς", "\xff\x00", `path:"a\\\"`, `""*`, "title:title:x", "tags:x tag:y",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := document.ParseQuery(text)
		if err != nil {
			if !errors.Is(err, domain.Invalid) {
				t.Fatal(err)
			}
			return
		}
		for _, c := range q.Clauses {
			if len(c.Words) == 0 || slices.Contains(c.Words, "") {
				t.Fatalf("%q: an empty clause %+v", text, c)
			}
			for _, w := range c.Words {
				if strings.ContainsAny(w, "\"'\\*():&|! \x00") {
					t.Fatalf("%q: the word %q holds syntax", text, w)
				}
			}
		}
		effective := q.Effective()
		again, err := document.ParseQuery(effective)
		if err != nil {
			if len([]rune(effective)) > document.MaxQueryLength {
				return // spelled out it is longer than what was typed
			}
			t.Fatal(err)
		}
		if !reflect.DeepEqual(again, q) {
			t.Fatalf("%q: %q means %+v, not %+v", text, effective, again, q)
		}
	})
}

func BenchmarkParseQuery(b *testing.B) {
	for b.Loop() {
		if _, err := document.ParseQuery(`"retry policy" -draft title:guide owner:docs exponential backoff`); err != nil {
			b.Fatal(err)
		}
	}
}
