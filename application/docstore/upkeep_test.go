package docstore

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/application/jobs"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/webhook"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/webcall"
)

const month = 30 * day

func (s *station) doJob(t *testing.T, name string) {
	t.Helper()
	all := s.Jobs(Intervals{History: month})
	at := slices.IndexFunc(all, func(j jobs.Job) bool { return j.Name == name })
	if at < 0 {
		t.Fatalf("there is no job %s", name)
	}
	if err := all[at].Do(t.Context()); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func TestTheQualityJobKeepsAHistory(t *testing.T) {
	s := fillShelf(t)
	s.doJob(t, "quality")
	run(t, &s.menu.DeleteDocument, docstore.DeleteDocument{ID: "old"})
	s.clock.Advance(time.Hour)
	s.doJob(t, "quality")
	history := run(t, &s.menu.ListQualityHistory, docstore.ListQualityHistory{Limit: 10})
	if history.Total != 2 {
		t.Fatalf("history: %+v", history)
	}
	now, before := history.Items[0], history.Items[1]
	if before.DocumentCount != 3 || before.StaleCount != 1 || before.RedundantCount != 2 || before.StalePercentage != 33.33 || before.Flags["stale"] != 1 {
		t.Errorf("before: %+v", before)
	}
	if now.DocumentCount != 2 || now.StaleCount != 0 || now.RedundantCount != 0 || now.TakenAt.Sub(before.TakenAt) != time.Hour {
		t.Errorf("now: %+v", now)
	}
}

func TestTheCleanupJobErasesWhatIsDoneWith(t *testing.T) {
	s := newStation(t)
	s.call = func(webcall.Request) (webcall.Answer, error) { return webcall.Answer{Status: 200}, nil }
	run(t, &s.menu.RegisterWebhook, docstore.RegisterWebhook{Name: "n", URL: "https://example.org", Events: []string{"document.*"}})
	run(t, &s.menu.BulkStoreDocuments, docstore.BulkStoreDocuments{Documents: []docstore.BulkDocument{{ID: "a", Content: "one"}}})
	until(t, s.bulkOne)
	s.carry(t)
	until(t, s.deliverOne)
	s.doJob(t, "quality")
	counts := func() [4]int {
		return [4]int{
			run(t, &s.menu.ListEvents, docstore.ListEvents{}).Total,
			run(t, &s.menu.ListDeliveries, docstore.ListDeliveries{}).Total,
			run(t, &s.menu.ListBulkOperations, docstore.ListBulkOperations{}).Total,
			run(t, &s.menu.ListQualityHistory, docstore.ListQualityHistory{}).Total,
		}
	}
	before := counts()
	if slices.Contains(before[:], 0) {
		t.Fatalf("before: %v", before)
	}
	s.clock.Advance(month)
	s.doJob(t, "cleanup")
	if after := counts(); after != before {
		t.Errorf("a month to the instant: %v, want %v", after, before)
	}
	s.clock.Advance(time.Second)
	s.doJob(t, "cleanup")
	if after := counts(); after != [4]int{0, 0, 0, 1} {
		t.Errorf("after a month: %v", after)
	}
	if _, err := s.Documents.Get(t.Context(), domain.StoredID[document.Document]("a")); err != nil {
		t.Errorf("the document: %v", err)
	}
}

func TestAPurgeGoesOnUntilNothingIsLeft(t *testing.T) {
	s := newStation(t)
	left, calls := 2*purgeBatch+1, 0
	batch := func(_ context.Context, _ time.Time, limit int) (int, error) {
		calls++
		n := min(left, limit)
		left -= n
		return n, nil
	}
	if err := s.purge(t.Context(), "things", s.clock.Now(), batch); err != nil || left != 0 || calls != 3 {
		t.Errorf("%d left after %d calls, %v", left, calls, err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	left = 10 * purgeBatch
	if err := s.purge(ended, "things", s.clock.Now(), batch); !errors.Is(err, domain.Timeout) || left == 0 {
		t.Errorf("a purge that was stopped: %v", err)
	}
}

func TestTheOtherJobsDoTheirWork(t *testing.T) {
	s := newStation(t)
	handled := 0
	count := func(context.Context) error { handled++; return nil }
	for _, wait := range []time.Duration{0, inboxDays * day, time.Second} {
		s.clock.Advance(wait)
		s.doJob(t, "inbox-cleanup")
		if err := s.Inbox.Once(t.Context(), "h", "e", count); err != nil {
			t.Fatal(err)
		}
	}
	if handled != 2 {
		t.Errorf("handled %d times, want once before it was forgotten and once after", handled)
	}
	s.doJob(t, "integrity-check")
	s.doJob(t, "lifecycle")
	s.doJob(t, "backup")
	if list := run(t, &s.menu.ListBackups, docstore.ListBackups{}); list.Total != 1 {
		t.Errorf("backups: %+v", list)
	}
}

func TestABackupIsMadeAndTheOldestGoes(t *testing.T) {
	s := newStation(t)
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "a", Content: "one"})
	var made []docstore.Backup
	for range 3 {
		made = append(made, run(t, &s.menu.MakeBackup, docstore.MakeBackup{}))
		s.clock.Advance(time.Minute)
	}
	first, last := made[0], made[2]
	info, err := os.Stat(last.Path)
	if err != nil || info.Size() != last.Bytes || len(last.SHA256) != 64 || !slices.Equal(last.Erased, []string{first.Path}) {
		t.Errorf("made: %+v, %v", last, err)
	}
	if _, err := os.Stat(first.Path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the first is there: %v", err)
	}
	if list := run(t, &s.menu.ListBackups, docstore.ListBackups{}); list.Total != 2 || list.Items[0].Path != last.Path {
		t.Errorf("listed: %+v", list)
	}
}

func TestStorageStatsCountTheLiving(t *testing.T) {
	s := newStation(t)
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "a", Content: strings.Repeat("x", 600)})
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "b", Content: "gone"})
	run(t, &s.menu.DeleteDocument, docstore.DeleteDocument{ID: "b"})
	stats := run(t, &s.menu.GetStorageStats, docstore.GetStorageStats{})
	if stats.DocumentCount != 1 || stats.TotalContentSize != 600 || stats.DatabaseSizeMB <= 0 {
		t.Errorf("got %+v", stats)
	}
}

