// Package detect runs all the rules over a corpus: first each document by
// itself, which many goroutines may do at once, then all of them together.
package detect

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
	"github.com/docsteward/docsteward/domain/finding/drift"
	"github.com/docsteward/docsteward/domain/finding/duplicate"
	"github.com/docsteward/docsteward/domain/finding/freshness"
	"github.com/docsteward/docsteward/domain/finding/link"
	"github.com/docsteward/docsteward/domain/finding/prose"
	"github.com/docsteward/docsteward/domain/finding/structure"
)

// Defaults of the options.
const (
	defaultLineLength    = 80
	defaultSentenceWords = 45
	defaultGrade         = 18
	defaultStaleDays     = 730
	defaultListIndent    = 2
)

// Rules lists every rule.
func Rules() []finding.Rule {
	return slices.Concat(link.Rules(), structure.Rules(), prose.Rules(), duplicate.Rules(), freshness.Rules(), drift.Rules())
}

// Detector holds documents to the rules that a configuration chose.
type Detector struct {
	catalogue *finding.Catalogue
	config    finding.Config
}

// New returns a detector. It fails with Invalid when the configuration names
// what does not exist.
func New(config finding.Config) (*Detector, error) {
	catalogue, err := finding.NewCatalogue(Rules())
	if err != nil {
		return nil, err
	}
	if err := config.Check(catalogue); err != nil {
		return nil, err
	}
	config.MaxLineLength = cmp.Or(config.MaxLineLength, defaultLineLength)
	config.ListIndent = cmp.Or(config.ListIndent, defaultListIndent)
	config.MaxSentenceWords = cmp.Or(config.MaxSentenceWords, defaultSentenceWords)
	config.MaxGrade = cmp.Or(config.MaxGrade, float64(defaultGrade))
	config.StaleDays = cmp.Or(config.StaleDays, defaultStaleDays)
	return &Detector{catalogue: catalogue, config: config}, nil
}

// Catalogue returns the rules.
func (d *Detector) Catalogue() *finding.Catalogue { return d.catalogue }

// Ignores reports whether a path is not to be checked.
func (d *Detector) Ignores(name string) bool { return finding.Matches(d.config.Ignore, name) }

// HoldsCode reports whether a rule about code is on for any document.
func (d *Detector) HoldsCode() bool {
	paths := []string{""}
	for _, o := range d.config.Overrides {
		paths = append(paths, o.Paths...)
	}
	for _, name := range paths {
		choice := d.config.Choose(d.catalogue, name)
		for _, r := range drift.Rules() {
			if _, on := choice.Severity(r.ID); on {
				return true
			}
		}
	}
	return false
}

// Input is one document to be checked.
type Input struct {
	// Path is relative to the root of the corpus, with forward slashes.
	Path    string
	Content []byte
	Tree    *document.Tree
	// Owners and ChangedAt are what the source knows; both may be absent.
	Owners    []string
	ChangedAt time.Time
	// Code says that the claims of the document are to be held against code.
	Code bool
}

// Facts is what the rules over a whole corpus need of one document. It keeps
// neither the content nor the tree.
type Facts struct {
	report    *finding.Report
	anchors   link.Anchors
	links     []link.Link
	spellings prose.Spellings
	sketch    duplicate.Sketch
	owners    []string
	changedAt time.Time
	claims    drift.Claims
	matter    document.Metadata
}

// Path is that of the document.
func (f Facts) Path() string { return f.report.Path }

// Claims are what the document says about code, where that was asked for.
func (f Facts) Claims() []claim.Claim { return f.claims.All }

// Matter is the metadata of the document; nil where there is none.
func (f Facts) Matter() document.Metadata { return f.matter }

// LinksTo reports whether the document links to one of the files.
func (f Facts) LinksTo(files map[string]bool) bool {
	return slices.ContainsFunc(f.links, func(l link.Link) bool { return files[path.Join(path.Dir(f.report.Path), l.Target)] })
}

// Document holds one document to the rules that need no other. It is pure, and
// safe to be called from many goroutines.
func (d *Detector) Document(in Input) (Facts, []finding.Finding) {
	choice := d.config.Choose(d.catalogue, in.Path)
	page := finding.NewPage(in.Path, in.Content, in.Tree, choice, finding.ReadDisables(in.Content, in.Tree, d.catalogue))
	structure.Check(page, structure.Options{MaxLineLength: d.config.MaxLineLength, ListIndent: d.config.ListIndent})
	facts := Facts{
		report: page.Report, anchors: link.AnchorsOf(in.Tree, in.Content), links: link.Of(page), sketch: duplicate.Of(page),
		spellings: prose.Check(page, prose.Options{MaxSentenceWords: d.config.MaxSentenceWords, MaxGrade: d.config.MaxGrade}),
		owners:    in.Owners, changedAt: in.ChangedAt, matter: in.Tree.FrontMatter,
	}
	if in.Code {
		facts.claims = drift.Of(page)
	}
	return facts, page.Take()
}

// World is what lies around the documents of a corpus.
type World struct {
	// Exists tells of files that are no documents, by their path within the corpus;
	// nil knows of none.
	Exists func(path string) bool
	// Judge holds the claims of a document against its code, in their order; nil
	// where there is no code.
	Judge func(Facts) []claim.Verdict
	Now   time.Time
}

// Corpus holds all documents to the rules that compare them, with each other and
// with the world.
func (d *Detector) Corpus(all []Facts, world World) []finding.Finding {
	slices.SortFunc(all, func(a, b Facts) int { return strings.Compare(a.report.Path, b.report.Path) })
	index := link.NewIndex(world.Exists)
	spellings, sketches, ages := make([]prose.Document, len(all)), make([]duplicate.Document, len(all)), make([]freshness.Document, len(all))
	for i, f := range all {
		index.Add(f.report.Path, f.anchors)
		index.Learn(f.report.Path, f.links)
		spellings[i] = prose.Document{Report: f.report, Spellings: f.spellings}
		sketches[i] = duplicate.Document{Report: f.report, Sketch: f.sketch, Edition: finding.Edition(f.report.Path)}
		ages[i] = freshness.Document{Report: f.report, Owners: f.owners, ChangedAt: f.changedAt}
	}
	for _, f := range all {
		link.Check(f.report, f.links, index)
		if world.Judge != nil {
			drift.Check(f.report, f.claims, world.Judge(f))
		}
	}
	prose.Consistency(spellings, d.config.Terms)
	duplicate.Check(sketches)
	freshness.Check(ages, time.Duration(d.config.StaleDays)*24*time.Hour, world.Now)
	var found []finding.Finding
	for _, f := range all {
		found = append(found, f.report.Take()...)
	}
	return found
}
