package docstore

import (
	"encoding/json"
	"time"
)

// Event is something that happened in the store.
type Event struct {
	ID            string          `json:"id" description:"Identifier of the event."`
	EventType     string          `json:"event_type" description:"What happened, such as document.created."`
	EntityType    string          `json:"entity_type" description:"Kind of thing that it happened to."`
	EntityID      string          `json:"entity_id" description:"Identifier of that thing."`
	Version       int             `json:"version" description:"Version of the thing afterwards; 0 where it has none."`
	OccurredAt    time.Time       `json:"occurred_at" description:"When it happened."`
	CorrelationID string          `json:"correlation_id,omitempty" description:"Correlation of the request that caused it."`
	Payload       json.RawMessage `json:"payload" description:"Published body of the event."`
}

// EventList is a page of events.
type EventList struct {
	Items   []Event `json:"items" description:"The page, latest recorded first."`
	Total   int     `json:"total" description:"How many events match in all."`
	Limit   int     `json:"limit" description:"Greatest length of the page."`
	Offset  int     `json:"offset" description:"How many events were passed over."`
	HasMore bool    `json:"has_more" description:"Whether more follow."`
}

// ListEvents lists what happened in the store, the latest first.
type ListEvents struct {
	EventType  string `json:"event_type" query:"event_type" maxLength:"255" description:"Only events of this name."`
	EntityType string `json:"entity_type" query:"entity_type" maxLength:"255" description:"Only events of this kind of thing."`
	EntityID   string `json:"entity_id" query:"entity_id" maxLength:"255" description:"Only events of the thing with this id."`
	Limit      int    `json:"limit" query:"limit" default:"100" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset     int    `json:"offset" query:"offset" minimum:"0" description:"How many events to pass over."`
}

// Webhook is a webhook as callers see it; its secret is never shown.
type Webhook struct {
	ID             string            `json:"id" description:"Identifier of the webhook."`
	Name           string            `json:"name" description:"Name for people."`
	URL            string            `json:"url" description:"Where deliveries go."`
	Events         []string          `json:"events" description:"Patterns of the events that are delivered."`
	Secret         string            `json:"secret,omitempty" description:"Three stars when there is a secret."`
	Headers        map[string]string `json:"headers" description:"Headers that are sent along; values are shown as three stars."`
	RetryCount     int               `json:"retry_count" description:"How many attempts follow a failed first one."`
	TimeoutSeconds int               `json:"timeout_seconds" description:"How long one attempt may take."`
	IsActive       bool              `json:"is_active" description:"Whether events are delivered."`
	CreatedAt      time.Time         `json:"created_at" description:"When it was registered."`
	UpdatedAt      time.Time         `json:"updated_at" description:"When it was last changed."`
}

// WebhookList is a page of webhooks.
type WebhookList struct {
	Items   []Webhook `json:"items" description:"The page, latest registered first."`
	Total   int       `json:"total" description:"How many webhooks there are."`
	Limit   int       `json:"limit" description:"Greatest length of the page."`
	Offset  int       `json:"offset" description:"How many webhooks were passed over."`
	HasMore bool      `json:"has_more" description:"Whether more follow."`
}

// RegisterWebhook asks for events to be delivered to an address.
type RegisterWebhook struct {
	Name           string            `json:"name" required:"true" maxLength:"255" description:"Name for people."`
	URL            string            `json:"url" required:"true" maxLength:"2048" description:"Absolute http or https address; it must be public unless the configuration allows its host."`
	Events         []string          `json:"events" required:"true" minItems:"1" maxItems:"100" description:"Names of events, with * for any word."`
	Secret         string            `json:"secret" maxLength:"255" description:"Signs every body with HMAC-SHA256 in the header X-Docsteward-Signature."`
	Headers        map[string]string `json:"headers" description:"Headers to send along."`
	RetryCount     *int              `json:"retry_count" minimum:"0" maximum:"10" description:"How many attempts follow a failed first one; 3 when absent."`
	TimeoutSeconds *int              `json:"timeout_seconds" minimum:"1" maximum:"120" description:"How long one attempt may take; 30 when absent."`
	IsActive       *bool             `json:"is_active" description:"Whether events are delivered; true when absent."`
}

// UpdateWebhook changes a webhook; what is absent stays.
type UpdateWebhook struct {
	ID             string            `json:"id" path:"id" maxLength:"255" description:"Identifier of the webhook."`
	Name           *string           `json:"name" maxLength:"255" description:"Name for people."`
	URL            *string           `json:"url" maxLength:"2048" description:"Absolute http or https address."`
	Events         []string          `json:"events" maxItems:"100" description:"Names of events, with * for any word."`
	Secret         *string           `json:"secret" maxLength:"255" description:"New secret; empty removes it, three stars keep it."`
	Headers        map[string]string `json:"headers" description:"Headers to send along, all of them."`
	RetryCount     *int              `json:"retry_count" minimum:"0" maximum:"10" description:"How many attempts follow a failed first one."`
	TimeoutSeconds *int              `json:"timeout_seconds" minimum:"1" maximum:"120" description:"How long one attempt may take."`
	IsActive       *bool             `json:"is_active" description:"Whether events are delivered."`
}

// GetWebhook reads a webhook.
type GetWebhook struct {
	ID string `json:"id" path:"id" maxLength:"255" description:"Identifier of the webhook."`
}

// ListWebhooks lists webhooks, the latest registered first.
type ListWebhooks struct {
	Limit  int `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset int `json:"offset" query:"offset" minimum:"0" description:"How many webhooks to pass over."`
}

