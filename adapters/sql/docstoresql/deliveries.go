package docstoresql

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/webhook"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Deliveries keeps the events on their way to webhooks.
type Deliveries struct{ db *sqlkit.DB }

var _ docstore.Deliveries = (*Deliveries)(nil)

// NewDeliveries returns the deliveries in an open database that has the Migrations.
func NewDeliveries(db *sqlkit.DB) *Deliveries { return &Deliveries{db} }

type deliveryRow struct {
	ID        string `gorm:"primaryKey"`
	WebhookID string
	EventID   string
	Name      string
	Body      []byte
	Status    string
	Attempts  int
	NextAt    sqlkit.Instant
	Answer    int
	Cause     string
	Created   sqlkit.Instant
	Finished  sqlkit.Instant
}

func (deliveryRow) TableName() string { return "webhook_deliveries" }

func deliveryRowOf(d webhook.Delivery) deliveryRow {
	return deliveryRow{ID: d.ID.String(), WebhookID: d.Webhook.String(), EventID: d.Event, Name: d.Name,
		Body: append([]byte{}, d.Body...), Status: string(d.Status), Attempts: d.Attempts, NextAt: sqlkit.InstantOf(d.NextAt),
		Answer: d.Answer, Cause: d.Cause, Created: sqlkit.InstantOf(d.CreatedAt), Finished: sqlkit.InstantOf(d.FinishedAt)}
}

func (r deliveryRow) delivery() webhook.Delivery {
	return webhook.Delivery{ID: domain.StoredID[webhook.Delivery](r.ID), Webhook: domain.StoredID[webhook.Webhook](r.WebhookID),
		Event: r.EventID, Name: r.Name, Body: r.Body, Status: webhook.Status(r.Status), Attempts: r.Attempts,
		NextAt: r.NextAt.Time(), Answer: r.Answer, Cause: r.Cause, CreatedAt: r.Created.Time(), FinishedAt: r.Finished.Time()}
}

// Add stores new deliveries.
func (s *Deliveries) Add(ctx context.Context, deliveries ...webhook.Delivery) error {
	return sqlkit.InsertAll(ctx, s.db, sqlkit.Convert(deliveries, deliveryRowOf), "delivery")
}

// Claim returns due deliveries and hides them until the lease ends. It looks
// without a lock first, since most of the time nothing is due.
func (s *Deliveries) Claim(ctx context.Context, now, lease time.Time, limit int) ([]webhook.Delivery, error) {
	due, err := sqlkit.List[deliveryRow](ctx, s.db, "delivery", sqlkit.Select("id"),
		sqlkit.Where("status = 'pending' AND next_at <= ?", sqlkit.InstantOf(now)), sqlkit.Limit(1))
	if err != nil || len(due) == 0 {
		return nil, err
	}
	var rows []deliveryRow
	err = s.db.Write(ctx).Raw(`UPDATE webhook_deliveries SET next_at = ? WHERE id IN (
		SELECT id FROM webhook_deliveries WHERE status = 'pending' AND next_at <= ? ORDER BY next_at, id LIMIT ?`+skipLocked(s.db)+`) RETURNING *`,
		sqlkit.InstantOf(lease), sqlkit.InstantOf(now), limit).Scan(&rows).Error
	slices.SortFunc(rows, func(a, b deliveryRow) int { return cmp.Or(cmp.Compare(a.Created, b.Created), cmp.Compare(a.ID, b.ID)) })
	return sqlkit.Convert(rows, deliveryRow.delivery), sqlkit.Translate(err, "delivery")
}

// Update replaces a delivery.
func (s *Deliveries) Update(ctx context.Context, d webhook.Delivery) error {
	row := deliveryRowOf(d)
	return replace(ctx, s.db, &row, "delivery")
}

// Get returns a delivery.
func (s *Deliveries) Get(ctx context.Context, id webhook.DeliveryID) (webhook.Delivery, error) {
	row, err := sqlkit.Get[deliveryRow](ctx, s.db, "delivery", sqlkit.Where("id = ?", id.String()))
	return row.delivery(), err
}

// Delete erases a delivery.
func (s *Deliveries) Delete(ctx context.Context, id webhook.DeliveryID) error {
	return erase[deliveryRow](ctx, s.db, id.String(), "delivery")
}

// List returns deliveries, the latest created first.
func (s *Deliveries) List(ctx context.Context, f webhook.DeliveryFilter, page domain.PageRequest) (domain.Page[webhook.Delivery], error) {
	rows, err := sqlkit.Page[deliveryRow](ctx, s.db, "delivery", "created DESC, id", page,
		sqlkit.Equal("webhook_id", f.Webhook.String()), sqlkit.Equal("status", string(f.Status)))
	return domain.MapPage(rows, deliveryRow.delivery), err
}

// Count returns how many deliveries were created since an instant.
func (s *Deliveries) Count(ctx context.Context, since time.Time) (map[webhook.Status]int, error) {
	named, err := countBy(ctx, s.db, `SELECT status, count(*) FROM webhook_deliveries WHERE created >= $1 GROUP BY status`, sqlkit.InstantOf(since))
	counts := make(map[webhook.Status]int, len(named))
	for name, n := range named {
		counts[webhook.Status(name)] = n
	}
	return counts, err
}

// Purge erases deliveries that ended before an instant.
func (s *Deliveries) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return purge(ctx, s.db, `DELETE FROM webhook_deliveries WHERE id IN (
		SELECT id FROM webhook_deliveries WHERE status <> 'pending' AND finished < $1 ORDER BY finished, id LIMIT $2)`, before, limit)
}
