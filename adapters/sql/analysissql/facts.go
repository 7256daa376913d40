package analysissql

import (
	"cmp"
	"context"
	"slices"
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
	Project  string `gorm:"primaryKey"`
	Seq      int    `gorm:"primaryKey;autoIncrement:false"`
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

// Replace stores the facts of a project in the order of lists, which keeps the rows of
// their one tree together.
func (s *Facts) Replace(ctx context.Context, project string, facts []code.Fact) error {
	rows := make([]factRow, len(facts))
	for i, f := range slices.SortedStableFunc(slices.Values(facts), inNameOrder) {
		rows[i] = factRow{Project: project, Seq: i, Kind: f.Kind, Name: f.Name, Value: f.Value, HasValue: f.HasValue, Scope: f.Scope, Path: f.Path, Line: f.Line, Weak: f.Weak}
	}
	return s.db.Within(ctx, func(ctx context.Context) error {
		if _, err := sqlkit.Delete[factRow](ctx, s.db, "fact", sqlkit.Where("project = ?", project)); err != nil {
			return err
		}
		return sqlkit.InsertAll(ctx, s.db, rows, "fact")
	})
}

func inNameOrder(a, b code.Fact) int {
	return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
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
	rows, err := sqlkit.Page[factRow](ctx, s.db, "fact", "project, name, seq", page, keep...)
	return domain.MapPage(rows, factRow.fact), err
}
