package docstore

//go:generate go tool mockgen -source=driven_lifecycle.go -destination=../mocks/docstoremock/lifecycle.go -package=docstoremock

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/lifecycle"
)

// Policies keeps what decides about the life of documents. Faults are as in Documents.
type Policies interface {
	// Add stores a new policy; Conflict when the id is taken.
	Add(ctx context.Context, p lifecycle.Policy) error
	// Update replaces a policy; NotFound when the id is unknown.
	Update(ctx context.Context, p lifecycle.Policy) error
	// Get returns a policy; NotFound when the id is unknown.
	Get(ctx context.Context, id lifecycle.PolicyID) (lifecycle.Policy, error)
	// List returns policies, the highest priority first, then the oldest, ties by id.
	List(ctx context.Context, page domain.PageRequest) (domain.Page[lifecycle.Policy], error)
	// Delete erases a policy; NotFound when the id is unknown.
	Delete(ctx context.Context, id lifecycle.PolicyID) error
}

// Lifecycles keeps where documents stand, and the audit of how they came there.
// Faults are as in Documents.
type Lifecycles interface {
	// Put stores the record of a document, replacing the one it had, and adds the
	// rows of the audit, all or nothing.
	Put(ctx context.Context, r lifecycle.Record, changes ...lifecycle.Change) error
	// Of returns the records of the documents that have one, by document.
	Of(ctx context.Context, ids ...document.ID) (map[document.ID]lifecycle.Record, error)
	// Changes lists the audit of a document, the latest first; it stays when the
	// document is erased.
	Changes(ctx context.Context, id document.ID, page domain.PageRequest) (domain.Page[lifecycle.Change], error)
}
