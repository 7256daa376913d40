package analysis

import (
	"context"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/domain/finding"
	"github.com/docsteward/docsteward/domain/finding/detect"
	"github.com/docsteward/docsteward/ports/source"
)

// touch finds the documents that the changes since a revision touch: those that
// changed, that link to a file that did, or that claim something of which the facts
// are others now. Without a revision it is all of them. It fails as
// source.Project's Changes does.
func (c *check) touch(ctx context.Context, revision string) error {
	if revision == "" {
		return nil
	}
	if len(c.projects) == 0 || c.service.Facts == nil {
		return domain.Rejected.New("There is no project here whose history tells what changed; check all of it.")
	}
	files := make(map[string]bool)
	facts := make(map[*project]*code.Index)
	for _, p := range c.projects {
		changes, err := p.Changes(ctx, revision)
		if err != nil {
			return err
		}
		var others []code.Fact
		now := p.factsByFile()
		for _, change := range changes {
			files[strings.TrimPrefix(p.Root()+"/"+change.Path, c.base+"/")] = true
			before := c.factsBefore(ctx, change)
			others = append(append(others, missingFrom(now[change.Path], before)...), missingFrom(before, now[change.Path])...)
		}
		facts[p] = code.NewIndex(others)
	}
	c.touched = make(map[string]bool)
	of := c.projectOf()
	for _, f := range c.facts {
		c.touched[f.Path()] = files[f.Path()] || f.LinksTo(files) || of[f.Path()] != nil && namesOne(f.Claims(), facts[of[f.Path()]])
	}
	return nil
}

// tells reports whether a document is told and mended.
func (c *check) tells(name string) bool { return c.touched == nil || c.touched[name] }

// keepTouched leaves what is to be told. All of it was needed until then: what one
// document claims is judged by the others as well.
func (c *check) keepTouched() {
	c.facts = slices.DeleteFunc(c.facts, func(f detect.Facts) bool { return !c.tells(f.Path()) })
	c.tasks = slices.DeleteFunc(c.tasks, func(t task) bool { return !c.tells(t.name) })
	c.found = slices.DeleteFunc(c.found, func(f finding.Finding) bool { return !c.tells(f.Path) })
}

// namesOne reports whether a claim names one of the facts.
func namesOne(claims []claim.Claim, facts *code.Index) bool {
	return slices.ContainsFunc(claims, func(one claim.Claim) bool { return facts.Has(one.Kind, one.Name) })
}

// valued is a fact without its place, which may move.
type valued struct {
	kind        code.Kind
	name, value string
}

// factsBefore returns the facts of a file as it was; none where it did not exist.
func (c *check) factsBefore(ctx context.Context, change source.Change) []code.Fact {
	if change.Before == nil {
		return nil
	}
	had := []code.Fact{{Kind: code.File, Name: change.Path}}
	if c.service.Facts.Reads(change.Path) {
		// Code that cannot be understood has no facts, as in readFolder.
		if old, err := c.service.Facts.Extract(ctx, change.Path, change.Before); err == nil {
			had = append(had, old...)
		}
	}
	return had
}

// factsByFile groups the facts of the project by their path.
func (p *project) factsByFile() map[string][]code.Fact {
	files := make(map[string][]code.Fact)
	for _, f := range p.facts {
		files[f.Path] = append(files[f.Path], f)
	}
	return files
}

// missingFrom returns the facts of one list that the other does not have.
func missingFrom(other, of []code.Fact) []code.Fact {
	there := make(map[valued]bool, len(other))
	for _, f := range other {
		there[valued{f.Kind, f.Name, f.Value}] = true
	}
	var missing []code.Fact
	for _, f := range of {
		if !there[valued{f.Kind, f.Name, f.Value}] {
			missing = append(missing, f)
		}
	}
	return missing
}

// projectOf maps the documents to the code that they speak of.
func (c *check) projectOf() map[string]*project {
	of := make(map[string]*project, len(c.tasks))
	for _, t := range c.tasks {
		of[t.name] = t.project
	}
	return of
}
