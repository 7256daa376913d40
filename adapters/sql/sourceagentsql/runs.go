package sourceagentsql

import (
	"context"
	"errors"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
)

// Runs keeps ingestions.
type Runs struct{ db *sqlkit.DB }

// NewRuns returns the ingestions in an open database that has the Migrations.
func NewRuns(db *sqlkit.DB) *Runs { return &Runs{db} }

type runRow struct {
	ID          string `gorm:"primaryKey"`
	Place       string
	Name        string
	Kind        string
	Status      string
	Counts      source.Counts    `gorm:"serializer:json"`
	Failures    []source.Trouble `gorm:"serializer:json"`
	Warnings    []source.Trouble `gorm:"serializer:json"`
	Digest      string
	Cause       string
	Correlation string
	Caller      string
	RequestKey  string
	Started     sqlkit.Instant
	Finished    sqlkit.Instant
	Lease       sqlkit.Instant
}

func (runRow) TableName() string { return "runs" }

func runRowOf(r source.Run) runRow {
	return runRow{ID: r.ID.String(), Place: r.Place.String(), Name: r.Name, Kind: string(r.Kind), Status: string(r.Status),
		Counts: r.Counts, Failures: append([]source.Trouble{}, r.Failures...), Warnings: append([]source.Trouble{}, r.Warnings...),
		Digest: r.Digest, Cause: r.Cause, Correlation: r.Correlation, Caller: r.User, RequestKey: r.Key,
		Started: sqlkit.InstantOf(r.StartedAt), Finished: sqlkit.InstantOf(r.FinishedAt), Lease: sqlkit.InstantOf(r.Lease)}
}

func (r runRow) run() source.Run {
	run := source.Run{ID: domain.StoredID[source.Run](r.ID), Place: domain.StoredID[source.Place](r.Place), Name: r.Name,
		Kind: source.Kind(r.Kind), Status: source.Status(r.Status), Counts: r.Counts, Digest: r.Digest, Cause: r.Cause,
		Correlation: r.Correlation, User: r.Caller, Key: r.RequestKey,
		StartedAt: r.Started.Time(), FinishedAt: r.Finished.Time(), Lease: r.Lease.Time()}
	if len(r.Failures) > 0 {
		run.Failures = r.Failures
	}
	if len(r.Warnings) > 0 {
		run.Warnings = r.Warnings
	}
	return run
}

// Begin stores a new run, unless another one of the place is running. The index
// of running runs lets one of several win that begin at once.
func (s *Runs) Begin(ctx context.Context, r source.Run) error {
	err := s.begin(ctx, r)
	if errors.Is(err, domain.Conflict) && domain.FaultOf(err).Details == nil {
		if running := s.running(ctx, r); running != nil {
			return running
		}
	}
	return err
}

func (s *Runs) begin(ctx context.Context, r source.Run) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		now := sqlkit.InstantOf(r.StartedAt)
		_, err := s.db.RawWrite(ctx).ExecContext(ctx, `
			UPDATE runs SET status = 'failed', cause = $1, finished = $2 WHERE place = $3 AND status = 'running' AND lease <= $2`,
			source.Interrupted, now, r.Place.String())
		if err != nil {
			return sqlkit.Translate(err, "ingestion")
		}
		if err := s.running(ctx, r); err != nil {
			return err
		}
		row := runRowOf(r)
		return sqlkit.Insert(ctx, s.db, &row, "ingestion")
	})
}

// running fails with Conflict when another run of the place is running.
func (s *Runs) running(ctx context.Context, r source.Run) error {
	rows, err := sqlkit.List[runRow](ctx, s.db, "ingestion", sqlkit.Where("place = ? AND status = 'running'", r.Place.String()))
	if err != nil || len(rows) == 0 {
		return err
	}
	return domain.Conflict.New("The source is being ingested already; wait for that run to end.").WithDetail("id", rows[0].ID)
}

// Update replaces a run that is running.
func (s *Runs) Update(ctx context.Context, r source.Run) error {
	row := runRowOf(r)
	return s.db.Within(ctx, func(ctx context.Context) error {
		result := s.db.Write(ctx).Model(&row).Where("status = 'running'").Select("*").Updates(&row)
		if result.Error != nil || result.RowsAffected > 0 {
			return sqlkit.Translate(result.Error, "ingestion")
		}
		stored, err := s.Get(ctx, r.ID)
		if err != nil {
			return err
		}
		return domain.Conflict.New("The ingestion is "+string(stored.Status)+".").WithDetail("status", string(stored.Status))
	})
}

// Get returns a run.
func (s *Runs) Get(ctx context.Context, id source.RunID) (source.Run, error) {
	row, err := sqlkit.Get[runRow](ctx, s.db, "ingestion", sqlkit.Where("id = ?", id.String()))
	return row.run(), err
}

// List returns runs, the latest started first.
func (s *Runs) List(ctx context.Context, place source.PlaceID, status source.Status, page domain.PageRequest) (domain.Page[source.Run], error) {
	rows, err := sqlkit.Page[runRow](ctx, s.db, "ingestion", "started DESC, id", page, sqlkit.Equal("place", place.String()), sqlkit.Equal("status", string(status)))
	return domain.MapPage(rows, runRow.run), err
}
