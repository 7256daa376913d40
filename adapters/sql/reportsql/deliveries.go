package reportsql

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/reporting"
)

// Deliveries keeps deliveries.
type Deliveries struct{ db *sqlkit.DB }

// NewDeliveries returns the deliveries in an open database that has the Migrations.
func NewDeliveries(db *sqlkit.DB) *Deliveries { return &Deliveries{db} }

// deliveryRow is a delivery; Version is its revision.
type deliveryRow struct {
	ID       string `gorm:"primaryKey"`
	Report   string
	Schedule string
	Channel  string
	Address  string
	Status   string
	Attempts int
	Cause    string
	NextAt   sqlkit.Instant
	Created  sqlkit.Instant
	Finished sqlkit.Instant
	Version  int
}

func (deliveryRow) TableName() string { return "report_deliveries" }

func deliveryRowOf(d report.Delivery) deliveryRow {
	return deliveryRow{
		ID: d.ID.String(), Report: d.Report.String(), Schedule: d.Schedule, Channel: string(d.To.Channel), Address: d.To.Address,
		Status: string(d.Status), Attempts: d.Attempts, Cause: d.Cause, NextAt: sqlkit.InstantOf(d.NextAt),
		Created: sqlkit.InstantOf(d.CreatedAt), Finished: sqlkit.InstantOf(d.FinishedAt), Version: d.Revision,
	}
}

func (r deliveryRow) delivery() report.Delivery {
	return report.Delivery{
		ID: domain.StoredID[report.Delivery](r.ID), Report: domain.StoredID[report.Report](r.Report), Schedule: r.Schedule,
		To: report.Destination{Channel: report.Channel(r.Channel), Address: r.Address}, Status: report.DeliveryStatus(r.Status),
		Attempts: r.Attempts, Cause: r.Cause, NextAt: r.NextAt.Time(), CreatedAt: r.Created.Time(), FinishedAt: r.Finished.Time(), Revision: r.Version,
	}
}

// Save implements reporting.Deliveries.
func (s *Deliveries) Save(ctx context.Context, d report.Delivery) error {
	row := deliveryRowOf(d)
	if d.Revision == 1 {
		return sqlkit.Insert(ctx, s.db, &row, "delivery")
	}
	return sqlkit.UpdateVersioned(ctx, s.db, &row, d.Revision-1, "delivery")
}

// Get implements reporting.Deliveries.
func (s *Deliveries) Get(ctx context.Context, id report.DeliveryID) (report.Delivery, error) {
	row, err := sqlkit.Get[deliveryRow](ctx, s.db, "delivery", sqlkit.Where("id = ?", id.String()))
	if err != nil {
		return report.Delivery{}, err
	}
	return row.delivery(), nil
}

// Find implements reporting.Deliveries.
func (s *Deliveries) Find(ctx context.Context, f reporting.DeliveryFilter, page domain.PageRequest) (domain.Page[report.Delivery], error) {
	rows, err := sqlkit.Page[deliveryRow](ctx, s.db, "delivery", "created DESC, id", page,
		sqlkit.Equal("status", string(f.Status)), sqlkit.Equal("schedule", f.Schedule))
	return domain.MapPage(rows, deliveryRow.delivery), err
}

// Due implements reporting.Deliveries.
func (s *Deliveries) Due(ctx context.Context, now time.Time, limit int) ([]report.Delivery, error) {
	rows, err := sqlkit.List[deliveryRow](ctx, s.db, "delivery",
		sqlkit.Where("status = 'pending' AND next_at <= ?", sqlkit.InstantOf(now)), sqlkit.Order("next_at, id"), sqlkit.Limit(limit))
	return sqlkit.Convert(rows, deliveryRow.delivery), err
}
