package docstore

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/webhook"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/webcall"
)

func TestEveryEventIsLoggedOnce(t *testing.T) {
	s := newStation(t)
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "a", Content: "one"})
	run(t, &s.menu.PutDocument, docstore.PutDocument{ID: "a", Content: "two"})
	run(t, &s.menu.DeleteDocument, docstore.DeleteDocument{ID: "a"})
	s.carry(t)
	list := run(t, &s.menu.ListEvents, docstore.ListEvents{EntityType: "document", EntityID: "a"})
	var names []string
	for _, e := range list.Items {
		names = append(names, e.EventType)
	}
	if got := strings.Join(names, " "); got != "document.deleted document.updated document.created" || list.Total != 3 {
		t.Errorf("got %s, total %d", got, list.Total)
	}
	repeat := domain.Event{ID: list.Items[0].ID, Name: "document.deleted", Aggregate: "document", AggregateID: "a", At: s.clock.Now()}
	if err := s.Outbox.Append(t.Context(), repeat); err != nil {
		t.Fatal(err)
	}
	s.carry(t)
	if again := run(t, &s.menu.ListEvents, docstore.ListEvents{}); again.Total != 3 {
		t.Errorf("a repeated event was logged again: total %d", again.Total)
	}
}

func TestAWebhookIsToldUntilItAccepts(t *testing.T) {
	s := newStation(t)
	var calls []webcall.Request
	status := 503
	s.call = func(r webcall.Request) (webcall.Answer, error) {
		calls = append(calls, r)
		return webcall.Answer{Status: status}, nil
	}
	hook := run(t, &s.menu.RegisterWebhook, docstore.RegisterWebhook{Name: "n", URL: "https://example.org", Events: []string{"document.created"},
		Secret: "key", Headers: map[string]string{"X-Team": "docs"}})
	if hook.Secret != "***" || hook.Headers["X-Team"] != "***" || hook.RetryCount != 3 || hook.TimeoutSeconds != 30 || !hook.IsActive {
		t.Errorf("registered %+v", hook)
	}
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "a", Content: "one"})
	run(t, &s.menu.PutDocument, docstore.PutDocument{ID: "a", Content: "two"})
	s.carry(t)
	until(t, s.deliverOne)
	for _, pause := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second} {
		s.clock.Advance(pause - time.Millisecond)
		if n := until(t, s.deliverOne); n != 0 {
			t.Errorf("%d attempts before the pause of %v was over", n, pause)
		}
		s.clock.Advance(time.Millisecond)
		if n := until(t, s.deliverOne); n != 1 {
			t.Errorf("%d attempts after the pause of %v", n, pause)
		}
	}
	dead := run(t, &s.menu.ListDeliveries, docstore.ListDeliveries{Status: "dead"})
	if len(calls) != 4 || dead.Total != 1 || dead.Items[0].AttemptCount != 4 || dead.Items[0].StatusCode != 503 {
		t.Fatalf("%d calls, dead %+v", len(calls), dead)
	}
	status = 204
	refused(t, &s.menu.ResendDelivery, docstore.ResendDelivery{DeliveryID: "unknown"}, domain.NotFound)
	run(t, &s.menu.ResendDelivery, docstore.ResendDelivery{DeliveryID: dead.Items[0].ID})
	until(t, s.deliverOne)
	all := run(t, &s.menu.ListDeliveries, docstore.ListDeliveries{WebhookID: hook.ID})
	if all.Total != 1 || all.Items[0].Status != "delivered" {
		t.Errorf("after the resend %+v", all)
	}
	checkCall(t, calls[4], all.Items[0])
	refused(t, &s.menu.DiscardDelivery, docstore.DiscardDelivery{DeliveryID: "unknown"}, domain.NotFound)
	if gone := run(t, &s.menu.DiscardDelivery, docstore.DiscardDelivery{DeliveryID: all.Items[0].ID}); gone.EventID != all.Items[0].EventID {
		t.Errorf("erased %+v", gone)
	}
	refused(t, &s.menu.DiscardDelivery, docstore.DiscardDelivery{DeliveryID: all.Items[0].ID}, domain.NotFound)
}

