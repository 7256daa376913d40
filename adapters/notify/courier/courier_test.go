package courier_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/adapters/notify/courier"
	"github.com/docsteward/docsteward/adapters/notify/webhook"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/reporting"
)

func parcel(channel report.Channel, address string) reporting.Parcel {
	return reporting.Parcel{
		Key: "d-1", To: report.Destination{Channel: channel, Address: address}, Title: "Weekly", Text: "It is there.", Link: "/x",
		FileName: "weekly.csv", MediaType: "text/csv", Content: []byte("a,b\n"),
	}
}

func TestAFileIsPosted(t *testing.T) {
	var body, key, kind string
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		all, _ := io.ReadAll(r.Body)
		body, key, kind = string(all), r.Header.Get("Idempotency-Key"), r.Header.Get("Content-Type")
		w.WriteHeader(status)
	}))
	t.Cleanup(server.Close)
	caller := webhook.New(systemclock.Clock{}, []string{"127.0.0.1"})
	t.Cleanup(caller.Close)
	c := courier.New(caller, t.TempDir())
	if err := c.Bring(context.Background(), parcel(report.Webhook, server.URL)); err != nil || body != "a,b\n" || key != "d-1" || kind != "text/csv" {
		t.Errorf("%q %q %q %v", body, key, kind, err)
	}
	if err := c.Bring(context.Background(), parcel(report.Notice, server.URL)); err != nil || body != `{"link":"/x","text":"It is there.","title":"Weekly"}` || kind != "application/json" {
		t.Errorf("%q %q %v", body, kind, err)
	}
	for answered, want := range map[int]domain.Kind{500: domain.Upstream, 429: domain.Upstream, 404: domain.Rejected, 302: domain.Rejected} {
		status = answered
		if err := c.Bring(context.Background(), parcel(report.Webhook, server.URL)); !errors.Is(err, want) {
			t.Errorf("%d: %v", answered, err)
		}
	}
	guarded := webhook.New(systemclock.Clock{}, nil)
	t.Cleanup(guarded.Close)
	if err := courier.New(guarded, "").Bring(context.Background(), parcel(report.Webhook, server.URL)); !errors.Is(err, domain.Rejected) {
		t.Errorf("an address that is not public: %v", err)
	}
}

func TestAFileIsWritten(t *testing.T) {
	folder := t.TempDir()
	c := courier.New(nil, folder)
	for range 2 { // a repeat replaces it
		if err := c.Bring(context.Background(), parcel(report.Folder, "weekly/team")); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(filepath.Join(folder, "weekly", "team"))
	if err != nil || len(files) != 1 || files[0].Name() != "weekly.csv" {
		t.Errorf("%v, %v", files, err)
	}
	for _, address := range []string{"../out", "/tmp/out", "a/../../out"} {
		if err := c.Bring(context.Background(), parcel(report.Folder, address)); !errors.Is(err, domain.Invalid) {
			t.Errorf("%s: %v", address, err)
		}
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if err := c.Bring(ended, parcel(report.Folder, "x")); !errors.Is(err, domain.Timeout) {
		t.Errorf("ended: %v", err)
	}
	if err := c.Bring(context.Background(), parcel("pigeon", "x")); !errors.Is(err, domain.Invalid) {
		t.Errorf("no channel: %v", err)
	}
	full := filepath.Join(folder, "weekly", "team", "weekly.csv")
	if err := courier.New(nil, full).Bring(context.Background(), parcel(report.Folder, "x")); !errors.Is(err, domain.Storage) {
		t.Errorf("a file in place of the folder: %v", err)
	}
}