func TestEventsFromOutsideReachLogAndWebhooks(t *testing.T) {
	s := newStation(t)
	var sent []webcall.Request
	s.call = func(r webcall.Request) (webcall.Answer, error) {
		sent = append(sent, r)
		return webcall.Answer{Status: 500}, nil
	}
	none := 0
	run(t, &s.menu.RegisterWebhook, docstore.RegisterWebhook{Name: "n", URL: "https://example.org", Events: []string{"review.*"}, Secret: "key",
		Headers: map[string]string{"Authorization": "token"}, RetryCount: &none})
	c := docstore.RecordEvent{EventType: "review.done", EntityType: "document", EntityID: "a", UserID: "u", Metadata: json.RawMessage(`{"ok":true}`)}
	event := run(t, &s.menu.RecordEvent, c)
	c.EventType = "other"
	run(t, &s.menu.RecordEvent, c)
	until(t, s.deliverOne)
	if len(sent) != 1 || sent[0].Headers["Authorization"] != "token" || sent[0].Headers["X-Docsteward-Signature"] != webhook.Sign("key", sent[0].Body) {
		t.Errorf("sent %+v", sent)
	}
	listed := run(t, &s.menu.ListEvents, docstore.ListEvents{EventType: "review.done"})
	if listed.Total != 1 || listed.Items[0].ID != event.ID || string(event.Payload) != `{"metadata":{"ok":true},"user_id":"u"}` {
		t.Errorf("listed %+v, recorded %+v", listed, event)
	}
	stats := run(t, &s.menu.GetNotificationStats, docstore.GetNotificationStats{DaysBack: 7})
	if stats.TotalEvents != 2 || stats.EventsByType["other"] != 1 || stats.TotalDeliveries != 1 || stats.FailedDeliveries != 1 ||
		stats.DeliveriesByStatus["dead"] != 1 || stats.ActiveWebhooks != 1 || len(stats.RecentFailures) != 1 || stats.RecentFailures[0].StatusCode != 500 {
		t.Errorf("stats %+v", stats)
	}
	s.clock.Advance(8 * day)
	later := run(t, &s.menu.GetNotificationStats, docstore.GetNotificationStats{DaysBack: 7})
	if later.TotalEvents != 0 || later.TotalDeliveries != 0 || len(later.RecentFailures) != 0 || later.ActiveWebhooks != 1 {
		t.Errorf("a week later %+v", later)
	}
}

func TestASecretOfAnotherKeyFailsItsDeliveryAndSaysSo(t *testing.T) {
	s := newStation(t)
	s.call = func(webcall.Request) (webcall.Answer, error) { return webcall.Answer{Status: 200}, nil }
	hook := run(t, &s.menu.RegisterWebhook, docstore.RegisterWebhook{Name: "n", URL: "https://example.org", Events: []string{"*"}, Secret: "key"})
	s.service.Secrets = newSealer(t)
	d := run(t, &s.menu.TestWebhook, docstore.TestWebhook{ID: hook.ID})
	if d.Status != "delivered" {
		t.Fatalf("the menu has its own key: %+v", d)
	}
	run(t, &s.menu.RecordEvent, docstore.RecordEvent{EventType: "a", EntityType: "b", EntityID: "c"})
	until(t, s.deliverOne)
	list := run(t, &s.menu.ListDeliveries, docstore.ListDeliveries{Status: "dead"})
	if list.Total != 1 || !strings.Contains(list.Items[0].Error, "another key") {
		t.Errorf("delivered with another key: %+v", list)
	}
}
