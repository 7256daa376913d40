package sourceagent

//go:generate go tool mockgen -source=driven.go -destination=../mocks/sourceagentmock/sourceagentmock.go -package=sourceagentmock

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
)

// Places keeps the sources that were ingested. Every method fails with Storage
// when the store cannot serve and with Timeout when ctx ended; a failed write
// leaves nothing behind. Returned values are the caller's own: changing them
// does not change the store. Writes take part in the transaction of ctx.
type Places interface {
	// Put stores a place, replacing the one of its id. It fails with Conflict when
	// another place of that kind has the name; details.id names it.
	Put(ctx context.Context, p source.Place) error
	// Get returns a place; NotFound when the id is unknown.
	Get(ctx context.Context, id source.PlaceID) (source.Place, error)
	// List returns places by name, ties by id.
	List(ctx context.Context, page domain.PageRequest) (domain.Page[source.Place], error)
	// Delete erases a place with its records; NotFound when the id is unknown.
	Delete(ctx context.Context, id source.PlaceID) error
}

// Records keeps what was known of each file when it was last ingested. Instants
// are not kept. Faults are as in Places.
type Records interface {
	// Load returns every record of a place, by path; an unknown place has none.
	Load(ctx context.Context, place source.PlaceID) ([]source.Record, error)
	// List returns a page of them, by path.
	List(ctx context.Context, place source.PlaceID, page domain.PageRequest) (domain.Page[source.Record], error)
	// Put stores the record of a file, replacing the one of its path; NotFound when
	// the place is unknown.
	Put(ctx context.Context, place source.PlaceID, r source.Record) error
	// Delete erases the record of a path. An unknown path is no error.
	Delete(ctx context.Context, place source.PlaceID, path string) error
	// Holders returns the records of all places that point to a document, those
	// that own it first, then by place and path.
	Holders(ctx context.Context, document string) ([]source.Holder, error)
}

// Runs keeps ingestions. Faults are as in Places.
type Runs interface {
	// Begin stores a new run that is Running. It fails with Conflict when the id is
	// taken, or another run of the place is running; details.id then names that
	// one. A running one whose lease ended at or before r.StartedAt is in nobody's
	// way: it ends as Failed at that instant.
	Begin(ctx context.Context, r source.Run) error
	// Update replaces a run. It fails with NotFound when the id is unknown, and
	// with Conflict unless the stored run is Running; details.status tells how it ended.
	Update(ctx context.Context, r source.Run) error
	// Get returns a run; NotFound when the id is unknown.
	Get(ctx context.Context, id source.RunID) (source.Run, error)
	// List returns runs, the latest started first, ties by id. A zero place means
	// those of all, an empty status those in any state.
	List(ctx context.Context, place source.PlaceID, status source.Status, page domain.PageRequest) (domain.Page[source.Run], error)
}
