package docstore

import (
	"context"
	"encoding/json"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/webhook"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/usecase"
)

// recentFailures is how many failed deliveries the statistics show.
const recentFailures = 10

// recordOutsideEvent records an event that a caller tells of. It goes to the log
// and to webhooks, but not to the bus: other services hear there only what the
// store itself did.
func (s *service) recordOutsideEvent(ctx context.Context, c docstore.RecordEvent) (docstore.Event, error) {
	meta := usecase.MetaOf(ctx)
	if c.UserID == "" {
		c.UserID = meta.Caller.User
	}
	if len(c.Metadata) == 0 {
		c.Metadata = json.RawMessage("null")
	}
	payload, err := json.Marshal(map[string]any{"user_id": c.UserID, "metadata": c.Metadata})
	if err != nil {
		return docstore.Event{}, domain.Invalid.Wrap(err, "The metadata cannot be written as JSON.")
	}
	event := domain.Event{
		ID: s.IDs.New(), Name: c.EventType, Aggregate: c.EntityType, AggregateID: c.EntityID,
		At: s.Clock.Now().UTC(), Correlation: meta.Correlation, Payload: payload,
	}
	err = s.Unit.Within(ctx, func(ctx context.Context) error { return s.recordEvent(ctx, event) })
	if err != nil {
		return docstore.Event{}, err
	}
	s.Signals.deliveries.wake()
	return eventView(event), nil
}

func (s *service) getNotificationStats(ctx context.Context, c docstore.GetNotificationStats) (docstore.NotificationStats, error) {
	stats := docstore.NotificationStats{PeriodDays: c.DaysBack, DeliveriesByStatus: map[string]int{}, RecentFailures: []docstore.Delivery{}}
	since := s.Clock.Now().Add(-time.Duration(c.DaysBack) * 24 * time.Hour)
	var err error
	if stats.EventsByType, err = s.EventLog.Count(ctx, since); err != nil {
		return stats, err
	}
	for _, n := range stats.EventsByType {
		stats.TotalEvents += n
	}
	deliveries, err := s.Deliveries.Count(ctx, since)
	if err != nil {
		return stats, err
	}
	for status, n := range deliveries {
		stats.DeliveriesByStatus[string(status)] = n
		stats.TotalDeliveries += n
	}
	stats.DeliveredWebhooks, stats.FailedDeliveries = deliveries[webhook.Delivered], deliveries[webhook.Dead]
	active, err := s.Webhooks.Active(ctx)
	if err != nil {
		return stats, err
	}
	stats.ActiveWebhooks = len(active)
	page, err := s.Deliveries.List(ctx, webhook.DeliveryFilter{Status: webhook.Dead}, domain.PageRequest{Limit: recentFailures})
	for _, d := range page.Items {
		if !d.CreatedAt.Before(since) {
			stats.RecentFailures = append(stats.RecentFailures, deliveryView(d))
		}
	}
	return stats, err
}
