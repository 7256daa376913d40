package docstoremem

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/webhook"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Webhooks keeps who wants to be told of events.
type Webhooks struct {
	db         *memkit.DB
	webhooks   *memkit.Table[string, webhook.Webhook]
	deliveries *Deliveries
}

// Deliveries keeps the events on their way to webhooks.
type Deliveries struct {
	db         *memkit.DB
	deliveries *memkit.Table[string, webhook.Delivery]
}

var (
	_ docstore.Webhooks   = (*Webhooks)(nil)
	_ docstore.Deliveries = (*Deliveries)(nil)
)

// NewDeliveries returns empty deliveries in db.
func NewDeliveries(db *memkit.DB) *Deliveries {
	return &Deliveries{db, memkit.NewTable[string](db, func(d webhook.Delivery) webhook.Delivery {
		d.Body = append([]byte{}, d.Body...)
		return d
	})}
}

// NewWebhooks returns empty webhooks in db, whose deliveries go with them.
func NewWebhooks(db *memkit.DB, deliveries *Deliveries) *Webhooks {
	return &Webhooks{db, memkit.NewTable[string](db, func(w webhook.Webhook) webhook.Webhook {
		w.Events, w.Headers = slices.Clone(w.Events), maps.Clone(w.Headers)
		return w
	}), deliveries}
}

// replace stores a row in place of the one with its key; NotFound when there is none.
func replace[V any](ctx context.Context, t *memkit.Table[string, V], key string, row V, what string) error {
	return t.Update(ctx, key, what, func(V) (V, error) { return row, nil })
}

// get returns a row; NotFound when there is none.
func get[V any](ctx context.Context, t *memkit.Table[string, V], key, what string) (V, error) {
	row, ok, err := t.Get(ctx, key)
	if err == nil && !ok {
		err = domain.NotFound.New("There is no such " + what + ".")
	}
	return row, err
}

// erase deletes a row; NotFound when there is none.
func erase[V any](ctx context.Context, t *memkit.Table[string, V], key, what string) error {
	had, err := t.Delete(ctx, key)
	if err == nil && !had {
		err = domain.NotFound.New("There is no such " + what + ".")
	}
	return err
}

// Add implements docstore.Webhooks.
func (s *Webhooks) Add(ctx context.Context, w webhook.Webhook) error {
	return s.webhooks.Insert(ctx, w.ID.String(), w, "webhook")
}

// Update implements docstore.Webhooks.
func (s *Webhooks) Update(ctx context.Context, w webhook.Webhook) error {
	return replace(ctx, s.webhooks, w.ID.String(), w, "webhook")
}

// Get implements docstore.Webhooks.
func (s *Webhooks) Get(ctx context.Context, id webhook.ID) (webhook.Webhook, error) {
	return get(ctx, s.webhooks, id.String(), "webhook")
}

// List implements docstore.Webhooks.
func (s *Webhooks) List(ctx context.Context, page domain.PageRequest) (domain.Page[webhook.Webhook], error) {
	all, err := s.webhooks.Select(ctx, nil)
	slices.SortFunc(all, func(a, b webhook.Webhook) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return memkit.PageOf(all, page), err
}

// Active implements docstore.Webhooks.
func (s *Webhooks) Active(ctx context.Context) ([]webhook.Webhook, error) {
	return s.webhooks.Select(ctx, func(w webhook.Webhook) bool { return w.Active })
}

// Delete implements docstore.Webhooks.
func (s *Webhooks) Delete(ctx context.Context, id webhook.ID) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		if err := erase(ctx, s.webhooks, id.String(), "webhook"); err != nil {
			return err
		}
		own, err := s.deliveries.deliveries.Select(ctx, func(d webhook.Delivery) bool { return d.Webhook == id })
		if err != nil {
			return err
		}
		for _, d := range own {
			if _, err := s.deliveries.deliveries.Delete(ctx, d.ID.String()); err != nil {
				return err
			}
		}
		return nil
	})
}

// Add implements docstore.Deliveries.
func (s *Deliveries) Add(ctx context.Context, deliveries ...webhook.Delivery) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		for _, d := range deliveries {
			if err := s.deliveries.Insert(ctx, d.ID.String(), d, "delivery"); err != nil {
				return err
			}
		}
		return nil
	})
}

// Claim implements docstore.Deliveries.
func (s *Deliveries) Claim(ctx context.Context, now, lease time.Time, limit int) ([]webhook.Delivery, error) {
	var due []webhook.Delivery
	err := s.db.Within(ctx, func(ctx context.Context) (err error) {
		due, err = s.deliveries.Select(ctx, func(d webhook.Delivery) bool {
			return d.Status == webhook.Pending && !d.NextAt.After(now)
		})
		slices.SortStableFunc(due, func(a, b webhook.Delivery) int { return a.NextAt.Compare(b.NextAt) })
		due = due[:min(limit, len(due))]
		for i := range due {
			due[i].NextAt = lease
			if err := s.deliveries.Put(ctx, due[i].ID.String(), due[i]); err != nil {
				return err
			}
		}
		return err
	})
	slices.SortFunc(due, func(a, b webhook.Delivery) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return due, err
}

// Update implements docstore.Deliveries.
func (s *Deliveries) Update(ctx context.Context, d webhook.Delivery) error {
	return replace(ctx, s.deliveries, d.ID.String(), d, "delivery")
}

// Get implements docstore.Deliveries.
func (s *Deliveries) Get(ctx context.Context, id webhook.DeliveryID) (webhook.Delivery, error) {
	return get(ctx, s.deliveries, id.String(), "delivery")
}

// Delete implements docstore.Deliveries.
func (s *Deliveries) Delete(ctx context.Context, id webhook.DeliveryID) error {
	had, err := s.deliveries.Delete(ctx, id.String())
	if err == nil && !had {
		err = domain.NotFound.New("There is no such delivery.")
	}
	return err
}

// List implements docstore.Deliveries.
func (s *Deliveries) List(ctx context.Context, f webhook.DeliveryFilter, page domain.PageRequest) (domain.Page[webhook.Delivery], error) {
	kept, err := s.deliveries.Select(ctx, func(d webhook.Delivery) bool {
		return (f.Webhook.IsZero() || f.Webhook == d.Webhook) && (f.Status == "" || f.Status == d.Status)
	})
	slices.SortFunc(kept, func(a, b webhook.Delivery) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return memkit.PageOf(kept, page), err
}
