package workflows

//go:generate go tool mockgen -source=driven.go -destination=../mocks/workflowsmock/workflowsmock.go -package=workflowsmock

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
)

// Definitions keeps workflows. Every method fails with Storage when the store
// cannot serve and with Timeout when ctx ended; a failed write leaves nothing
// behind. Returned values are the caller's own. Writes take part in the
// transaction of ctx.
type Definitions interface {
	// Add stores a new workflow with its first version. It fails with Conflict when
	// the id is taken, or another one of the creator that is not archived has the
	// name; details.id then names that one.
	Add(ctx context.Context, w workflow.Workflow) error
	// Update replaces a workflow whose stored revision is one less than w's, and
	// keeps the version when there is none of its number. It fails with NotFound,
	// and with Conflict on another revision or a name that is taken.
	Update(ctx context.Context, w workflow.Workflow) error
	// Delete erases a workflow with its versions; NotFound when the id is unknown.
	Delete(ctx context.Context, id workflow.ID) error
	// Get returns a workflow; NotFound when the id is unknown.
	Get(ctx context.Context, id workflow.ID) (workflow.Workflow, error)
	// Find returns workflows that match, the last made first, ties by id.
	Find(ctx context.Context, f Filter, page domain.PageRequest) (domain.Page[workflow.Workflow], error)
	// Versions returns every version, the first first; NotFound when the id is unknown.
	Versions(ctx context.Context, id workflow.ID) ([]KeptVersion, error)
	// Count returns the number of workflows by status.
	Count(ctx context.Context) (map[workflow.Status]int, error)
}

// Filter chooses workflows; what is empty chooses all.
type Filter struct {
	// NameContains is a part of the name, in any case of ASCII letters; Words are
	// each a part of name, description or a tag.
	NameContains string
	Words        []string
	// Name, Type, Tag, Status and CreatedBy are equal.
	Name, Type, Tag, CreatedBy string
	Status                     workflow.Status
}

// KeptVersion is a version of a workflow.
type KeptVersion struct {
	Version    int
	Hash       string
	Definition workflow.Definition
	At         time.Time
}

// Executions keeps runs. Faults are as in Definitions.
type Executions interface {
	// Add stores a new run; Conflict when the id is taken.
	Add(ctx context.Context, e workflow.Execution) error
	// Update replaces a run whose stored revision is one less than e's. It fails
	// with NotFound, and with Conflict on another revision.
	Update(ctx context.Context, e workflow.Execution) error
	// Get returns a run; NotFound when the id is unknown.
	Get(ctx context.Context, id workflow.ExecutionID) (workflow.Execution, error)
	// Find returns runs that match, without their outcomes, the last made first,
	// ties by id.
	Find(ctx context.Context, f ExecutionFilter, page domain.PageRequest) (domain.Page[workflow.Execution], error)
	// Count returns the number of runs by status.
	Count(ctx context.Context) (map[workflow.ExecutionStatus]int, error)
	// Busiest returns the workflows with most runs, ties by id.
	Busiest(ctx context.Context, limit int) ([]Busy, error)
}

// ExecutionFilter chooses runs; what is empty chooses all.
type ExecutionFilter struct {
	Workflow workflow.ID
	Status   []workflow.ExecutionStatus
	// From is the first instant of making, Before that behind the last.
	From, Before time.Time
}

// Busy is a workflow with the number of its runs.
type Busy struct {
	Workflow workflow.ID
	Name     string
	Runs     int
}

// Call is what an action asks of somebody outside.
type Call struct {
	// Type is that of the action.
	Type string
	// Config is filled.
	Config map[string]any
	// Key identifies the effect; whoever honours keys does a thing once for each.
	Key string
	// User began the run.
	User string
}

// Performer carries out the actions of one type.
type Performer interface {
	// Perform returns what was answered, a JSON value. It fails with Rejected where
	// the config is not what the type takes, with the fault of who was asked, and
	// with Unavailable where that one is not there. It may be called again with the
	// same key when nobody knows whether the first call arrived.
	Perform(ctx context.Context, call Call) (any, error)
}
