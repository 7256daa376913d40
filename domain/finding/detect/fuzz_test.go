package detect_test

import (
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/markup/markdown"
	"github.com/docsteward/docsteward/domain/finding"
	"github.com/docsteward/docsteward/domain/finding/detect"
)

// Whatever the text, every finding and every fix lies within it.
func FuzzDocument(f *testing.F) {
	for _, seed := range []string{
		"#A\n\n\n* b\n    * c\n> d\n\n> e\n```\n$ f\n```\n|g|h|\n|-|-|\n|i|\n", "## A##\n(b)[c] ** d ** `e ` <b>f</i> http://g.h TODO the the\n",
		"---\ntitle: a\n---\n\n# b\n\n***\n\n---\n[c][d] [e](#f) ![](g)\n", "1. a\n3. b\n\n    c\n\t\td\t\n_e_ *f* __g__ **h** e-mail email\n",
		"<!-- docsteward-disable -->\n<div><p>\n\n~~~\n", "a  \r\nb\u00a0\n \u2028\n", ">  a\n>\n>\n> - b\n>\n>     c\n", "#\n##  #\n### ###\n", "|\n|-\n", "![][]\n[][]\n",
	} {
		f.Add(seed)
	}
	d, err := detect.New(finding.Config{Enable: []string{"line-length", "no-inline-html", "first-line-heading", "readability"}})
	if err != nil {
		f.Fatal(err)
	}
	parser := markdown.New()
	f.Fuzz(func(t *testing.T, text string) {
		content := []byte(strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "?"))
		facts, found := d.Document(detect.Input{Path: "a.md", Content: content, Tree: parser.Parse(content)})
		found = append(found, d.Corpus([]detect.Facts{facts}, detect.World{Now: now})...)
		finding.Sort(found, "")
		for _, x := range found {
			if x.Start < 0 || x.Start > x.End || x.End > len(content) || x.Message == "" || x.Fingerprint == "" {
				t.Errorf("%q: %+v lies outside", content, x)
			}
			if x.Fix != nil && (x.Fix.Start < 0 || x.Fix.Start > x.Fix.End || x.Fix.End > len(content)) {
				t.Errorf("%q: the fix %+v of %s lies outside", content, x.Fix, x.Rule)
			}
			if x.Fix != nil && string(content[x.Fix.Start:x.Fix.End]) == x.Fix.Replacement {
				t.Errorf("%q: the fix %+v of %s changes nothing", content, x.Fix, x.Rule)
			}
		}
		finding.Apply(content, found)
	})
}
