// Package ingestsql keeps ingestions in SQLite or PostgreSQL.
package ingestsql

import (
	"context"
	"embed"

	"gorm.io/gorm"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/ingest"
	"github.com/docsteward/docsteward/ports/ingestion"
)

// Migrations are the tables of ingestion, for sqlkit.Config.
//
//go:embed migrations
var Migrations embed.FS

var _ ingestion.Jobs = (*Jobs)(nil)

// Jobs keeps ingestions. Two partial indexes let one of several win that want a slot
// or a source.
type Jobs struct{ db *sqlkit.DB }

// NewJobs returns the ingestions in an open database that has the Migrations.
func NewJobs(db *sqlkit.DB) *Jobs { return &Jobs{db} }

// Add implements ingestion.Jobs.
func (s *Jobs) Add(ctx context.Context, j ingest.Job) error {
	row := rowOf(j)
	return sqlkit.Insert(ctx, s.db, &row, "ingestion")
}

// Update implements ingestion.Jobs.
func (s *Jobs) Update(ctx context.Context, j ingest.Job) error {
	row := rowOf(j)
	return sqlkit.UpdateVersioned(ctx, s.db, &row, j.Revision-1, "ingestion")
}

// Get implements ingestion.Jobs.
func (s *Jobs) Get(ctx context.Context, id ingest.ID) (ingest.Job, error) {
	row, err := sqlkit.Get[jobRow](ctx, s.db, "ingestion", sqlkit.Where("id = ?", id.String()))
	return row.job(), err
}

// Find implements ingestion.Jobs.
func (s *Jobs) Find(ctx context.Context, f ingestion.Filter, page domain.PageRequest) (domain.Page[ingest.Job], error) {
	rows, err := sqlkit.Page[jobRow](ctx, s.db, "ingestion", "asked DESC, id", page,
		sqlkit.Equal("status", string(f.Status)), sqlkit.Equal("kind", string(f.Type)))
	return domain.MapPage(rows, jobRow.job), err
}

// Active implements ingestion.Jobs.
func (s *Jobs) Active(ctx context.Context) ([]ingest.Job, error) {
	rows, err := sqlkit.List[jobRow](ctx, s.db, "ingestion", sqlkit.Where("slot IS NOT NULL"), sqlkit.Order("slot"))
	return sqlkit.Convert(rows, jobRow.job), err
}

// Next implements ingestion.Jobs.
func (s *Jobs) Next(ctx context.Context, limit int) ([]ingest.Job, error) {
	rows, err := sqlkit.List[jobRow](ctx, s.db, "ingestion",
		sqlkit.Where("status = 'queued' AND address NOT IN (SELECT address FROM ingestions WHERE slot IS NOT NULL)"),
		sqlkit.Order("priority DESC, asked, id"), sqlkit.Limit(limit))
	return sqlkit.Convert(rows, jobRow.job), err
}

// tally sums up the jobs of a status.
type tally struct {
	Status string
	Jobs   int
	Counts countColumns `gorm:"embedded"`
}

// Count implements ingestion.Jobs.
func (s *Jobs) Count(ctx context.Context) (ingestion.Counts, error) {
	counts := ingestion.Counts{ByStatus: map[ingest.Status]int{}}
	rows, err := sqlkit.List[tally](ctx, s.db, "ingestion", func(g *gorm.DB) *gorm.DB {
		return g.Table("ingestions").Group("status").Select(`status, count(*) AS jobs, sum(stored) AS stored, sum(unchanged) AS unchanged,
			sum(failed) AS failed, sum(remaining) AS remaining, sum(deleted) AS deleted, sum(duplicates) AS duplicates`)
	})
	for _, r := range rows {
		counts.ByStatus[ingest.Status(r.Status)] = r.Jobs
		counts.Items = counts.Items.Plus(ingest.Counts(r.Counts))
	}
	return counts, err
}
