package docstore

//go:generate go tool mockgen -source=driven_quality.go -destination=../mocks/docstoremock/quality.go -package=docstoremock

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

// Fingerprints knows which contents say the same. Faults are as in Documents.
type Fingerprints interface {
	// Missing returns at most limit living documents, with their content, whose
	// content hash has no fingerprint yet.
	Missing(ctx context.Context, limit int) ([]document.State, error)
	// Put stores fingerprints by content hash. Storing one again changes nothing.
	Put(ctx context.Context, prints map[string]string) error
	// Shared returns the content hashes, sorted, of the living documents whose
	// fingerprint another living document has too.
	Shared(ctx context.Context) ([]string, error)
}

// QualityLog keeps how the quality of all documents was, so that it can be seen
// to rise and fall. Faults are as in Documents.
type QualityLog interface {
	// Record keeps a summary in place of the one of the same instant, if there is one.
	Record(ctx context.Context, s document.QualitySummary) error
	// List returns summaries, the latest first.
	List(ctx context.Context, page domain.PageRequest) (domain.Page[document.QualitySummary], error)
	// Purge erases at most limit summaries of before the instant, the earliest
	// first, and returns how many it erased.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}
