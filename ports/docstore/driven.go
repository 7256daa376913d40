package docstore

//go:generate go tool mockgen -source=driven.go -destination=../mocks/docstoremock/docstoremock.go -package=docstoremock

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/span"
)

// Documents keeps documents as they stand now. Every method fails with Storage
// when the store cannot serve and with Timeout when ctx ended; a failed write
// leaves nothing behind. Returned values are the caller's own: changing them
// does not change the store. Writes take part in the transaction of ctx.
type Documents interface {
	// Add stores a new document and its first version. It fails with Conflict
	// when the id is taken, also by a deleted document, or when a living document
	// has the same content hash; details.id names the one in the way.
	Add(ctx context.Context, d document.State) error
	// Update stores a later version of a document: the one after the version
	// that is stored. It fails with NotFound when the id is unknown, and with
	// Conflict when the stored version is not d.Version-1 (details.version holds
	// it) or another living document has the content hash (details.id).
	Update(ctx context.Context, d document.State) error
	// Get returns a document, also a deleted one; NotFound when the id is unknown.
	Get(ctx context.Context, id document.ID) (document.State, error)
	// FindByHash returns the living document with the content hash; NotFound when there is none.
	FindByHash(ctx context.Context, hash string) (document.State, error)
	// List returns living documents, the latest changed first, ties by id. The
	// content of the items is left out unless withContent.
	List(ctx context.Context, filter document.Filter, page domain.PageRequest, withContent bool) (domain.Page[document.State], error)
	// Purge erases a document with its whole history; NotFound when the id is unknown.
	Purge(ctx context.Context, id document.ID) error
}

// History reads the versions of documents. Faults are as in Documents.
type History interface {
	// Version returns one version with its content; NotFound when there is no such version.
	Version(ctx context.Context, id document.ID, number int) (document.Version, error)
	// At returns the version that was valid at the instant, with its content;
	// NotFound when the document did not exist, or was deleted, then.
	At(ctx context.Context, id document.ID, instant time.Time) (document.Version, error)
	// Versions lists the versions of a document without content, newest first;
	// an unknown id has none.
	Versions(ctx context.Context, id document.ID, page domain.PageRequest) (domain.Page[document.Version], error)
	// Prune erases all but the newest keep versions and returns how many it
	// erased. Numbers of the others stay. Doing it again erases nothing.
	Prune(ctx context.Context, id document.ID, keep int) (int, error)
	// Summary counts versions over the whole store.
	Summary(ctx context.Context) (document.HistorySummary, error)
}

// Index finds documents by their words. A store that shares its transaction
// with Documents makes a document findable at the commit that stores it.
// Faults are as in Documents.
type Index interface {
	// Put makes a version findable, the current one from its ValidFrom on; the
	// version before it stays findable as of its own time. A version that marks a
	// deletion makes the document findable as of earlier instants only. Put again
	// of the same version changes nothing.
	Put(ctx context.Context, v document.Version) error
	// Drop forgets a document that is being purged: once it and Documents.Purge are
	// done, in one transaction, no search finds it as of any instant. Dropping the
	// unknown is no error.
	Drop(ctx context.Context, id document.ID) error
	// Search answers a query. Every clause must be met (any one with Any, and then
	// whoever meets more comes first); no excluded clause may be met; a query
	// without clauses meets everything that its fields and bounds meet. Fields are
	// met by strings only. Analyses count whichever version they are of. Total and
	// Facets count all matches, also where the page is empty; each facet is there,
	// with its most frequent values.
	Search(ctx context.Context, s document.Search) (document.Hits, error)
	// Rebuild makes the index anew from what Documents holds, while searches go
	// on, and returns how many versions it holds.
	Rebuild(ctx context.Context) (int, error)
}

// Spans keeps the addressable pieces of every version. Faults are as in Documents.
type Spans interface {
	// Put stores the spans of one version, in order, replacing those it had.
	Put(ctx context.Context, id document.ID, version int, spans []span.Span) error
	// Of returns the spans of one version, in the order of Put; none for an
	// unknown version.
	Of(ctx context.Context, id document.ID, version int) ([]span.Span, error)
}
