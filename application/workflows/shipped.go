package workflows

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/workflows"
)

//go:embed shipped/*.json
var shipped embed.FS

// Shipper is the creator of the workflows that every installation has.
const Shipper = "docsteward"

// Templates are the shipped definitions, by the names of their files.
func Templates() []workflows.Template {
	files, err := shipped.ReadDir("shipped")
	if err != nil {
		panic(err) // it is embedded
	}
	templates := make([]workflows.Template, len(files))
	for i, file := range files {
		body, err := shipped.ReadFile("shipped/" + file.Name())
		if err == nil {
			err = json.Unmarshal(body, &templates[i])
		}
		if err != nil {
			panic(fmt.Sprintf("the shipped workflow %s: %v", file.Name(), err))
		}
	}
	return templates
}

// Ship keeps every template as an active workflow, and a new version of one whose
// actions changed since. What somebody archived or made inactive stays so.
func (r *Reconciler) Ship(ctx context.Context) error {
	for _, t := range r.Templates {
		if err := r.ship(ctx, t); err != nil && !errors.Is(err, domain.Conflict) {
			return err
		} // a Conflict: another process ships it right now
	}
	return nil
}

func (r *Reconciler) ship(ctx context.Context, t workflows.Template) error {
	w := ofTemplate(t, Shipper)
	found, err := r.Definitions.Find(ctx, workflows.Filter{Name: t.Name, CreatedBy: Shipper}, domain.PageRequest{Limit: 1})
	if err != nil {
		return err
	}
	if len(found.Items) == 0 {
		return r.keep(ctx, &w, true)
	}
	kept := found.Items[0]
	if kept.Hash == w.Definition.Hash() || kept.Status == workflow.Archived {
		return nil
	}
	kept.Definition = w.Definition
	if err := kept.Accept(r.Compiler); err != nil {
		return err
	}
	kept.Changed(r.now())
	return r.Definitions.Update(ctx, kept)
}
