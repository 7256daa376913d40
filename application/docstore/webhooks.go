package docstore

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/webhook"
	"github.com/docsteward/docsteward/ports/bus"
	"github.com/docsteward/docsteward/ports/docstore"
)

// masked stands for a secret wherever one would be shown.
const masked = "***"

func (s *service) registerWebhook(ctx context.Context, c docstore.RegisterWebhook) (docstore.Webhook, error) {
	now := s.Clock.Now().UTC()
	w := webhook.Webhook{
		ID: domain.StoredID[webhook.Webhook](s.IDs.New()), Name: c.Name, URL: c.URL, Events: c.Events, Secret: c.Secret,
		Headers: c.Headers, Retries: webhook.DefaultRetries, Timeout: webhook.DefaultTimeout, Active: true,
		CreatedAt: now, UpdatedAt: now,
	}
	change(&w.Retries, c.RetryCount)
	change(&w.Active, c.IsActive)
	if c.TimeoutSeconds != nil {
		w.Timeout = time.Duration(*c.TimeoutSeconds) * time.Second
	}
	if err := checkWebhook(w); err != nil {
		return docstore.Webhook{}, err
	}
	sealed, err := s.sealed(w)
	if err != nil {
		return docstore.Webhook{}, err
	}
	return webhookView(w), s.Webhooks.Add(ctx, sealed)
}

// change sets what a caller gave; what is absent stays.
func change[T any](field *T, given *T) {
	if given != nil {
		*field = *given
	}
}

func checkWebhook(w webhook.Webhook) error {
	if err := w.Check(); err != nil {
		return err
	}
	for _, pattern := range w.Events {
		if err := bus.CheckSubscription(w.Name, pattern); err != nil {
			return domain.Invalid.Wrap(err, "The webhook is not acceptable.").
				WithField("events", "pattern", "must be words between dots, each a name or *")
		}
	}
	return nil
}

func (s *service) updateWebhook(ctx context.Context, c docstore.UpdateWebhook) (docstore.Webhook, error) {
	w, err := s.webhook(ctx, c.ID)
	if err != nil {
		return docstore.Webhook{}, err
	}
	change(&w.Name, c.Name)
	change(&w.URL, c.URL)
	change(&w.Retries, c.RetryCount)
	change(&w.Active, c.IsActive)
	if c.Secret != nil && *c.Secret != masked {
		if w.Secret, err = s.Secrets.Seal(*c.Secret); err != nil {
			return docstore.Webhook{}, err
		}
	}
	if c.Events != nil {
		w.Events = c.Events
	}
	if c.TimeoutSeconds != nil {
		w.Timeout = time.Duration(*c.TimeoutSeconds) * time.Second
	}
	if c.Headers != nil {
		w.Headers = c.Headers
	}
	if err := checkWebhook(w); err != nil {
		return docstore.Webhook{}, err
	}
	if c.Headers != nil {
		if w.Headers, err = s.sealedHeaders(w.Headers); err != nil {
			return docstore.Webhook{}, err
		}
	}
	w.UpdatedAt = s.Clock.Now().UTC()
	return webhookView(w), s.Webhooks.Update(ctx, w)
}

func (s *service) webhook(ctx context.Context, text string) (webhook.Webhook, error) {
	id, err := webhook.ParseID(text)
	if err != nil {
		return webhook.Webhook{}, err
	}
	return s.Webhooks.Get(ctx, id)
}

func (s *service) getWebhook(ctx context.Context, c docstore.GetWebhook) (docstore.Webhook, error) {
	w, err := s.webhook(ctx, c.ID)
	return webhookView(w), err
}

func (s *service) listWebhooks(ctx context.Context, c docstore.ListWebhooks) (docstore.WebhookList, error) {
	page, err := s.Webhooks.List(ctx, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	views := domain.MapPage(page, webhookView)
	return docstore.WebhookList{Items: views.Items, Total: views.Total, Limit: views.Limit, Offset: views.Offset, HasMore: views.HasMore()}, err
}

func (s *service) deleteWebhook(ctx context.Context, c docstore.DeleteWebhook) (docstore.Deleted, error) {
	id, err := webhook.ParseID(c.ID)
	if err != nil {
		return docstore.Deleted{}, err
	}
	return docstore.Deleted{ID: c.ID, Purged: true}, s.Webhooks.Delete(ctx, id)
}

func webhookView(w webhook.Webhook) docstore.Webhook {
	view := docstore.Webhook{
		ID: w.ID.String(), Name: w.Name, URL: w.URL, Events: w.Events, Headers: make(map[string]string, len(w.Headers)),
		RetryCount: w.Retries, TimeoutSeconds: int(w.Timeout / time.Second), IsActive: w.Active,
		CreatedAt: w.CreatedAt, UpdatedAt: w.UpdatedAt,
	}
	if w.Secret != "" {
		view.Secret = masked
	}
	for name := range w.Headers {
		view.Headers[name] = masked
	}
	return view
}
