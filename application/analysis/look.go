package analysis

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain"
	domaincheck "github.com/docsteward/docsteward/domain/check"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/domain/finding"
	"github.com/docsteward/docsteward/domain/finding/detect"
	"github.com/docsteward/docsteward/ports/analysis"
)

// look is what was seen of a project, not yet compared with what was known.
type look struct {
	check domaincheck.Check
	// named says that the caller chose the name of the project.
	named bool
	scope domaincheck.Scope
	seen  []domaincheck.Seen
	facts []code.Fact
}

// onlyClaims switches every rule off but those about code: nothing else is read
// from the documents.
var onlyClaims = finding.Config{Disable: []string{"*"}, Enable: []string{"drift-*"}} // never written

// look reads the documents at a location and judges what they claim.
func (r *recorder) look(ctx context.Context, c analysis.RecordClaims) (look, error) {
	l := look{check: r.begin(ctx, c), named: c.Project != ""}
	detector, err := detect.New(onlyClaims)
	if err != nil {
		return l, err
	}
	run := &check{service: r.service, detector: detector, lines: true}
	defer run.close()
	if err := run.read(ctx, []string{c.Location}); err != nil {
		return l, err
	}
	if ctx.Err() != nil {
		return l, domain.FaultOf(ctx.Err())
	}
	p := run.places[0].project
	if err := l.locate(run, p, c.Project); err != nil {
		return l, err
	}
	if err := l.compare(ctx, p); err != nil {
		return l, err
	}
	l.seen = run.seen(ctx, p)
	l.check.Documents, l.check.Facts = len(run.facts), len(p.facts)
	l.facts = make([]code.Fact, len(p.facts))
	for i, f := range p.facts {
		l.facts[i] = domaincheck.Fact(f)
	}
	if ctx.Err() != nil {
		return l, domain.FaultOf(ctx.Err())
	}
	return l, nil
}

// locate names the project and finds what part of it was looked at.
func (l *look) locate(run *check, p *project, name string) error {
	if p == nil {
		return domain.Rejected.New("The project around " + l.check.Location + " cannot be opened: " + firstOf(run.faults))
	}
	if !p.hasCode {
		return domain.Rejected.New("There is no code in " + p.Root() + " that documents could be held against; nothing was recorded.")
	}
	l.check.Root = p.Root()
	l.check.Project = cmp.Or(name, path.Base(p.Root()))
	if err := domaincheck.CheckName(l.check.Project); err != nil {
		return err
	}
	identity := run.places[0].source.Identity()
	folder, within := strings.CutPrefix(identity+"/", strings.TrimSuffix(p.Root(), "/")+"/")
	if !within {
		return domain.Rejected.New("A link leads from " + identity + " to the project " + p.Root() + "; give the path without the link.")
	}
	l.scope.Folder = strings.TrimSuffix(folder, "/")
	slices.SortFunc(run.faults, func(a, b analysis.Fault) int { return strings.Compare(a.Path, b.Path) })
	l.check.Unread = len(run.faults)
	for _, f := range run.faults {
		l.scope.Unread = append(l.scope.Unread, p.below(run.base, f.Path))
		if len(l.check.Troubles) < domaincheck.MaxChanges {
			l.check.Troubles = append(l.check.Troubles, domaincheck.Trouble(f))
		}
	}
	return nil
}

func firstOf(faults []analysis.Fault) string {
	if len(faults) == 0 {
		return "the service opens no projects."
	}
	return faults[0].Message
}

// compare counts the files that differ from the commit that is said to be checked.
func (l *look) compare(ctx context.Context, p *project) error {
	if l.check.Commit == "" {
		return nil
	}
	changes, err := p.Changes(ctx, l.check.Commit)
	l.check.Differing = len(changes)
	return err
}

// seen returns what the documents claim about the project, with verdicts, by
// document and place.
func (c *check) seen(ctx context.Context, p *project) []domaincheck.Seen {
	judge := c.judge(ctx)
	if judge == nil {
		return nil
	}
	lines := make(map[string][]int, len(c.tasks))
	for _, t := range c.tasks {
		lines[t.name] = t.lines
	}
	slices.SortFunc(c.facts, func(a, b detect.Facts) int { return strings.Compare(a.Path(), b.Path()) })
	var all []domaincheck.Seen
	for _, f := range c.facts {
		for i, v := range judge(f) {
			one := domaincheck.Seen{Document: p.below(c.base, f.Path()), Line: lines[f.Path()][i], Verdict: v}
			if v.Drifted() {
				gone, _ := p.past.Existed(v.Claim.Kind, v.Claim.Name)
				one.Commit = gone.Commit
			}
			all = append(all, one)
		}
	}
	return all
}
