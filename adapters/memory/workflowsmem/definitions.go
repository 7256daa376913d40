// Package workflowsmem keeps workflows and their runs in memory, for tests and for
// programs that keep nothing.
package workflowsmem

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/workflows"
)

var (
	_ workflows.Definitions = (*Definitions)(nil)
	_ workflows.Executions  = (*Executions)(nil)
)

// Definitions keeps workflows.
type Definitions struct {
	db   *memkit.DB
	rows *memkit.Table[string, kept]
}

type kept struct {
	workflow workflow.Workflow
	versions []workflows.KeptVersion
}

// NewDefinitions returns no workflows in db.
func NewDefinitions(db *memkit.DB) *Definitions {
	return &Definitions{db, memkit.NewTable[string](db, func(k kept) kept {
		k.workflow.Tags, k.workflow.Services = slices.Clone(k.workflow.Tags), slices.Clone(k.workflow.Services)
		k.versions = slices.Clone(k.versions)
		return k
	})}
}

// Add implements workflows.Definitions.
func (s *Definitions) Add(ctx context.Context, w workflow.Workflow) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		if err := s.nameIsFree(ctx, w); err != nil {
			return err
		}
		return s.rows.Insert(ctx, w.ID.String(), kept{w, []workflows.KeptVersion{versionOf(w)}}, "workflow")
	})
}

func versionOf(w workflow.Workflow) workflows.KeptVersion {
	return workflows.KeptVersion{Version: w.Version, Hash: w.Hash, Definition: w.Definition, At: w.UpdatedAt}
}

func (s *Definitions) nameIsFree(ctx context.Context, w workflow.Workflow) error {
	if w.Status == workflow.Archived {
		return nil
	}
	others, err := s.rows.Select(ctx, func(k kept) bool {
		o := k.workflow
		return o.ID != w.ID && o.Definition.Name == w.Definition.Name && o.CreatedBy == w.CreatedBy && o.Status != workflow.Archived
	})
	if err != nil || len(others) == 0 {
		return err
	}
	return domain.Conflict.New("A workflow named "+w.Definition.Name+" already exists; choose another name.").WithDetail("id", others[0].workflow.ID.String())
}

// Update implements workflows.Definitions.
func (s *Definitions) Update(ctx context.Context, w workflow.Workflow) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		return s.rows.Update(ctx, w.ID.String(), "workflow", func(k kept) (kept, error) {
			if k.workflow.Revision != w.Revision-1 {
				return k, domain.Conflict.New("The workflow was changed since it was read; read it again.").WithDetail("revision", k.workflow.Revision)
			}
			if err := s.nameIsFree(ctx, w); err != nil {
				return k, err
			}
			if !slices.ContainsFunc(k.versions, func(v workflows.KeptVersion) bool { return v.Version == w.Version }) {
				k.versions = append(k.versions, versionOf(w))
			}
			k.workflow = w
			return k, nil
		})
	})
}

// Delete implements workflows.Definitions.
func (s *Definitions) Delete(ctx context.Context, id workflow.ID) error {
	had, err := s.rows.Delete(ctx, id.String())
	if err == nil && !had {
		err = noWorkflow()
	}
	return err
}

func noWorkflow() error { return domain.NotFound.New("There is no such workflow.") }

// Get implements workflows.Definitions.
func (s *Definitions) Get(ctx context.Context, id workflow.ID) (workflow.Workflow, error) {
	k, ok, err := s.rows.Get(ctx, id.String())
	if err == nil && !ok {
		err = noWorkflow()
	}
	return k.workflow, err
}

// Find implements workflows.Definitions.
func (s *Definitions) Find(ctx context.Context, f workflows.Filter, page domain.PageRequest) (domain.Page[workflow.Workflow], error) {
	rows, err := s.rows.Select(ctx, func(k kept) bool { return matches(k.workflow, f) })
	slices.SortFunc(rows, func(a, b kept) int {
		return cmp.Or(b.workflow.CreatedAt.Compare(a.workflow.CreatedAt), strings.Compare(a.workflow.ID.String(), b.workflow.ID.String()))
	})
	return domain.MapPage(memkit.PageOf(rows, page), func(k kept) workflow.Workflow { return k.workflow }), err
}

func matches(w workflow.Workflow, f workflows.Filter) bool {
	is := func(wanted, given string) bool { return wanted == "" || wanted == given }
	if !is(f.Name, w.Definition.Name) || !is(f.Type, w.Type) || !is(f.CreatedBy, w.CreatedBy) || !is(string(f.Status), string(w.Status)) {
		return false
	}
	if f.Tag != "" && !slices.Contains(w.Tags, f.Tag) {
		return false
	}
	if !holds(w.Definition.Name, f.NameContains) {
		return false
	}
	for _, word := range f.Words {
		if !holds(w.Definition.Name, word) && !holds(w.Definition.Description, word) &&
			!slices.ContainsFunc(w.Tags, func(tag string) bool { return holds(tag, word) }) {
			return false
		}
	}
	return true
}

// holds ignores the case of letters.
func holds(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}

// Versions implements workflows.Definitions.
func (s *Definitions) Versions(ctx context.Context, id workflow.ID) ([]workflows.KeptVersion, error) {
	k, ok, err := s.rows.Get(ctx, id.String())
	if err == nil && !ok {
		err = noWorkflow()
	}
	return k.versions, err
}

// Count implements workflows.Definitions.
func (s *Definitions) Count(ctx context.Context) (map[workflow.Status]int, error) {
	rows, err := s.rows.Select(ctx, nil)
	counts := make(map[workflow.Status]int)
	for _, k := range rows {
		counts[k.workflow.Status]++
	}
	return counts, err
}
