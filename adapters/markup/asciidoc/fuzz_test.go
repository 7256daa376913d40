package asciidoc_test

import (
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/markup/asciidoc"
	"github.com/docsteward/docsteward/ports/porttest"
)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"= T\n\n* a\n** b\n+\n----\nx\n----", "|===\n|a |b\n\n|c\n|===", "link:a[b] <<c>> *d* `e`", "a:: b\n:c: d\n{c}", "*\f0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ReplaceAll(strings.ToValidUTF8(text, "?"), "\x00", "?")
		porttest.CheckTree(t, []byte(text), asciidoc.Parse([]byte(text)))
	})
}
