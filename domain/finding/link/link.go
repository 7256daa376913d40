// Package link holds the links between documents to their targets.
package link

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
)

// Rules lists the rules of this package.
func Rules() []finding.Rule {
	return []finding.Rule{
		{ID: "broken-link", Severity: finding.High, Doc: "Links between documents lead to documents that exist."},
		{ID: "broken-anchor", Aliases: []string{"MD051"}, Severity: finding.Medium, Doc: "Links into documents lead to headings and anchors that exist."},
	}
}

// Link is a link that stays within the corpus, and where it stands.
type Link struct {
	// Target is the path as written, without its fragment; Fragment stands behind #.
	Target, Fragment string
	At               finding.Place
}

var (
	scheme = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+.-]*:`)
	// template is a placeholder of a site generator, whose target it alone knows.
	template = regexp.MustCompile(`\{\{|\{%|\$\{|<%|%\}`)
)

// Of returns the links of a page that the corpus can decide.
func Of(p *finding.Page) []Link {
	if !p.Wants("broken-link", "broken-anchor") {
		return nil
	}
	var links []Link
	for _, b := range p.Tree.Links() {
		target := strings.TrimSpace(b.Target)
		if target == "" || scheme.MatchString(target) || strings.HasPrefix(target, "//") || template.MatchString(target) || template.Match(b.Source(p.Content)) {
			continue
		}
		if b.Has(document.FlagReference) && p.Tree.Format == document.FormatRST {
			continue
		}
		target, fragment, _ := strings.Cut(target, "#")
		target, _, _ = strings.Cut(target, "?")
		links = append(links, Link{Target: unescape(target), Fragment: unescape(fragment), At: p.At(b.Start, b.End)})
	}
	return links
}

func unescape(text string) string {
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}

// Check holds the links of one document to the index.
func Check(r *finding.Report, links []Link, index *Index) {
	for _, l := range links {
		if l.Target == "" {
			checkFragment(r, l, r.Path, index)
			continue
		}
		switch found, verdict := index.resolve(r.Path, l.Target); verdict {
		case missing:
			r.Add("broken-link", l.At, fmt.Sprintf("The link leads to %s, which does not exist.", l.Target), index.suggest(r.Path, l.Target), nil)
		case otherCase:
			r.Add("broken-link", l.At, fmt.Sprintf("The link leads to %s, which is written %s.", l.Target, found), "Write it as the file is named; not every system forgives it.", nil)
		case present:
			checkFragment(r, l, found, index)
		}
	}
}

func checkFragment(r *finding.Report, l Link, target string, index *Index) {
	if l.Fragment == "" || l.Fragment == "top" || strings.HasPrefix(l.Fragment, ":~:") || strings.HasPrefix(l.Fragment, "/") {
		return
	}
	anchors, known := index.anchors[target]
	if !known || anchors.has(l.Fragment) {
		return
	}
	where := path.Base(target)
	if target == r.Path {
		where = "this document"
	}
	r.Add("broken-anchor", l.At, fmt.Sprintf("There is no #%s in %s.", l.Fragment, where), anchors.nearest(l.Fragment), nil)
}