func checkCall(t *testing.T, call webcall.Request, d docstore.Delivery) {
	t.Helper()
	var event docstore.Event
	if err := json.Unmarshal(call.Body, &event); err != nil || event.EntityID != "a" || event.ID != d.EventID {
		t.Errorf("the body is %s, %v", call.Body, err)
	}
	want := map[string]string{"X-Team": "docs", "X-Docsteward-Event": "document.created", "X-Docsteward-Delivery": d.ID,
		"X-Docsteward-Signature": webhook.Sign("key", call.Body)}
	for name, value := range want {
		if call.Headers[name] != value {
			t.Errorf("header %s is %q, want %q", name, call.Headers[name], value)
		}
	}
}

func TestAForbiddenAddressIsNotTriedAgain(t *testing.T) {
	s := newStation(t)
	s.call = func(webcall.Request) (webcall.Answer, error) {
		return webcall.Answer{}, domain.Rejected.New("not public")
	}
	hook := run(t, &s.menu.RegisterWebhook, docstore.RegisterWebhook{Name: "n", URL: "http://127.0.0.1/", Events: []string{"*"}})
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "a", Content: "one"})
	s.carry(t)
	until(t, s.deliverOne)
	list := run(t, &s.menu.ListDeliveries, docstore.ListDeliveries{})
	if list.Total != 1 || list.Items[0].Status != "dead" || list.Items[0].Error != "not public" {
		t.Errorf("got %+v", list)
	}
	probe := run(t, &s.menu.TestWebhook, docstore.TestWebhook{ID: hook.ID})
	if probe.Status != "dead" || probe.EventType != "webhook.test" {
		t.Errorf("the test fared %+v", probe)
	}
}

func TestWebhooksAreCheckedAndChanged(t *testing.T) {
	s := newStation(t)
	for _, c := range []docstore.RegisterWebhook{
		{Name: "n", URL: "ftp://example.org", Events: []string{"*"}},
		{Name: "n", URL: "https://example.org", Events: []string{"docu*"}},
		{Name: " ", URL: "https://example.org", Events: []string{"*"}},
	} {
		refused(t, &s.menu.RegisterWebhook, c, domain.Invalid)
	}
	hook := run(t, &s.menu.RegisterWebhook, docstore.RegisterWebhook{Name: "n", URL: "https://example.org", Events: []string{"*"}, Secret: "key"})
	off, stars, none := false, "***", 0
	changed := run(t, &s.menu.UpdateWebhook, docstore.UpdateWebhook{ID: hook.ID, Secret: &stars, IsActive: &off, RetryCount: &none})
	if changed.IsActive || changed.RetryCount != 0 || changed.Name != "n" || changed.Secret != "***" {
		t.Errorf("changed to %+v", changed)
	}
	stored, err := s.Webhooks.Get(t.Context(), domain.StoredID[webhook.Webhook](hook.ID))
	if secret, e := s.Secrets.Open(stored.Secret); err != nil || e != nil || secret != "key" || stored.Secret == "key" {
		t.Errorf("three stars changed the secret, or it is stored in clear: %q, %v, %v", stored.Secret, err, e)
	}
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{Content: "one"})
	s.carry(t)
	if n := until(t, s.deliverOne); n != 0 {
		t.Errorf("a webhook that is switched off got %d deliveries", n)
	}
	run(t, &s.menu.DeleteWebhook, docstore.DeleteWebhook{ID: hook.ID})
	refused(t, &s.menu.GetWebhook, docstore.GetWebhook{ID: hook.ID}, domain.NotFound)
	refused(t, &s.menu.TestWebhook, docstore.TestWebhook{ID: hook.ID}, domain.NotFound)
	if list := run(t, &s.menu.ListWebhooks, docstore.ListWebhooks{}); list.Total != 0 {
		t.Errorf("got %+v", list)
	}
}
