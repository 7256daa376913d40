package docstore

//go:generate go tool mockgen -source=driven_bulk.go -destination=../mocks/docstoremock/bulk.go -package=docstoremock

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/bulk"
)

// BulkOperations keeps requests for many things. Faults are as in Documents.
type BulkOperations interface {
	// Add stores a new operation with its items; Conflict when the id is taken.
	Add(ctx context.Context, o bulk.Operation, items []bulk.Item) error
	// Append adds items to an operation that is Receiving, and counts them: those
	// that are done as done. It fails with NotFound when the id is unknown, and with
	// Conflict unless the operation is Receiving; details.status tells what it is.
	Append(ctx context.Context, id bulk.ID, items []bulk.Item) error
	// Seal makes an operation Pending that is Receiving. It fails as Append does.
	Seal(ctx context.Context, id bulk.ID) error
	// Get returns an operation; NotFound when the id is unknown.
	Get(ctx context.Context, id bulk.ID) (bulk.Operation, error)
	// List returns operations, the latest created first, ties by id; an empty
	// status means all.
	List(ctx context.Context, status bulk.Status, page domain.PageRequest) (domain.Page[bulk.Operation], error)
	// Items lists the items of an operation by number; an unknown id has none.
	Items(ctx context.Context, id bulk.ID, page domain.PageRequest) (domain.Page[bulk.Item], error)
	// Finish ends an operation in the status. It fails with NotFound when the id
	// is unknown and with Conflict when the operation is finished already;
	// details.status tells how.
	Finish(ctx context.Context, id bulk.ID, status bulk.Status, at time.Time) error
	// Purge erases at most limit operations with their items, the earliest ended
	// first, and returns how many it erased: those that ended before the instant,
	// and those still Receiving that were created before it.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}

// BulkQueue hands out operations to those who do them. Faults are as in Documents.
type BulkQueue interface {
	// Claim returns the oldest operation, none that is Receiving, that nobody works
	// on, makes it Processing, and hides it from every other Claim until the lease ends. The
	// StartedAt that is returned is zero when it was never claimed before.
	// Whoever dies with a claim loses it with the lease. False means none.
	Claim(ctx context.Context, now, lease time.Time) (bulk.Operation, bool, error)
	// Extend moves the end of the lease; Conflict unless the operation is Processing.
	Extend(ctx context.Context, id bulk.ID, lease time.Time) error
	// Waiting returns at most limit items that are not done, by number.
	Waiting(ctx context.Context, id bulk.ID, limit int) ([]bulk.Item, error)
	// Record stores how an item fared and counts it, once: recording an item that
	// is done changes nothing. It fails with Conflict unless the operation is
	// Processing.
	Record(ctx context.Context, id bulk.ID, item bulk.Item) error
}
