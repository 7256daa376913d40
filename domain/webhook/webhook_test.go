package webhook_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/webhook"
)

func ExampleSign() {
	// The first test case of RFC 4231.
	secret := "\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b"
	fmt.Println(webhook.Sign(secret, []byte("Hi There")))
	// Output: sha256=b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7
}

func ExampleBackoff() {
	for attempt := 1; attempt <= 4; attempt++ {
		fmt.Println(webhook.Backoff(attempt, 0), webhook.Backoff(attempt, 0.5))
	}
	// Output:
	// 1s 1.125s
	// 2s 2.25s
	// 4s 4.5s
	// 8s 9s
}

func TestCheckNamesEveryFault(t *testing.T) {
	good := webhook.Webhook{Name: "n", URL: "https://example.org/x?y=1", Events: []string{"*"}, Timeout: time.Second}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		change func(*webhook.Webhook)
		field  string
	}{
		"blank name":       {func(w *webhook.Webhook) { w.Name = " " }, "name"},
		"relative URL":     {func(w *webhook.Webhook) { w.URL = "/x" }, "url"},
		"other scheme":     {func(w *webhook.Webhook) { w.URL = "file://host/etc/passwd" }, "url"},
		"password":         {func(w *webhook.Webhook) { w.URL = "https://a:b@example.org" }, "url"},
		"no events":        {func(w *webhook.Webhook) { w.Events = nil }, "events"},
		"too many retries": {func(w *webhook.Webhook) { w.Retries = 11 }, "retry_count"},
		"no time":          {func(w *webhook.Webhook) { w.Timeout = 0 }, "timeout_seconds"},
		"header injection": {func(w *webhook.Webhook) { w.Headers = map[string]string{"X-A": "b\r\nHost: c"} }, "headers"},
		"header name":      {func(w *webhook.Webhook) { w.Headers = map[string]string{"X A": "b"} }, "headers"},
		"own header":       {func(w *webhook.Webhook) { w.Headers = map[string]string{"x-docsteward-signature": "b"} }, "headers"},
	} {
		t.Run(name, func(t *testing.T) {
			w := good
			test.change(&w)
			err := w.Check()
			if !errors.Is(err, domain.Invalid) || domain.FaultOf(err).Fields[0].Field != test.field {
				t.Errorf("got %v, want a complaint about %s", err, test.field)
			}
		})
	}
}

func TestADeliveryDiesWhenItsRetriesAreUsedUp(t *testing.T) {
	now := time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)
	d := webhook.Delivery{Status: webhook.Pending}
	for attempt := 1; attempt <= 3; attempt++ {
		d = d.Failed(500, "no", 2, now, 0)
		if dead := d.Status == webhook.Dead; dead != (attempt == 3) || d.Attempts != attempt {
			t.Fatalf("after attempt %d: %+v", attempt, d)
		}
	}
	again, err := d.Resent(now)
	if err != nil || again.Status != webhook.Pending || again.Attempts != 0 || !again.NextAt.Equal(now) {
		t.Errorf("resent: %+v, %v", again, err)
	}
	if _, err := again.Resent(now); !errors.Is(err, domain.Conflict) {
		t.Errorf("resent twice: %v", err)
	}
	if done := again.Succeeded(204, now); done.Status != webhook.Delivered || done.Answer != 204 || done.Cause != "" {
		t.Errorf("succeeded: %+v", done)
	}
}
