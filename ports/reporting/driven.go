package reporting

//go:generate go tool mockgen -source=driven.go -destination=../mocks/reportingmock/reportingmock.go -package=reportingmock

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
)

// Reports keeps reports with their bytes. Every method fails with Storage when the
// store cannot serve and with Timeout when ctx ended; a failed write leaves nothing
// behind. Returned values are the caller's own. Writes take part in the transaction
// of ctx.
type Reports interface {
	// Add keeps a report with its bytes; Conflict when the id is taken.
	Add(ctx context.Context, r report.Report, content []byte) error
	// Get returns a report; NotFound when the id is unknown.
	Get(ctx context.Context, id report.ID) (report.Report, error)
	// Content returns the bytes of a report; NotFound when the id is unknown.
	Content(ctx context.Context, id report.ID) ([]byte, error)
	// Find returns reports that match, without their documents, the last made first,
	// ties by id.
	Find(ctx context.Context, f Filter, page domain.PageRequest) (domain.Page[report.Report], error)
	// Delete erases a report; NotFound when the id is unknown.
	Delete(ctx context.Context, id report.ID) error
	// Expire erases the reports that were made before the instant and returns how many.
	Expire(ctx context.Context, before time.Time) (int, error)
	// Count sums up all reports, those of the day from the instant on.
	Count(ctx context.Context, today time.Time) (Counts, error)
}

// Filter chooses reports; what is empty chooses all.
type Filter struct {
	Kind     report.Kind
	Status   report.Status
	Schedule string
}

// Counts sums up reports.
type Counts struct {
	// Total is how many there are, Today how many of them since the instant asked for,
	// Failed how many failed.
	Total, Today, Failed int
	// ByKind tells how many there are of each kind.
	ByKind map[report.Kind]int
	// Took is the mean time to make one; 0 without reports.
	Took time.Duration
	// Bytes is the sum of their sizes.
	Bytes int64
}

// Schedules keeps schedules. Faults are as in Reports.
type Schedules interface {
	// Save keeps a schedule: a new one, of revision 1, or one whose stored revision is
	// one less. It fails with Conflict on any other revision, and with NotFound when
	// what is changed is not there.
	Save(ctx context.Context, s report.Schedule) error
	// Get returns a schedule; NotFound when the id is unknown.
	Get(ctx context.Context, id report.ScheduleID) (report.Schedule, error)
	// Find returns schedules by name, ties by id.
	Find(ctx context.Context, page domain.PageRequest) (domain.Page[report.Schedule], error)
	// Delete erases a schedule; NotFound when the id is unknown.
	Delete(ctx context.Context, id report.ScheduleID) error
	// Due returns at most limit schedules that are due at now, by the rule of
	// report.Schedule.Due; those whose run was interrupted first, and then the longest
	// overdue, ties by id.
	Due(ctx context.Context, now time.Time, limit int) ([]report.Schedule, error)
}

// Deliveries keeps deliveries. Faults are as in Reports.
type Deliveries interface {
	// Save keeps a delivery, as Schedules.Save does.
	Save(ctx context.Context, d report.Delivery) error
	// Get returns a delivery; NotFound when the id is unknown.
	Get(ctx context.Context, id report.DeliveryID) (report.Delivery, error)
	// Find returns deliveries that match, the last begun first, ties by id.
	Find(ctx context.Context, f DeliveryFilter, page domain.PageRequest) (domain.Page[report.Delivery], error)
	// Due returns at most limit pending deliveries whose next attempt is not after now,
	// the longest overdue first, ties by id.
	Due(ctx context.Context, now time.Time, limit int) ([]report.Delivery, error)
}

// DeliveryFilter chooses deliveries; what is empty chooses all.
type DeliveryFilter struct {
	Status   report.DeliveryStatus
	Schedule string
}

// Printer writes documents in formats.
type Printer interface {
	// Print returns the document in the format. The same document has the same bytes,
	// whenever and wherever they are made. No text of the document can become markup,
	// a script or a formula of the format. It fails with Invalid for a format that it
	// does not know, and with Internal when the document cannot be written.
	Print(d Document, format report.Format) ([]byte, error)
}

// Calendar knows when rules of time come true.
type Calendar interface {
	// Next returns the first instant after the given one, in UTC, at which the rule
	// comes true on the clocks of the zone; a zero instant when there is none within
	// five years. It fails with Invalid, naming the field cron or timezone, when the
	// rule or the zone is none.
	Next(cron, zone string, after time.Time) (time.Time, error)
}

// Parcel is a report for a reader.
type Parcel struct {
	// Key is the same for every attempt at one delivery.
	Key string
	To  report.Destination
	// Title and Text tell of the report; Link is the path of its bytes.
	Title, Text, Link   string
	FileName, MediaType string
	Content             []byte
}

// Courier brings reports to their readers.
type Courier interface {
	// Bring attempts the delivery once. It fails with Invalid or Rejected when the
	// destination can never be reached, so that another attempt is in vain; with
	// Upstream, Unavailable, Storage or Timeout when another may succeed. A repeat with
	// the same key replaces what the first one wrote into a folder.
	Bring(ctx context.Context, p Parcel) error
}
