package analysismem

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/analysis"
)

// Facts keeps the facts of the code of projects.
type Facts struct {
	rows *memkit.Table[string, projectFacts] // by project
}

// projectFacts are the facts of a project in the order of lists.
type projectFacts struct {
	project string
	facts   []code.Fact
}

// NewFacts returns no facts in db.
func NewFacts(db *memkit.DB) *Facts {
	return &Facts{memkit.NewTable[string](db, func(p projectFacts) projectFacts {
		p.facts = slices.Clone(p.facts)
		return p
	})}
}

// Replace implements analysis.Facts.
func (s *Facts) Replace(ctx context.Context, project string, facts []code.Fact) error {
	return s.rows.Put(ctx, project, projectFacts{project, slices.SortedStableFunc(slices.Values(facts), inNameOrder)})
}

func inNameOrder(a, b code.Fact) int {
	return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
}

// List implements analysis.Facts.
func (s *Facts) List(ctx context.Context, f analysis.FactFilter, page domain.PageRequest) (domain.Page[analysis.ProjectFact], error) {
	projects, err := s.rows.Select(ctx, func(p projectFacts) bool { return f.Project == "" || f.Project == p.project })
	var kept []analysis.ProjectFact
	for _, p := range projects {
		for _, fact := range p.facts {
			if matches(f.Name, fact.Name) && matches(f.Path, fact.Path) && (f.Kind == 0 || f.Kind == fact.Kind) {
				kept = append(kept, analysis.ProjectFact{Project: p.project, Fact: fact})
			}
		}
	}
	return memkit.PageOf(kept, page), err
}

// matches reports whether a text is the wanted one, or begins with it where that
// ends with *.
func matches(wanted, text string) bool {
	if beginning, open := strings.CutSuffix(wanted, "*"); open {
		return strings.HasPrefix(text, beginning)
	}
	return wanted == "" || wanted == text
}
