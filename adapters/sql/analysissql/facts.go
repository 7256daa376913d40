package analysissql

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/analysis"
)

// Facts keeps the facts of the code of projects.
type Facts struct{ db *sqlkit.DB }

// NewFacts returns the facts in an open database that has the Migrations.
func NewFacts(db *sqlkit.DB) *Facts { return &Facts{db} }

type factRow struct {
	Project  string
	Seq      int
	Kind     code.Kind
	Name     string
	Value    string
	HasValue bool
	Scope    string
	Path     string
	Line     int
	Weak     bool
}

func (factRow) TableName() string { return "facts" }

func (r factRow) fact() analysis.ProjectFact {
	return analysis.ProjectFact{Project: r.Project, Fact: code.Fact{Kind: r.Kind, Name: r.Name, Value: r.Value, HasValue: r.HasValue, Scope: r.Scope,
		Path: r.Path, Line: r.Line, Weak: r.Weak}}
}

// factBatch is how many facts one statement stores; its text is the same for all
// but the last.
const factBatch = 500

// Replace stores the facts of a project in the order of lists, which keeps rows and
// indexes together.
func (s *Facts) Replace(ctx context.Context, project string, facts []code.Fact) error {
	ordered := slices.SortedStableFunc(slices.Values(facts), inNameOrder)
	return s.db.Within(ctx, func(ctx context.Context) error {
		if _, err := s.db.RawWrite(ctx).ExecContext(ctx, `DELETE FROM facts WHERE project = $1`, project); err != nil {
			return sqlkit.Translate(err, "fact")
		}
		for first := 0; first < len(ordered); first += factBatch {
			batch := ordered[first:min(first+factBatch, len(ordered))]
			if err := s.insert(ctx, project, first, batch); err != nil {
				return err
			}
		}
		return nil
	})
}

func inNameOrder(a, b code.Fact) int {
	return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
}

// factColumns is how many columns a fact has.
const factColumns = 10

// insert stores a batch, the first of which is the seq-th of the project.
func (s *Facts) insert(ctx context.Context, project string, seq int, batch []code.Fact) error {
	args := make([]any, 0, factColumns*len(batch))
	for i, f := range batch {
		args = append(args, project, seq+i, int(f.Kind), f.Name, f.Value, f.HasValue, f.Scope, f.Path, f.Line, f.Weak)
	}
	_, err := s.db.RawWrite(ctx).ExecContext(ctx, insertFacts(len(batch)), args...)
	return sqlkit.Translate(err, "fact")
}

// insertFacts is the statement that stores n facts.
func insertFacts(n int) string {
	var text strings.Builder
	text.WriteString(`INSERT INTO facts (project, seq, kind, name, value, has_value, scope, path, line, weak) VALUES `)
	for i := range n {
		for column := range factColumns {
			switch {
			case column > 0:
				text.WriteByte(',')
			case i > 0:
				text.WriteString(",(")
			default:
				text.WriteByte('(')
			}
			text.WriteByte('$')
			text.WriteString(strconv.Itoa(factColumns*i + column + 1))
		}
		text.WriteByte(')')
	}
	return text.String()
}

// List returns the facts that the filter keeps.
func (s *Facts) List(ctx context.Context, f analysis.FactFilter, page domain.PageRequest) (domain.Page[analysis.ProjectFact], error) {
	var keep scopes
	keep.equal("project", f.Project)
	keep.matches("name", f.Name)
	keep.matches("path", f.Path)
	if f.Kind != 0 {
		keep.where("kind = ?", int(f.Kind))
	}
	rows, err := sqlkit.Page[factRow](ctx, s.db, "fact", "project, seq", page, keep...)
	return domain.MapPage(rows, factRow.fact), err
}
