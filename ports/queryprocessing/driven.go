package queryprocessing

//go:generate go tool mockgen -source=driven.go -destination=../mocks/queryprocessingmock/queryprocessingmock.go -package=queryprocessingmock

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/query"
)

// History keeps queries with their outcomes, and what askers say of them. Every
// method fails with Storage when the store cannot serve and with Timeout when ctx
// ended; a failed write leaves nothing behind. Returned values are the caller's own.
// Writes take part in the transaction of ctx.
type History interface {
	// Add keeps a query; Conflict when the id is taken.
	Add(ctx context.Context, r query.Record) error
	// Get returns a query with its outcome; NotFound when the id is unknown.
	Get(ctx context.Context, id query.ID) (query.Record, error)
	// Find returns queries that match, without sentences, documents and missing
	// terms, the last asked first, ties by id.
	Find(ctx context.Context, f Filter, page domain.PageRequest) (domain.Page[query.Record], error)
	// Delete erases a query with its feedback; NotFound when the id is unknown.
	Delete(ctx context.Context, id query.ID) error
	// Trim erases all but the last asked keep queries, ties by id as in Find, with
	// their feedback, and returns how many it erased.
	Trim(ctx context.Context, keep int) (int, error)
	// PutFeedback keeps what a user says of a query, in place of what they said
	// before; NotFound when the query is unknown.
	PutFeedback(ctx context.Context, f query.Feedback) error
	// Feedback returns what is said of a query, by the names of the users; an
	// unknown query has none.
	Feedback(ctx context.Context, id query.ID) ([]query.Feedback, error)
	// Count sums up all queries, those of the day from the instant on.
	Count(ctx context.Context, today time.Time) (Counts, error)
}

// Filter chooses queries; what is empty chooses all.
type Filter struct {
	Intent query.Intent
	Status query.Status
	User   string
}

// Counts sums up queries.
type Counts struct {
	// Total is how many there are, Today how many of them since the instant asked for.
	Total, Today int
	// ByStatus and ByIntent tell how many there are of each.
	ByStatus map[query.Status]int
	ByIntent map[query.Intent]int
	// Took is the mean time to answer; 0 without queries.
	Took time.Duration
	// Helpful and Unhelpful count feedback.
	Helpful, Unhelpful int
}
