package workflowssql

import (
	"context"
	"strings"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/workflows"
)

// Definitions keeps workflows.
type Definitions struct{ db *sqlkit.DB }

// NewDefinitions returns the workflows in an open database that has the Migrations.
func NewDefinitions(db *sqlkit.DB) *Definitions { return &Definitions{db} }

// workflowRow is a workflow. Version is its revision, Structure the number of its
// version; Words are all that is searched, in lower case, tags on lines of their own.
type workflowRow struct {
	ID         string `gorm:"primaryKey"`
	Name       string
	Kind       string
	Status     string
	Definition workflow.Definition `gorm:"serializer:json"`
	Tags       []string            `gorm:"serializer:json"`
	Services   []string            `gorm:"serializer:json"`
	Words      string
	LowerName  string
	Structure  int
	Hash       string
	Version    int
	Creator    string
	Created    sqlkit.Instant
	Updated    sqlkit.Instant
}

func (workflowRow) TableName() string { return "workflows" }

func workflowRowOf(w workflow.Workflow) workflowRow {
	d := w.Definition
	return workflowRow{
		ID: w.ID.String(), Name: d.Name, Kind: w.Type, Status: string(w.Status), Definition: d, Tags: append([]string{}, w.Tags...),
		Services: append([]string{}, w.Services...), Words: strings.ToLower(strings.Join(append([]string{d.Name, d.Description}, w.Tags...), "\n")),
		LowerName: strings.ToLower(d.Name), Structure: w.Version, Hash: w.Hash, Version: w.Revision,
		Creator: w.CreatedBy, Created: sqlkit.InstantOf(w.CreatedAt), Updated: sqlkit.InstantOf(w.UpdatedAt),
	}
}

func (r workflowRow) workflow() workflow.Workflow {
	return workflow.Workflow{
		ID: domain.StoredID[workflow.Workflow](r.ID), Definition: r.Definition, Type: r.Kind, Status: workflow.Status(r.Status),
		Tags: r.Tags, Services: r.Services, Version: r.Structure, Hash: r.Hash, Revision: r.Version,
		CreatedBy: r.Creator, CreatedAt: r.Created.Time(), UpdatedAt: r.Updated.Time(),
	}
}

type versionRow struct {
	Workflow   string `gorm:"primaryKey"`
	Number     int    `gorm:"primaryKey"`
	Hash       string
	Definition workflow.Definition `gorm:"serializer:json"`
	At         sqlkit.Instant
}

func (versionRow) TableName() string { return "workflow_versions" }

// Add implements workflows.Definitions.
func (s *Definitions) Add(ctx context.Context, w workflow.Workflow) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		if err := s.nameIsFree(ctx, w); err != nil {
			return err
		}
		row := workflowRowOf(w)
		if err := sqlkit.Insert(ctx, s.db, &row, "workflow"); err != nil {
			return err
		}
		return s.keepVersion(ctx, w)
	})
}

func (s *Definitions) keepVersion(ctx context.Context, w workflow.Workflow) error {
	known, err := sqlkit.Count[versionRow](ctx, s.db, "version", sqlkit.Where("workflow = ? AND number = ?", w.ID.String(), w.Version))
	if err != nil || known > 0 {
		return err
	}
	row := versionRow{Workflow: w.ID.String(), Number: w.Version, Hash: w.Hash, Definition: w.Definition, At: sqlkit.InstantOf(w.UpdatedAt)}
	return sqlkit.Insert(ctx, s.db, &row, "version")
}

// nameIsFree names the workflow that has the name; the index lets one of several
// win that take it at once.
func (s *Definitions) nameIsFree(ctx context.Context, w workflow.Workflow) error {
	if w.Status == workflow.Archived {
		return nil
	}
	others, err := sqlkit.List[workflowRow](ctx, s.db, "workflow",
		sqlkit.Where("creator = ? AND name = ? AND id <> ? AND status <> 'archived'", w.CreatedBy, w.Definition.Name, w.ID.String()), sqlkit.Limit(1))
	if err != nil || len(others) == 0 {
		return err
	}
	return domain.Conflict.New("A workflow named "+w.Definition.Name+" already exists; choose another name.").WithDetail("id", others[0].ID)
}

// Update implements workflows.Definitions.
func (s *Definitions) Update(ctx context.Context, w workflow.Workflow) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		if err := s.nameIsFree(ctx, w); err != nil {
			return err
		}
		row := workflowRowOf(w)
		if err := sqlkit.UpdateVersioned(ctx, s.db, &row, w.Revision-1, "workflow"); err != nil {
			return err
		}
		return s.keepVersion(ctx, w)
	})
}

// Delete implements workflows.Definitions.
func (s *Definitions) Delete(ctx context.Context, id workflow.ID) error {
	had, err := sqlkit.Delete[workflowRow](ctx, s.db, "workflow", sqlkit.Where("id = ?", id.String()))
	if err == nil && had == 0 {
		err = domain.NotFound.New("There is no such workflow.")
	}
	return err
}

// Get implements workflows.Definitions.
func (s *Definitions) Get(ctx context.Context, id workflow.ID) (workflow.Workflow, error) {
	row, err := sqlkit.Get[workflowRow](ctx, s.db, "workflow", sqlkit.Where("id = ?", id.String()))
	return row.workflow(), err
}

// Find implements workflows.Definitions.
func (s *Definitions) Find(ctx context.Context, f workflows.Filter, page domain.PageRequest) (domain.Page[workflow.Workflow], error) {
	scopes := []sqlkit.Scope{sqlkit.Equal("name", f.Name), sqlkit.Equal("kind", f.Type), sqlkit.Equal("creator", f.CreatedBy), sqlkit.Equal("status", string(f.Status)),
		holds("lower_name", f.NameContains)}
	if f.Tag != "" {
		scopes = append(scopes, sqlkit.Where("replace(tags, ?, '') <> tags", encoded(f.Tag)))
	}
	for _, word := range f.Words {
		scopes = append(scopes, holds("words", word))
	}
	rows, err := sqlkit.Page[workflowRow](ctx, s.db, "workflow", "created DESC, id", page, scopes...)
	return domain.MapPage(rows, workflowRow.workflow), err
}

// Versions implements workflows.Definitions.
func (s *Definitions) Versions(ctx context.Context, id workflow.ID) ([]workflows.KeptVersion, error) {
	rows, err := sqlkit.List[versionRow](ctx, s.db, "version", sqlkit.Where("workflow = ?", id.String()), sqlkit.Order("number"))
	if err == nil && len(rows) == 0 {
		err = domain.NotFound.New("There is no such workflow.")
	}
	kept := make([]workflows.KeptVersion, len(rows))
	for i, r := range rows {
		kept[i] = workflows.KeptVersion{Version: r.Number, Hash: r.Hash, Definition: r.Definition, At: r.At.Time()}
	}
	return kept, err
}

// Count implements workflows.Definitions.
func (s *Definitions) Count(ctx context.Context) (map[workflow.Status]int, error) {
	return countBy[workflow.Status](ctx, s.db, "workflows")
}
