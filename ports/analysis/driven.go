package analysis

//go:generate go tool mockgen -source=driven.go -destination=../mocks/analysismock/analysismock.go -package=analysismock

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/check"
	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
)

// Checks keeps the checks of projects, which never change. Every method fails with
// Storage when the store cannot serve and with Timeout when ctx ended; a failed
// write leaves nothing behind. Returned values are the caller's own: changing them
// does not change the store. Writes take part in the transaction of ctx. Instants
// are kept in UTC, to the microsecond. Names and paths are told apart by their bytes
// and sorted by them.
type Checks interface {
	// Add stores a check. It fails with Conflict when the id is taken, or the project
	// has a check of that number: of several that end at once, one is added.
	Add(ctx context.Context, c check.Check) error
	// Get returns a check; NotFound when the id is unknown.
	Get(ctx context.Context, id check.ID) (check.Check, error)
	// Latest returns the check of a project with the greatest number; NotFound when
	// it has none.
	Latest(ctx context.Context, project string) (check.Check, error)
	// List returns the checks that the filter keeps, without their Changes and
	// Troubles, the latest finished first, ties by the greater number and then by id.
	List(ctx context.Context, f CheckFilter, page domain.PageRequest) (domain.Page[check.Check], error)
}

// CheckFilter chooses checks. The zero filter keeps all.
type CheckFilter struct {
	// Project is the name of one project; empty is all.
	Project string
	// From and To bound when a check finished, From <= t < To; zero is no bound.
	From, To time.Time
}

// Claims keeps the claims of documents. Faults are as in Checks.
type Claims interface {
	// Load returns every claim of a project, closed ones too, by document, then place,
	// then id.
	Load(ctx context.Context, project string) ([]check.Claim, error)
	// Put stores claims, all or none, each replacing the one of its id.
	Put(ctx context.Context, claims ...check.Claim) error
	// Get returns a claim, closed or not; NotFound when the id is unknown.
	Get(ctx context.Context, id check.ClaimID) (check.Claim, error)
	// List returns the claims that the filter keeps, by project, then document, then
	// place, then id.
	List(ctx context.Context, f ClaimFilter, page domain.PageRequest) (domain.Page[check.Claim], error)
	// Worst returns at most limit documents of a project that have drifted open
	// claims, those with most first, ties by path.
	Worst(ctx context.Context, project string, limit int) ([]DocumentDrift, error)
}

// ClaimFilter chooses claims. The zero filter keeps all that are open.
type ClaimFilter struct {
	// Project is the name of one project, and Name that of what is claimed; empty is
	// any.
	Project, Name string
	// Document is a path, or everything below a folder when it ends with a slash;
	// empty is any.
	Document string
	// States lists the wanted states; none is any.
	States []claim.State
	// Kind is that of what is claimed; 0 is any.
	Kind code.Kind
	// Closed keeps those that vanished from their documents instead of the open ones.
	Closed bool
}

// DocumentDrift counts the open claims of a document.
type DocumentDrift struct {
	// Document is its path; Claims are all, Drifted the wrong ones.
	Document        string
	Claims, Drifted int
}

// Turns keeps how claims stood from check to check. Faults are as in Checks.
type Turns interface {
	// Append stores turns behind those that are there, all or none.
	Append(ctx context.Context, turns ...check.Turn) error
	// List returns the turns of a claim in the order in which they were appended; an
	// unknown claim has none.
	List(ctx context.Context, id check.ClaimID, page domain.PageRequest) (domain.Page[check.Turn], error)
}

// Facts keeps the facts of the code of projects. Faults are as in Checks.
type Facts interface {
	// Replace stores the facts of a project in the place of all that it had.
	Replace(ctx context.Context, project string, facts []code.Fact) error
	// List returns the facts that the filter keeps, by project, then name, kind, path
	// and line, ties in the order in which they were given.
	List(ctx context.Context, f FactFilter, page domain.PageRequest) (domain.Page[ProjectFact], error)
}

// FactFilter chooses facts. The zero filter keeps all.
type FactFilter struct {
	// Project is the name of one project; empty is any.
	Project string
	// Name and Path are whole, or a beginning when they end with *; empty is any.
	Name, Path string
	// Kind is that of the fact; 0 is any.
	Kind code.Kind
}

// ProjectFact is a fact with the project that it is of.
type ProjectFact struct {
	Project string
	code.Fact
}
