package document_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain/document"
)

func ExampleSnippet() {
	q, _ := document.ParseQuery(`"grey heron" wait*`)
	fmt.Println(document.Snippet("The grey heron\n  waits for fish.", q))
	// Output: The **grey** **heron** **waits** for fish.
}

func query(t testing.TB, text string) document.Query {
	t.Helper()
	q, err := document.ParseQuery(text)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestSnippet(t *testing.T) {
	filler := strings.Repeat("filler text, ", 100)
	for _, c := range []struct{ content, query, want string }{
		{"", "x", ""},
		{"short text", "none", "short text"},
		{"Short TEXT", `"text"`, "Short **TEXT**"},
		{"texts", `"text"`, "texts"},
		{"texts", "text", "**texts**"},
		{"not this one", "one -not", "not this **one**"},
		{filler + "heron", "heron", "**heron**"},
		{"heron " + filler + "heron stork", "heron stork", "**heron** **stork**"},
		{"a\u3000b " + strings.Repeat("漢字\u3000", 200) + "heron", "heron", "**heron**"},
	} {
		got := document.Snippet(c.content, query(t, c.query))
		if !strings.HasSuffix(got, c.want) || !utf8.ValidString(got) {
			t.Errorf("%.40q, %s: got %q, want it to end with %q", c.content, c.query, got, c.want)
		}
	}
}

func FuzzSnippet(f *testing.F) {
	f.Add("The grey heron waits.", "heron")
	f.Add(strings.Repeat("漢字　é🙂 ", 100)+"heron", "heron wait")
	f.Add(strings.Repeat("x", 1000)+" heron", "heron")
	f.Fuzz(func(t *testing.T, content, text string) {
		q, err := document.ParseQuery(text)
		if err != nil || !utf8.ValidString(content) {
			return
		}
		got := document.Snippet(content, q)
		if !utf8.ValidString(got) {
			t.Fatalf("%q is not UTF-8", got)
		}
		if plain := strings.ReplaceAll(got, "**", ""); len(plain) > document.MaxSnippet {
			t.Fatalf("%d bytes", len(plain))
		}
	})
}

func BenchmarkSnippet(b *testing.B) {
	content := strings.Repeat("The grey heron waits in shallow water for a careless fish. ", 100)
	q := query(b, "heron careless")
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		document.Snippet(content, q)
	}
}
