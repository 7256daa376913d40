package domain

import "time"

// Event is something that happened to an aggregate. It is stored with the
// change that it tells of, in one transaction, and delivered at least once, in
// order within one aggregate.
type Event struct {
	// ID identifies the event; handlers use it to recognise a repeat.
	ID string
	// Name says what happened, such as "document.created".
	Name string
	// Aggregate is the type of the thing that it happened to, such as "document".
	Aggregate string
	// AggregateID identifies that thing; order is kept per (Aggregate, AggregateID).
	AggregateID string
	// Version is the version of the aggregate after the event, from 1; 0 where it has none.
	Version int
	// At is when it happened, in UTC.
	At time.Time
	// Correlation joins the event to the request that caused it.
	Correlation string
	// Payload is the published body: JSON that a subscriber can read without the sender's types.
	Payload []byte
}

// Recorder collects the events of an aggregate until a use case takes them to
// the outbox. The zero value is ready; it is meant to be embedded.
type Recorder struct{ events []Event }

// Record appends an event.
func (r *Recorder) Record(e Event) { r.events = append(r.events, e) }

// TakeEvents returns the events recorded since the last call, oldest first, and
// forgets them.
func (r *Recorder) TakeEvents() []Event {
	events := r.events
	r.events = nil
	return events
}
