package docstore

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// extractRelationships brings the extracted relations of a document in line with
// its content, and tells of every one that is new or gone.
func (s *service) extractRelationships(ctx context.Context, c docstore.ExtractRelationships) (docstore.ExtractedRelationships, error) {
	d, err := s.living(ctx, c.ID)
	if err != nil {
		return docstore.ExtractedRelationships{}, err
	}
	tree, err := s.tree(ctx, d)
	if err != nil {
		return docstore.ExtractedRelationships{}, err
	}
	references := document.ReadReferences(d, tree)
	answer := docstore.ExtractedRelationships{DocumentID: c.ID}
	err = s.Unit.Within(ctx, func(ctx context.Context) error {
		var found []document.Relation
		if found, answer.Unresolved, err = s.resolveReferences(ctx, d, references); err != nil {
			return err
		}
		stored, err := s.Relations.From(ctx, []document.ID{d.ID})
		if err != nil {
			return err
		}
		fresh, stale := document.Reconcile(stored, found)
		answer.Added, answer.Removed = len(fresh), len(stale)
		answer.Items = extractedViews(stored, found)
		answer.Total = len(answer.Items)
		return s.relink(ctx, fresh, stale)
	})
	return answer, err
}

// relink adds and erases relations and tells of each.
func (s *service) relink(ctx context.Context, fresh, stale []document.Relation) error {
	for _, r := range stale {
		if err := s.unlink(ctx, r); err != nil {
			return err
		}
	}
	for _, r := range fresh {
		event, err := s.relationEvent(ctx, document.EventLinked, r)
		if err != nil {
			return err
		}
		if err := s.Relations.Add(ctx, r); err != nil {
			return err
		}
		if err := s.Outbox.Append(ctx, event); err != nil {
			return err
		}
	}
	return nil
}

// extractedViews shows what was found, as it is stored where it was stored before.
func extractedViews(stored, found []document.Relation) []docstore.Relationship {
	known := make(map[document.Triple]document.Relation, len(stored))
	for _, r := range stored {
		known[r.Triple()] = r
	}
	views := make([]docstore.Relationship, len(found))
	for i, r := range found {
		if before, ok := known[r.Triple()]; ok {
			r = before
		}
		views[i] = relationshipView(r)
	}
	return views
}

// tree parses a content; nil where its parser refuses it.
func (s *service) tree(ctx context.Context, d document.State) (*document.Tree, error) {
	tree, err := s.Markup.Parse(ctx, nameOf(d), []byte(d.Content))
	if ctx.Err() != nil {
		return nil, domain.FaultOf(ctx.Err())
	}
	if err != nil {
		return nil, nil //nolint:nilerr // as promised
	}
	return tree, nil
}

// resolveReferences returns the relations that references make, each once, and
// the ids and paths that lead nowhere. References of a document to itself are
// passed over.
func (s *service) resolveReferences(ctx context.Context, d document.State, references []document.Reference) (found []document.Relation, unresolved []string, err error) {
	var ids []document.ID
	var paths []string
	for _, r := range references {
		if id, err := document.ParseID(r.ID); err == nil {
			ids = append(ids, id)
		}
		if r.Path != "" {
			paths = append(paths, r.Path)
		}
	}
	nodes, err := s.Directory.Nodes(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	byPath, err := s.Directory.ByPath(ctx, paths)
	if err != nil {
		return nil, nil, err
	}
	living := make(map[string]document.ID, len(nodes))
	for _, n := range nodes {
		living[n.ID.String()] = n.ID
	}
	unresolved = []string{}
	seen := map[document.Triple]bool{}
	for _, r := range references {
		target := living[r.ID]
		if r.Path != "" {
			target = byPath[r.Path]
		}
		switch {
		case r.URL == "" && target.IsZero():
			if r.Certain {
				unresolved = append(unresolved, r.ID+r.Path)
			}
			continue
		case target == d.ID:
			continue
		}
		relation, err := s.extracted(d.ID, target, r)
		if err != nil {
			return nil, nil, err
		}
		if !seen[relation.Triple()] {
			seen[relation.Triple()] = true
			found = append(found, relation)
		}
	}
	return found, unresolved, nil
}

func (s *service) extracted(source, target document.ID, r document.Reference) (document.Relation, error) {
	kind, strength := r.Relation()
	return document.NewRelation(document.Relation{
		ID: domain.StoredID[document.Relation](s.IDs.New()), Source: source, Target: target, External: r.URL,
		Type: kind, Strength: strength, Extracted: true,
	}, s.Clock.Now())
}
