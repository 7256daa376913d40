package docstore

//go:generate go tool mockgen -source=driven_upkeep.go -destination=../mocks/docstoremock/upkeep.go -package=docstoremock

import "context"

// Upkeep looks after what keeps the store. Faults are as in Documents.
type Upkeep interface {
	// Integrity reads all that is stored and fails with Storage, code corrupt, when
	// it finds damage. Where the engine checks itself it asks for a sign of life.
	Integrity(ctx context.Context) error
	// Size returns the bytes that the store takes up.
	Size(ctx context.Context) (int64, error)
}
