package embedded_test

import (
	"bufio"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/ingestion"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

// ingester runs the services that an ingestion needs.
type ingester struct {
	t    *testing.T
	base string
}

func newIngester(t *testing.T, environment ...string) ingester {
	t.Helper()
	return ingester{t, running(t, environment, docstore.ID, sourceagent.ID, analysis.ID, orchestrator.ID) + "/api/v1/ingestion"}
}

// start asks for an ingestion of a folder.
func (x ingester) start(folder string, more object) ingestion.Started {
	x.t.Helper()
	body := object{"source_url": folder, "source_type": "filesystem"}
	for name, value := range more {
		body[name] = value
	}
	status, text, started := ask[ingestion.Started](x.t, http.MethodPost, x.base+"/ingest", body)
	if status != http.StatusAccepted || started.Status != "started" || started.IngestionID == "" {
		x.t.Fatalf("%d %s", status, text)
	}
	return started
}

// ended waits for the end of an ingestion, as the runbook says: by its status.
func (x ingester) ended(id string) ingestion.Ingestion {
	x.t.Helper()
	for deadline := time.Now().Add(90 * time.Second); time.Now().Before(deadline); {
		status, text, view := ask[ingestion.Ingestion](x.t, http.MethodGet, x.base+"/status/"+id, nil)
		if status != http.StatusOK {
			x.t.Fatalf("%d %s", status, text)
		}
		if view.IsComplete {
			return view
		}
		clock.Wait(x.t.Context(), systemclock.Clock{}, 50*time.Millisecond)
	}
	x.t.Fatal("the ingestion does not end")
	return ingestion.Ingestion{}
}

func stageNamed(view ingestion.Ingestion, name string) ingestion.Stage {
	i := slices.IndexFunc(view.Stages, func(s ingestion.Stage) bool { return s.Name == name })
	if i < 0 {
		return ingestion.Stage{}
	}
	return view.Stages[i]
}

func writeAll(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestASourceIsIngestedAndNothingIsSkipped(t *testing.T) {
	x := newIngester(t)
	dir := t.TempDir()
	writeAll(t, dir, map[string]string{"README.md": "# Guide\n\nThis page tells how it is run.\n", "a/b.md": "# B\n\nIt is short.\n", "c.rst": "C\n=\n\nText.\n"})

	first := x.ended(x.start(dir, object{"priority": 8, "tags": []string{"docs"}, "requested_by": "ada"}).IngestionID)
	if first.Status != "completed" || first.TotalItems != 3 || first.SuccessfulItems != 3 || first.FailedItems != 0 || first.Priority != 8 || first.RequestedBy != "ada" || first.ProgressPercentage != 100 {
		t.Fatalf("the first cycle: %+v", first)
	}
	if first.Reconciled == nil || !*first.Reconciled || first.Reconciliation.SourceDigest != first.Reconciliation.StoreDigest || first.Reconciliation.Files != 3 {
		t.Errorf("the reconciliation: %+v", first.Reconciliation)
	}
	for name, state := range map[string]string{"ingest": "completed", "scan": "skipped", "analyse": "completed", "claims": "skipped", "reconcile": "completed", "notify": "completed"} {
		if s := stageNamed(first, name); s.State != state || state == "skipped" && s.Reason == "" {
			t.Errorf("stage %s: %+v", name, s)
		}
	}
	if s := stageNamed(first, "analyse"); s.Figures["score"] <= 0 {
		t.Errorf("the analysis: %+v", s)
	}

	second := x.ended(x.start(dir, nil).IngestionID)
	if second.Status != "completed" || second.SuccessfulItems != 0 || second.UnchangedItems != 3 || second.SkippedItems != 3 || !*second.Reconciled {
		t.Errorf("the second cycle: %+v", second)
	}

	if err := os.Remove(filepath.Join(dir, "a/b.md")); err != nil {
		t.Fatal(err)
	}
	writeAll(t, dir, map[string]string{"c.rst": "C\n=\n\nOther text.\n"})
	third := x.ended(x.start(dir, nil).IngestionID)
	if third.Status != "completed" || third.DeletedItems != 1 || third.SuccessfulItems != 1 || third.UnchangedItems != 1 || !*third.Reconciled || third.Reconciliation.Files != 2 {
		t.Errorf("the third cycle: %+v", third)
	}
	if _, text, stats := ask[ingestion.Stats](t, http.MethodGet, x.base+"/stats", nil); stats.TotalIngestions != 3 || stats.SuccessfulIngestions != 3 || stats.TotalSuccessfulItems != 4 || stats.SuccessRate != 1 {
		t.Errorf("got %s", text)
	}
	id := "files:" + filepath.Base(dir) + ":README.md"
	if status, text, d := ask[ingestion.Document](t, http.MethodGet, x.base+"/documents/"+id, nil); status != http.StatusOK || d.ContentType != "text/markdown" || !d.ChecksumVerified || d.FileSize != 40 || !slices.Contains(d.Tags, "size:small") {
		t.Errorf("the document: %d %s", status, text)
	}
}

func TestAnIngestionThatCannotBeDoneSaysWhy(t *testing.T) {
	x := newIngester(t)
	missing := filepath.Join(t.TempDir(), "nowhere")
	failed := x.ended(x.start(missing, nil).IngestionID)
	if failed.Status != "failed" || len(failed.Errors) != 1 || failed.Errors[0].Type != "not_found" || !strings.Contains(failed.ErrorMessage, missing) || failed.Reconciled != nil {
		t.Errorf("a place that is not there: %+v", failed)
	}
	writeAll(t, missing, map[string]string{"a.md": "# A\n"})
	status, text, again := ask[ingestion.Started](t, http.MethodPost, x.base+"/ingest/"+failed.IngestionID+"/retry", nil)
	if status != http.StatusAccepted || again.RetryOf != failed.IngestionID {
		t.Fatalf("%d %s", status, text)
	}
	mended := x.ended(again.IngestionID)
	if mended.Status != "completed" || mended.SuccessfulItems != 1 || mended.RetryOf != failed.IngestionID {
		t.Errorf("tried again: %+v", mended)
	}
	for _, c := range []struct {
		method, path string
		body         any
		status       int
		says         string
	}{
		{http.MethodPost, "/ingest", object{"source_url": ""}, 422, "source_url"},
		{http.MethodPost, "/ingest", object{"source_url": "  ", "source_type": "filesystem"}, 422, "cannot be empty"},
		{http.MethodPost, "/ingest", object{"source_url": strings.Repeat("x", 2001), "source_type": "filesystem"}, 422, "source_url"},
		{http.MethodPost, "/ingest", object{"source_url": "/x", "source_type": "ftp"}, 422, "source_type"},
		{http.MethodPost, "/ingest", object{"source_url": "/x", "source_type": "jira"}, 400, "filesystem"},
		{http.MethodPost, "/ingest", object{"source_url": "/x", "source_type": "filesystem", "scope": object{"max_items": -1}}, 422, "max_items"},
		{http.MethodPost, "/ingest", object{"source_url": "/x", "source_type": "filesystem", "parameters": object{"depth": 1}}, 422, "depth"},
		{http.MethodGet, "/status/none", nil, 404, "Ingestion not found"},
		{http.MethodGet, "/ingest/none", nil, 404, "Ingestion not found"},
		{http.MethodDelete, "/ingest/none", nil, 404, "Ingestion not found"},
		{http.MethodPost, "/ingest/none/retry", nil, 404, "Ingestion not found"},
		{http.MethodDelete, "/ingest/" + mended.IngestionID, nil, 409, "completed"},
		{http.MethodPost, "/ingest/" + mended.IngestionID + "/retry", nil, 409, "completed"},
		{http.MethodGet, "/documents/none", nil, 404, "not_found"},
		{http.MethodGet, "/ingest?status=odd", nil, 422, "status"},
		{http.MethodGet, "/ingest?limit=0", nil, 422, "limit"},
		{http.MethodGet, "/ingest?limit=1", nil, 200, `"total":2`},
		{http.MethodGet, "/ingest?status=failed&source_type=filesystem", nil, 200, `"total":1`},
		{http.MethodGet, "/sources", nil, 200, "filesystem"},
	} {
		if status, text, _ := ask[any](t, c.method, x.base+c.path, c.body); status != c.status || !strings.Contains(text, c.says) {
			t.Errorf("%s %s %v: %d %s", c.method, c.path, c.body, status, text)
		}
	}
}

func TestOnlyWhatLiesInTheRootsIsIngested(t *testing.T) {
	root := t.TempDir()
	x := newIngester(t, "INGESTION_ROOTS="+root)
	for _, outside := range []string{"/etc", root + "x", root + "/../x", "."} {
		if status, text, _ := ask[any](t, http.MethodPost, x.base+"/ingest", object{"source_url": outside, "source_type": "filesystem"}); status != http.StatusForbidden {
			t.Errorf("%s: %d %s", outside, status, text)
		}
	}
	writeAll(t, root, map[string]string{"in/a.md": "# A\n"})
	if view := x.ended(x.start(filepath.Join(root, "in"), nil).IngestionID); view.Status != "completed" {
		t.Errorf("inside: %+v", view)
	}
}

// A source that never answers keeps its job at work until somebody ends it.
func TestAnIngestionIsFollowedAndCancelled(t *testing.T) {
	begun, gone := make(chan struct{}, 10), make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost { // it is asked who it is, and how far
			http.Error(w, "busy", http.StatusServiceUnavailable)
			return
		}
		begun <- struct{}{}
		_, _ = io.Copy(io.Discard, r.Body) // a server notices that its caller left only behind the body
		select {
		case <-r.Context().Done():
			close(gone)
		case <-t.Context().Done():
		}
	}))
	t.Cleanup(silent.Close)
	x := ingester{t, running(t, []string{"SOURCE_AGENT_URL=" + silent.URL}, docstore.ID, orchestrator.ID) + "/api/v1/ingestion"}
	id := x.start("/somewhere", nil).IngestionID
	<-begun
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, x.base+"/ingest/"+id+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	stream, err := http.DefaultClient.Do(request)
	if err != nil || stream.StatusCode != http.StatusOK {
		t.Fatalf("%v, %v", stream, err)
	}
	defer func() { _ = stream.Body.Close() }()
	told := bufio.NewScanner(stream.Body)
	until := func(want string) {
		t.Helper()
		for told.Scan() {
			if strings.Contains(told.Text(), want) {
				return
			}
		}
		t.Fatalf("the stream ended without %s: %v", want, told.Err())
	}
	until(`"is_complete":false`)
	status, text, cancelled := ask[ingestion.Cancelled](t, http.MethodDelete, x.base+"/ingest/"+id, nil)
	if status != http.StatusOK || cancelled.Status != "cancelled" {
		t.Fatalf("%d %s", status, text)
	}
	until(`"status":"cancelled"`)
	select {
	case <-gone:
	case <-time.After(30 * time.Second):
		t.Error("the call of the source agent goes on")
	}
	if status, text, _ := ask[any](t, http.MethodDelete, x.base+"/ingest/"+id, nil); status != http.StatusConflict {
		t.Errorf("cancelled again: %d %s", status, text)
	}
}
