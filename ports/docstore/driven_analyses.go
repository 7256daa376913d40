package docstore

//go:generate go tool mockgen -source=driven_analyses.go -destination=../mocks/docstoremock/analyses.go -package=docstoremock

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

// Analyses keeps what analyzers made of documents. Faults are as in Documents.
// Analyses go with their document when it is purged, and are seen while it lives.
type Analyses interface {
	// Add stores a new analysis. It fails with NotFound when the document was never
	// stored, and with Conflict when the id is taken.
	Add(ctx context.Context, a document.Analysis) error
	// Get returns an analysis; NotFound when the id is unknown or not seen.
	Get(ctx context.Context, id document.AnalysisID) (document.Analysis, error)
	// Counts returns how many analyses there are of every living document that has one.
	Counts(ctx context.Context) (map[document.ID]int, error)
	// List returns analyses, the latest created first, ties by id.
	List(ctx context.Context, filter document.AnalysisFilter, page domain.PageRequest) (domain.Page[document.Analysis], error)
}
