package docstore

//go:generate go tool mockgen -source=driven_tags.go -destination=../mocks/docstoremock/tags.go -package=docstoremock

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

// Tags keeps what documents are about. Faults are as in Documents. Tags go with
// their document when it is purged.
type Tags interface {
	// Assign makes tags those of a document that were not set by hand, in place of
	// the ones before. A tag whose name is set by hand is passed over, and one that
	// is there already keeps its time. It fails with NotFound when the document
	// was never stored and there are tags.
	Assign(ctx context.Context, id document.ID, tags []document.Tag) error
	// Set stores one tag, in place of the document's tag of that name; NotFound
	// when the document was never stored.
	Set(ctx context.Context, id document.ID, tag document.Tag) error
	// Of returns the tags of a document, of one category or of all when it is
	// empty, by category and name; an unknown id has none.
	Of(ctx context.Context, id document.ID, category document.Category) ([]document.Tag, error)
	// Remove erases the named tags of a document, or all when no name is given, and
	// returns how many it erased.
	Remove(ctx context.Context, id document.ID, names []string) (int, error)
	// Search returns living documents, those with most of the tags first, ties by id.
	Search(ctx context.Context, s document.TagSearch) (domain.Page[document.TaggedDocument], error)
	// Stats counts the tags of living documents.
	Stats(ctx context.Context) (document.TagStats, error)
}

// Taxonomy keeps the order of tags. Faults are as in Documents.
type Taxonomy interface {
	// Add stores a new node; Conflict when the tag is taken, and NotFound when the
	// parent is unknown.
	Add(ctx context.Context, n document.TaxonomyNode) error
	// All returns every node, by tag.
	All(ctx context.Context) ([]document.TaxonomyNode, error)
}
