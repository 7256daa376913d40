package report

import (
	"time"

	"github.com/docsteward/docsteward/domain"
)

// ID identifies a report.
type ID = domain.ID[Report]

// ParseID returns the ID that text spells; Invalid when it spells none.
func ParseID(text string) (ID, error) { return domain.ParseID[Report](text) }

// MaxSize is the greatest size of a report in bytes.
const MaxSize = 32 << 20

// Status says how a report ended.
type Status string

// The statuses.
const (
	// Generated reports can be read.
	Generated Status = "generated"
	// Failed reports say what they lack.
	Failed Status = "failed"
)

// Failure says why a report was not made.
type Failure struct {
	// Source is what was asked: the service and the path. Empty when the report itself
	// could not be written.
	Source string
	// Kind is the kind of the fault, and Message what it tells.
	Kind, Message string
}

// Report is a report that was made, or could not be.
type Report struct {
	ID       ID
	Kind     Kind
	Format   Format
	Template string
	Title    string
	Status   Status
	Failure  Failure
	// Parameters are those that it was made with, as JSON.
	Parameters string
	Period     Period
	// Owner asked for it; Schedule is the schedule by which it was made.
	Owner, Schedule string
	Correlation     string
	CreatedAt       time.Time
	Took            time.Duration
	// Size is the number of its bytes, and Hash their SHA-256, hexadecimal.
	Size int
	Hash string
	// Document is what it tells, as JSON; empty in lists.
	Document string
}

// End ends the report with its bytes, or as failed when they are too many.
func (r *Report) End(document string, content []byte, hash string, took time.Duration) {
	r.Took = took
	if len(content) > MaxSize {
		r.Fail(Failure{Kind: domain.TooLarge.String(), Message: "The report is larger than 32 MiB; choose a shorter period."}, took)
		return
	}
	r.Status, r.Document, r.Size, r.Hash = Generated, document, len(content), hash
}

// Fail ends the report without a document.
func (r *Report) Fail(f Failure, took time.Duration) {
	r.Status, r.Failure, r.Took, r.Document, r.Size, r.Hash = Failed, f, took, "", 0, ""
}

// FileName is the name under which the report is saved.
func (r *Report) FileName() string {
	return string(r.Kind) + "-" + r.Period.To.UTC().Format("20060102-150405") + r.Format.Extension()
}
