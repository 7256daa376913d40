package report

import (
	"time"

	"github.com/docsteward/docsteward/domain"
)

// Channel is a way by which reports reach their readers.
type Channel string

// The channels; the zero Channel keeps the report where it is.
const (
	// Webhook posts the bytes of the report to an address.
	Webhook Channel = "webhook"
	// Notice posts a JSON object with a title and a text, as chat services take it.
	Notice Channel = "notice"
	// Folder writes the file into a folder below that of the service.
	Folder Channel = "folder"
)

// Destination is where reports go: a URL, or the name of a folder.
type Destination struct {
	Channel Channel
	Address string
}

// Check fails with Invalid when reports cannot go there: an unknown channel, or one
// without an address.
func (d Destination) Check() error {
	switch d.Channel {
	case "":
		return nil
	case Webhook, Notice, Folder:
		if d.Address == "" {
			return domain.Invalid.New("A delivery needs an address.").WithField("delivery.address", "required", "must not be blank")
		}
		return nil
	}
	return domain.Invalid.New("There is no channel "+quoted(string(d.Channel))+"; there are webhook, notice and folder.").
		WithField("delivery.channel", "enum", "must be webhook, notice or folder")
}

// DeliveryID identifies a delivery.
type DeliveryID = domain.ID[Delivery]

// ParseDeliveryID returns the DeliveryID that text spells; Invalid when it spells none.
func ParseDeliveryID(text string) (DeliveryID, error) { return domain.ParseID[Delivery](text) }

// DeliveryStatus says how far a delivery is.
type DeliveryStatus string

// The statuses of deliveries.
const (
	// Pending deliveries are attempted again.
	Pending DeliveryStatus = "pending"
	// Delivered ones arrived.
	Delivered DeliveryStatus = "delivered"
	// Dead ones are given up; Cause says why.
	Dead DeliveryStatus = "dead"
)

// MaxAttempts is how often a delivery is attempted before it is given up.
const MaxAttempts = 6

// Delivery is a report on its way.
type Delivery struct {
	ID         DeliveryID
	Report     ID
	Schedule   string
	To         Destination
	Status     DeliveryStatus
	Attempts   int
	Cause      string
	NextAt     time.Time
	CreatedAt  time.Time
	FinishedAt time.Time
	Revision   int
}

// NewDelivery returns a delivery that is due at once, of revision 1.
func NewDelivery(id DeliveryID, r Report, to Destination, now time.Time) Delivery {
	return Delivery{ID: id, Report: r.ID, Schedule: r.Schedule, To: to, Status: Pending, NextAt: now, CreatedAt: now, Revision: 1}
}

// Claim hides the delivery from others while it is attempted.
func (d *Delivery) Claim(now time.Time) {
	d.NextAt = now.Add(Lease)
	d.Attempts++
	d.Revision++
}

// Arrived ends the delivery well.
func (d *Delivery) Arrived(now time.Time) {
	d.Status, d.Cause, d.FinishedAt, d.NextAt = Delivered, "", now, time.Time{}
	d.Revision++
}

// Missed notes that an attempt failed. The next follows after a pause that doubles from
// 30 s to at most an hour, and up to a quarter more by random in [0, 1). The delivery is
// given up after MaxAttempts, and at once when hopeless.
func (d *Delivery) Missed(now time.Time, cause string, hopeless bool, random float64) {
	d.Cause = cause
	d.Revision++
	if hopeless || d.Attempts >= MaxAttempts {
		d.Status, d.FinishedAt, d.NextAt = Dead, now, time.Time{}
		return
	}
	pause := min(30*time.Second<<max(d.Attempts-1, 0), time.Hour)
	d.NextAt = now.Add(pause + time.Duration(random*float64(pause)/4))
}

// Again makes a delivery that was given up pending again, due at now. It fails with
// Conflict on any other.
func (d *Delivery) Again(now time.Time) error {
	if d.Status != Dead {
		return domain.Conflict.New("The delivery is " + string(d.Status) + "; only one that was given up is sent again.")
	}
	d.Status, d.Attempts, d.NextAt, d.FinishedAt = Pending, 0, now, time.Time{}
	d.Revision++
	return nil
}
