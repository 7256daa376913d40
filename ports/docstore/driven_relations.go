package docstore

//go:generate go tool mockgen -source=driven_relations.go -destination=../mocks/docstoremock/relations.go -package=docstoremock

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

// Relations keeps the links between documents. Faults are as in Documents. A
// relation is seen while both its ends live: that of a deleted document is seen
// again when the document is, and is erased when it is purged.
type Relations interface {
	// Add stores a new relation. It fails with NotFound when an end was never
	// stored, and with Conflict when there is one of that triple (details.id) or
	// that id, seen or not.
	Add(ctx context.Context, r document.Relation) error
	// Get returns a relation; NotFound when the id is unknown.
	Get(ctx context.Context, id document.RelationID) (document.Relation, error)
	// Remove erases a relation; NotFound when the id is unknown.
	Remove(ctx context.Context, id document.RelationID) error
	// List returns the relations of a document, the latest created first, ties by
	// id; an unknown id has none. External relations are outgoing.
	List(ctx context.Context, id document.ID, filter document.RelationFilter, page domain.PageRequest) (domain.Page[document.Relation], error)
	// From returns every relation that starts at one of the documents, External
	// ones too, by id.
	From(ctx context.Context, ids []document.ID) ([]document.Relation, error)
	// Touching returns every relation between documents that has one of them at
	// either end, each once, by id.
	Touching(ctx context.Context, ids []document.ID) ([]document.Relation, error)
	// Edges returns every relation between documents as a link, in no order, and
	// counts the external ones.
	Edges(ctx context.Context) (edges []document.Edge, external int, err error)
}

// Directory tells living documents apart without their content. Faults are as in
// Documents.
type Directory interface {
	// Nodes returns those of the documents that live, by id.
	Nodes(ctx context.Context, ids []document.ID) ([]document.Node, error)
	// ByPath returns the living document of every path that is the metadata.path
	// of one: the latest changed, ties by id.
	ByPath(ctx context.Context, paths []string) (map[string]document.ID, error)
}
