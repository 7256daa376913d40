package embedded_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/bootstrap/app"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/embedded"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/jobs"
)

func openAt(t *testing.T, clock *clocktest.Manual, environ ...string) (*app.App, error) {
	t.Helper()
	cfg, err := config.Load(environ)
	if err != nil {
		t.Fatal(err)
	}
	k, err := kit.New(cfg, kit.Options{Logs: t.Output(), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	a, err := embedded.Open(t.Context(), k, "doc_store")
	if err == nil {
		t.Cleanup(a.Close)
	}
	return a, err
}

func get(a *app.App, path string) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	a.Services[0].Server.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
	return answer
}

func TestAStaleJobDegradesHealth(t *testing.T) {
	clock := clocktest.New()
	a, err := openAt(t, clock, "DOCSTEWARD_DATA="+t.TempDir(), "DOCSTORE_QUALITY_INTERVAL=1h", "DOCSTORE_LIFECYCLE_INTERVAL=0", "DOCSTORE_CLEANUP_INTERVAL=0")
	if err != nil {
		t.Fatal(err)
	}
	health := func() (status string, stale bool) {
		answer := get(a, "/health")
		var body struct {
			Status  string
			Details struct {
				Jobs map[string]struct{ Stale bool }
			}
		}
		if err := json.Unmarshal(answer.Body.Bytes(), &body); err != nil || answer.Code != http.StatusOK {
			t.Fatalf("%d, %s, %v", answer.Code, answer.Body, err)
		}
		return body.Status, body.Details.Jobs["quality"].Stale
	}
	clock.Advance(3 * time.Hour)
	if status, stale := health(); status != "healthy" || stale {
		t.Errorf("three intervals: %s, %v", status, stale)
	}
	clock.Advance(time.Second)
	if status, stale := health(); status != "degraded" || !stale {
		t.Errorf("more than three intervals: %s, %v", status, stale)
	}
	if metrics := get(a, "/metrics").Body.String(); !strings.Contains(metrics, `docstore_job_age_seconds{job="quality",service="doc_store"} 10801`) {
		t.Errorf("the age of the job is not among the metrics")
	}
	if err := a.DocStore.RunJob.Execute(t.Context(), jobs.RunJob{Name: "nope"}).Err(); !errors.Is(err, domain.NotFound) {
		t.Errorf("an unknown job: %v", err)
	}
}

func TestTheLengthOfTheOutboxIsAMetric(t *testing.T) {
	cfg, err := config.Load([]string{"DOCSTEWARD_DATA=" + t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	k, err := kit.New(cfg, kit.Options{Logs: t.Output(), Clock: clocktest.New()})
	if err != nil {
		t.Fatal(err)
	}
	a, err := embedded.Open(t.Context(), k)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	for i, content := range []string{"one", "two"} {
		if err := a.DocStore.StoreDocument.Execute(t.Context(), docstore.StoreDocument{Content: content}).Err(); err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf(`queue_length{queue_name="outbox",service="doc_store"} %d`, i+1)
		if metrics := get(a, "/metrics").Body.String(); !strings.Contains(metrics, want) {
			t.Errorf("%s is not among the metrics", want)
		}
	}
	answer := httptest.NewRecorder()
	a.Services[1].Server.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if !strings.Contains(answer.Body.String(), `queue_length{queue_name="outbox",service="source-agent"} 0`) {
		t.Error("the outbox of the source agent is not among its metrics")
	}
}

func TestBackupsLieInTheDataDirectory(t *testing.T) {
	data := t.TempDir()
	a, err := openAt(t, clocktest.New(), "DOCSTEWARD_DATA="+data)
	if err != nil {
		t.Fatal(err)
	}
	made, err := a.DocStore.MakeBackup.Execute(t.Context(), docstore.MakeBackup{}).Unwrap()
	if err != nil || made.Path != filepath.Join(data, "backups", "doc_store-20260105T120000Z.sqlite3") {
		t.Errorf("made %+v, %v", made, err)
	}
}

func TestTheKeyOfSecretsIsKeptInTheDataDirectory(t *testing.T) {
	data := t.TempDir()
	if _, err := openAt(t, clocktest.New(), "DOCSTEWARD_DATA="+data, "DOCSTEWARD_SECRET_KEY=short"); !errors.Is(err, domain.Invalid) {
		t.Errorf("a key that is none: %v", err)
	}
	if _, err := os.Stat(filepath.Join(data, "secret.key")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a key file beside a configured key: %v", err)
	}
	if _, err := openAt(t, clocktest.New(), "DOCSTEWARD_DATA="+data); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(data, "secret.key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key file: %v, %v", info, err)
	}
}
