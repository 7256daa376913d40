package query

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/span"
)

// Status says how a query ended.
type Status string

// The statuses.
const (
	// Answered queries have sentences, Executed ones a list of documents.
	Answered Status = "answered"
	Executed Status = "executed"
	// NotFound queries found nothing that answers them.
	NotFound Status = "not_found"
	// Refused queries asked for what a query does not do.
	Refused Status = "refused"
)

// MaxKept is the number of documents that are kept with the result of a query.
const MaxKept = 100

// Cited is a sentence of an answer with the span that it is quoted from.
type Cited struct {
	// Text is the sentence as a reader sees it, Quote the bytes of the span.
	Text, Quote string
	// Span is where it stands.
	Span span.Span
	// Title is that of the document, Headings are those above the sentence.
	Title    string
	Headings []string
	// Code is set where it is a piece of code.
	Code bool
}

// Holds reports whether the cited text still stands in a document: content is that
// of the given version, which may be a later one, in which it may have moved.
func (c Cited) Holds(version int, content string) bool {
	if version == c.Span.Version {
		return c.Span.Holds([]byte(content))
	}
	return strings.Contains(content, c.Quote)
}

// Found is a document in the result of a query.
type Found struct {
	Document, Title string
	Version         int
	Hash            string
	Score           float64
	Snippet         string
}

// Record is a query with its outcome. It is written once.
type Record struct {
	ID ID
	// Text is as it was asked; Structured tells a statement from a question.
	Text       string
	Structured bool
	Type       Type
	Intent     Intent
	Status     Status
	// Confidence is that of the answer, 0 to 1.
	Confidence float64
	// Sentences are the answer, Documents the documents found, at most MaxKept, of
	// Total.
	Sentences []Cited
	Documents []Found
	Total     int
	// Missing are the terms that nothing near the answer speaks of.
	Missing []string
	// User asked; Correlation joins it to the request.
	User, Correlation string
	At                time.Time
	Took              time.Duration
}

// ID identifies a query.
type ID = domain.ID[Record]

// ParseID reads the identifier of a query; Invalid where it is none.
func ParseID(text string) (ID, error) { return domain.ParseID[Record](text) }

// MaxComment is the greatest length of a comment, in characters.
const MaxComment = 2000

// Feedback is what an asker says of a result. The last one of each user counts.
type Feedback struct {
	Query   ID
	User    string
	Helpful bool
	Comment string
	At      time.Time
}

// NewFeedback returns feedback; Invalid when the comment is longer than MaxComment.
func NewFeedback(query ID, user string, helpful bool, comment string, now time.Time) (Feedback, error) {
	comment = strings.TrimSpace(comment)
	if utf8.RuneCountInString(comment) > MaxComment {
		return Feedback{}, domain.Invalid.New("The comment is too long.").WithField("comment", "maxLength", "must be at most 2000 characters long")
	}
	return Feedback{Query: query, User: user, Helpful: helpful, Comment: comment, At: now}, nil
}
