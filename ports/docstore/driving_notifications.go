package docstore

import "encoding/json"

// RecordEvent records that something happened outside the store, and has the
// webhooks told that ask for it.
type RecordEvent struct {
	EventType  string          `json:"event_type" required:"true" maxLength:"100" pattern:"^[a-z0-9_-]+(\\.[a-z0-9_-]+)*$" description:"Name of the event: words between dots."`
	EntityType string          `json:"entity_type" required:"true" minLength:"1" maxLength:"100" description:"Kind of thing that it happened to."`
	EntityID   string          `json:"entity_id" required:"true" minLength:"1" maxLength:"255" description:"Identifier of that thing."`
	UserID     string          `json:"user_id" maxLength:"255" description:"Who did it; the caller when absent."`
	Metadata   json.RawMessage `json:"metadata" description:"What is known besides, any JSON."`
}

// GetNotificationStats counts the events and deliveries of the last days.
type GetNotificationStats struct {
	DaysBack int `json:"days_back" query:"days_back" default:"7" minimum:"1" maximum:"365" description:"How many days to look back."`
}

// NotificationStats counts events and deliveries.
type NotificationStats struct {
	PeriodDays         int            `json:"period_days" description:"How many days were looked back."`
	EventsByType       map[string]int `json:"events_by_type" description:"How many events of each name happened."`
	DeliveriesByStatus map[string]int `json:"deliveries_by_status" description:"How many deliveries that began stand where: pending, delivered or dead."`
	TotalEvents        int            `json:"total_events" description:"How many events happened."`
	TotalDeliveries    int            `json:"total_deliveries" description:"How many deliveries began."`
	DeliveredWebhooks  int            `json:"delivered_webhooks" description:"How many of those arrived."`
	FailedDeliveries   int            `json:"failed_deliveries" description:"How many of those were given up."`
	ActiveWebhooks     int            `json:"active_webhooks" description:"How many webhooks are switched on now."`
	RecentFailures     []Delivery     `json:"recent_failures" description:"Up to 10 deliveries that were given up, latest first."`
}
