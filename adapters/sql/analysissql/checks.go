package analysissql

import (
	"context"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/check"
	"github.com/docsteward/docsteward/ports/analysis"
)

// Checks keeps the checks of projects.
type Checks struct{ db *sqlkit.DB }

// NewChecks returns the checks in an open database that has the Migrations.
func NewChecks(db *sqlkit.DB) *Checks { return &Checks{db} }

type checkRow struct {
	ID          string `gorm:"primaryKey"`
	Project     string
	Number      int
	Root        string
	Location    string
	Revision    string
	Differing   int
	Documents   int
	Facts       int
	Counts      check.Counts `gorm:"serializer:json"`
	Drifted     int
	Healed      int
	Opened      int
	Closed      int
	Changes     []changeText    `gorm:"serializer:json"`
	Troubles    []check.Trouble `gorm:"serializer:json"`
	Unread      int
	Caller      string
	Correlation string
	Started     sqlkit.Instant
	Finished    sqlkit.Instant
}

func (checkRow) TableName() string { return "checks" }

// changeText is a change with its id as text, which JSON can hold.
type changeText struct {
	ID string
	check.Change
}

func textOf(c check.Change) changeText {
	text := changeText{ID: c.Claim.String(), Change: c}
	text.Claim = check.ClaimID{}
	return text
}

func (t changeText) change() check.Change {
	t.Claim = domain.StoredID[check.Claim](t.ID)
	return t.Change
}

func checkRowOf(c check.Check) checkRow {
	return checkRow{ID: c.ID.String(), Project: c.Project, Number: c.Number, Root: c.Root, Location: c.Location, Revision: c.Commit, Differing: c.Differing,
		Documents: c.Documents, Facts: c.Facts, Counts: c.Counts, Drifted: c.Drifted, Healed: c.Healed, Opened: c.Opened, Closed: c.Closed,
		Changes: sqlkit.Convert(c.Changes, textOf), Troubles: append([]check.Trouble{}, c.Troubles...), Unread: c.Unread, Caller: c.User, Correlation: c.Correlation,
		Started: sqlkit.InstantOf(c.StartedAt), Finished: sqlkit.InstantOf(c.FinishedAt)}
}

func (r checkRow) check() check.Check {
	c := check.Check{ID: domain.StoredID[check.Check](r.ID), Project: r.Project, Number: r.Number, Root: r.Root, Location: r.Location,
		Commit: r.Revision, Differing: r.Differing, Documents: r.Documents, Facts: r.Facts, Counts: r.Counts, Drifted: r.Drifted, Healed: r.Healed,
		Opened: r.Opened, Closed: r.Closed, Unread: r.Unread, User: r.Caller, Correlation: r.Correlation,
		StartedAt: r.Started.Time(), FinishedAt: r.Finished.Time()}
	if len(r.Changes) > 0 {
		c.Changes = sqlkit.Convert(r.Changes, changeText.change)
	}
	if len(r.Troubles) > 0 {
		c.Troubles = r.Troubles
	}
	return c
}

// Add stores a check.
func (s *Checks) Add(ctx context.Context, c check.Check) error {
	row := checkRowOf(c)
	return sqlkit.Insert(ctx, s.db, &row, "check")
}

// Get returns a check.
func (s *Checks) Get(ctx context.Context, id check.ID) (check.Check, error) {
	row, err := sqlkit.Get[checkRow](ctx, s.db, "check", sqlkit.Where("id = ?", id.String()))
	return row.check(), err
}

// Latest returns the check of a project with the greatest number.
func (s *Checks) Latest(ctx context.Context, project string) (check.Check, error) {
	row, err := sqlkit.Get[checkRow](ctx, s.db, "check", sqlkit.Where("project = ?", project), sqlkit.Order("number DESC"))
	return row.check(), err
}

// List returns the checks that the filter keeps, the latest finished first.
func (s *Checks) List(ctx context.Context, f analysis.CheckFilter, page domain.PageRequest) (domain.Page[check.Check], error) {
	var keep scopes
	keep.equal("project", f.Project)
	if !f.From.IsZero() {
		keep.where("finished >= ?", sqlkit.InstantOf(f.From))
	}
	if !f.To.IsZero() {
		keep.where("finished < ?", sqlkit.InstantOf(f.To))
	}
	rows, err := sqlkit.Page[checkRow](ctx, s.db, "check", "finished DESC, number DESC, id", page, keep...)
	return domain.MapPage(rows, func(r checkRow) check.Check {
		r.Changes, r.Troubles = nil, nil
		return r.check()
	}), err
}
