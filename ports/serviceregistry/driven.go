package serviceregistry

//go:generate go tool mockgen -source=driven.go -destination=../mocks/serviceregistrymock/serviceregistrymock.go -package=serviceregistrymock

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain/registry"
)

// Services keeps the entries. Every method fails with Storage when the store cannot
// serve and with Timeout when ctx ended; a failed write leaves nothing behind.
// Returned values are the caller's own. Writes take part in the transaction of ctx.
type Services interface {
	// Save stores an entry: a new one, of revision 1, or one whose stored revision is
	// one less. It fails with Conflict on any other revision.
	Save(ctx context.Context, s registry.Service) error
	// Delete erases an entry; NotFound when the id is unknown.
	Delete(ctx context.Context, id registry.ID) error
	// Get returns an entry; NotFound when the id is unknown.
	Get(ctx context.Context, id registry.ID) (registry.Service, error)
	// All returns every entry, by id.
	All(ctx context.Context) ([]registry.Service, error)
}

// Remote asks services at their addresses.
type Remote interface {
	// Health asks the service at the address how it is, and returns how long that took,
	// also with a fault. It fails with Unavailable when nobody answers or the answer is
	// no success, and with Timeout when ctx ended. A refusal of the caller is an answer.
	Health(ctx context.Context, base string) (time.Duration, error)
	// OpenAPI reads the document at the address, at most 16 MiB. It fails with
	// Unavailable when nobody answers, with Upstream when the answer is no success or
	// too long, and with Timeout when ctx ended.
	OpenAPI(ctx context.Context, address string) ([]byte, error)
}

// Peer is another registry.
type Peer struct {
	URL string
	// Register enters an entry there.
	Register func(ctx context.Context, c RegisterService) error
}
