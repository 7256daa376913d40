package webhook

import (
	"time"

	"github.com/docsteward/docsteward/domain"
)

// DeliveryID identifies a delivery.
type DeliveryID = domain.ID[Delivery]

// Status is how far a delivery has come.
type Status string

// The states. Pending becomes Delivered or, once its attempts are used up, Dead;
// only a resend leads out of either.
const (
	Pending   Status = "pending"
	Delivered Status = "delivered"
	Dead      Status = "dead"
)

// Delivery is one event on its way to one webhook.
type Delivery struct {
	// ID identifies the delivery and is sent along, so that a receiver recognises a repeat.
	ID DeliveryID
	// Webhook is where it goes.
	Webhook ID
	// Event and Name are the id and the name of the event.
	Event, Name string
	// Body holds the bytes that are sent and signed.
	Body []byte
	// Status says how far it has come.
	Status Status
	// Attempts counts the attempts that were made.
	Attempts int
	// NextAt is when the next attempt is due, while Pending.
	NextAt time.Time
	// Answer is the HTTP status of the last attempt; 0 when there was no answer.
	Answer int
	// Cause is the text of the last failure.
	Cause string
	// CreatedAt is when the delivery began, FinishedAt when it became Delivered or Dead.
	CreatedAt, FinishedAt time.Time
}

// DeliveryFilter narrows a list of deliveries; empty fields narrow nothing.
type DeliveryFilter struct {
	Webhook ID
	Status  Status
}

// Succeeded returns the delivery after an attempt that was accepted.
func (d Delivery) Succeeded(answer int, now time.Time) Delivery {
	d.Status, d.Answer, d.Cause = Delivered, answer, ""
	d.Attempts++
	d.FinishedAt = now.UTC()
	return d
}

// Failed returns the delivery after an attempt that was not accepted: due again
// after Backoff, or dead when retries attempts followed the first already.
// random is in [0, 1) and spreads the retries.
func (d Delivery) Failed(answer int, cause string, retries int, now time.Time, random float64) Delivery {
	d.Answer, d.Cause = answer, cause
	d.Attempts++
	if d.Attempts > retries {
		return d.Buried(cause, now)
	}
	d.NextAt = now.UTC().Add(Backoff(d.Attempts, random))
	return d
}

// Buried returns the delivery given up.
func (d Delivery) Buried(cause string, now time.Time) Delivery {
	d.Status, d.Cause, d.FinishedAt = Dead, cause, now.UTC()
	return d
}

// Resent returns the delivery as new, due at once. It fails with Conflict while
// the delivery is still pending.
func (d Delivery) Resent(now time.Time) (Delivery, error) {
	if d.Status == Pending {
		return d, domain.Conflict.New("The delivery is still under way; wait for its end before sending it again.")
	}
	d.Status, d.Attempts, d.NextAt, d.FinishedAt = Pending, 0, now.UTC(), time.Time{}
	return d, nil
}

// Backoff returns the pause after the given attempt, from 1: 1 s, 2 s, 4 s and
// so on, and up to a quarter of it more by random in [0, 1).
func Backoff(attempt int, random float64) time.Duration {
	pause := time.Second << min(max(attempt-1, 0), 20)
	return pause + time.Duration(random*float64(pause)/4)
}