// DeleteWebhook erases a webhook with its deliveries.
type DeleteWebhook struct {
	ID string `json:"id" path:"id" maxLength:"255" description:"Identifier of the webhook."`
}

// TestWebhook sends a test event once, at once, and tells how it fared.
type TestWebhook struct {
	ID string `json:"id" path:"id" maxLength:"255" description:"Identifier of the webhook."`
}

// Delivery is one event on its way to one webhook.
type Delivery struct {
	ID           string          `json:"id" description:"Identifier of the delivery, sent as X-Docsteward-Delivery."`
	WebhookID    string          `json:"webhook_id" description:"Where it goes."`
	EventID      string          `json:"event_id" description:"Identifier of the event."`
	EventType    string          `json:"event_type" description:"Name of the event."`
	Status       string          `json:"status" description:"pending, delivered or dead."`
	AttemptCount int             `json:"attempt_count" description:"How many attempts were made."`
	NextAttempt  *time.Time      `json:"next_attempt,omitempty" description:"When the next attempt is due."`
	StatusCode   int             `json:"status_code" description:"HTTP status of the last attempt; 0 when nothing answered."`
	Error        string          `json:"error,omitempty" description:"Why the last attempt failed."`
	CreatedAt    time.Time       `json:"created_at" description:"When the delivery began."`
	FinishedAt   *time.Time      `json:"finished_at,omitempty" description:"When it was delivered or given up."`
	Body         json.RawMessage `json:"body" description:"What is sent: the event."`
}

// DeliveryList is a page of deliveries.
type DeliveryList struct {
	Items   []Delivery `json:"items" description:"The page, latest first."`
	Total   int        `json:"total" description:"How many deliveries match in all."`
	Limit   int        `json:"limit" description:"Greatest length of the page."`
	Offset  int        `json:"offset" description:"How many deliveries were passed over."`
	HasMore bool       `json:"has_more" description:"Whether more follow."`
}

// ListDeliveries lists deliveries to webhooks, the latest first.
type ListDeliveries struct {
	WebhookID string `json:"webhook_id" query:"webhook_id" maxLength:"255" description:"Only those to this webhook."`
	Status    string `json:"status" query:"status" enum:"pending,delivered,dead" description:"Only those in this state."`
	Limit     int    `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset    int    `json:"offset" query:"offset" minimum:"0" description:"How many deliveries to pass over."`
}

// DiscardDelivery erases a finished delivery.
type DiscardDelivery struct {
	DeliveryID string `json:"delivery_id" path:"delivery_id" maxLength:"255" description:"Identifier of the delivery."`
}

// ResendDelivery makes a finished delivery due again.
type ResendDelivery struct {
	DeliveryID string `json:"delivery_id" path:"delivery_id" maxLength:"255" description:"Identifier of the delivery."`
}
