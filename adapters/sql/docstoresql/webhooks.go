package docstoresql

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/webhook"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Webhooks keeps who wants to be told of events.
type Webhooks struct{ db *sqlkit.DB }

var _ docstore.Webhooks = (*Webhooks)(nil)

// NewWebhooks returns the webhooks in an open database that has the Migrations.
func NewWebhooks(db *sqlkit.DB) *Webhooks { return &Webhooks{db} }

type webhookRow struct {
	ID        string `gorm:"primaryKey"`
	Name      string
	URL       string
	Events    []string `gorm:"serializer:json"`
	Secret    string
	Headers   map[string]string `gorm:"serializer:json"`
	Retries   int
	TimeoutMS int64
	Active    bool
	Created   sqlkit.Instant
	Updated   sqlkit.Instant
}

func (webhookRow) TableName() string { return "webhooks" }

func webhookRowOf(w webhook.Webhook) webhookRow {
	return webhookRow{ID: w.ID.String(), Name: w.Name, URL: w.URL, Events: w.Events, Secret: w.Secret, Headers: filled(w.Headers),
		Retries: w.Retries, TimeoutMS: w.Timeout.Milliseconds(), Active: w.Active,
		Created: sqlkit.InstantOf(w.CreatedAt), Updated: sqlkit.InstantOf(w.UpdatedAt)}
}

func (r webhookRow) webhook() webhook.Webhook {
	return webhook.Webhook{ID: domain.StoredID[webhook.Webhook](r.ID), Name: r.Name, URL: r.URL, Events: r.Events,
		Secret: r.Secret, Headers: r.Headers, Retries: r.Retries, Timeout: time.Duration(r.TimeoutMS) * time.Millisecond,
		Active: r.Active, CreatedAt: r.Created.Time(), UpdatedAt: r.Updated.Time()}
}

// Add stores a new webhook.
func (s *Webhooks) Add(ctx context.Context, w webhook.Webhook) error {
	row := webhookRowOf(w)
	return sqlkit.Insert(ctx, s.db, &row, "webhook")
}

// Update replaces a webhook.
func (s *Webhooks) Update(ctx context.Context, w webhook.Webhook) error {
	row := webhookRowOf(w)
	return replace(ctx, s.db, &row, "webhook")
}

// Get returns a webhook.
func (s *Webhooks) Get(ctx context.Context, id webhook.ID) (webhook.Webhook, error) {
	row, err := sqlkit.Get[webhookRow](ctx, s.db, "webhook", sqlkit.Where("id = ?", id.String()))
	return row.webhook(), err
}

// List returns webhooks, the latest created first.
func (s *Webhooks) List(ctx context.Context, page domain.PageRequest) (domain.Page[webhook.Webhook], error) {
	rows, err := sqlkit.Page[webhookRow](ctx, s.db, "webhook", "created DESC, id", page)
	return domain.MapPage(rows, webhookRow.webhook), err
}

// Active returns all webhooks that are switched on.
func (s *Webhooks) Active(ctx context.Context) ([]webhook.Webhook, error) {
	rows, err := sqlkit.List[webhookRow](ctx, s.db, "webhook", sqlkit.Where("active = ?", true), sqlkit.Order("id"))
	return sqlkit.Convert(rows, webhookRow.webhook), err
}

// Delete erases a webhook with its deliveries.
func (s *Webhooks) Delete(ctx context.Context, id webhook.ID) error {
	return erase[webhookRow](ctx, s.db, id.String(), "webhook")
}
