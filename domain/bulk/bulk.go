// Package bulk is the concept of one request for many things, done piece by
// piece after the request was answered.
package bulk

import (
	"time"

	"github.com/docsteward/docsteward/domain"
)

// ID identifies an operation.
type ID = domain.ID[Operation]

// ParseID returns the operation id that text spells; Invalid when it spells none.
func ParseID(text string) (ID, error) { return domain.ParseID[Operation](text) }

// Names of the events of an operation.
const (
	EventStarted   = "bulk_operation.started"
	EventCompleted = "bulk_operation.completed"
	EventFailed    = "bulk_operation.failed"
)

// Type says what is done with every item.
type Type string

// The types.
const (
	CreateDocuments    Type = "create_documents"
	SearchDocuments    Type = "search_documents"
	DeleteDocuments    Type = "delete_documents"
	TagDocuments       Type = "tag_documents"
	UpdateDocuments    Type = "update_documents"
	ImportDocuments    Type = "import_documents"
	ReanalyzeDocuments Type = "reanalyze_documents"
)

// Status is how far an operation has come.
type Status string

// The states: Receiving while items still come, Pending, then Processing, then one
// of the others for good.
const (
	Receiving  Status = "receiving"
	Pending    Status = "pending"
	Processing Status = "processing"
	Completed  Status = "completed"
	Failed     Status = "failed"
	Cancelled  Status = "cancelled"
)

// Finished reports whether nothing more will be done.
func (s Status) Finished() bool { return s == Completed || s == Failed || s == Cancelled }

// Operation is a request for many things.
type Operation struct {
	// ID identifies the operation.
	ID ID
	// Type says what is done with every item.
	Type Type
	// Status says how far it has come.
	Status Status
	// Total is how many items there are; Successful and Failed how many of them are done.
	Total, Successful, Failed int
	// Correlation and User are those of the request.
	Correlation, User string
	// CreatedAt, StartedAt and CompletedAt are in UTC; zero while it has not come so far.
	CreatedAt, StartedAt, CompletedAt time.Time
}

// Processed is how many items are done.
func (o Operation) Processed() int { return o.Successful + o.Failed }

// Percentage is the part that is done, 0 to 100.
func (o Operation) Percentage() float64 {
	if o.Total == 0 {
		return 100
	}
	return 100 * float64(o.Processed()) / float64(o.Total)
}

// Outcome is the status in which an operation ends whose items are all done:
// Failed when every single one failed.
func (o Operation) Outcome() Status {
	if o.Total > 0 && o.Successful == 0 {
		return Failed
	}
	return Completed
}

// ItemState is how an item fared.
type ItemState string

// The states of an item.
const (
	Waiting       ItemState = "waiting"
	ItemSucceeded ItemState = "succeeded"
	ItemFailed    ItemState = "failed"
)

// Item is one of the things of an operation.
type Item struct {
	// Number counts from 0 in the order of the request.
	Number int
	// Input is the item of the request as JSON.
	Input []byte
	// State says how it fared.
	State ItemState
	// Result is what came out as JSON; empty unless it succeeded.
	Result []byte
	// Code and Cause say why it failed.
	Code, Cause string
}
