package docstore

//go:generate go tool mockgen -source=driven_quality.go -destination=../mocks/docstoremock/quality.go -package=docstoremock

import (
	"context"

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
