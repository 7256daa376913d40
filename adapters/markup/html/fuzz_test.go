package html_test

import (
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/markup/html"
	"github.com/docsteward/docsteward/ports/porttest"
)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"<h1 id=a>b</h1><p>c<ul><li>d<li>e</ul>", "<table><tr><td>a<table><tr><td>b", "<pre><code class=language-x>y", "a<!-- b --><a href=c>d</p>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ReplaceAll(strings.ToValidUTF8(text, "?"), "\x00", "?")
		porttest.CheckTree(t, []byte(text), html.Parse([]byte(text)))
	})
}
