package embedded_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/bootstrap/app"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/embedded"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/process"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
)

// serve runs the document store as the server does, workers and all, and returns
// its address. The process must end without an error when the test does.
func serve(t *testing.T, environ ...string) (*app.App, *process.Process, string) {
	t.Helper()
	data, err := os.MkdirTemp("", "ds") // the path of a socket must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(data) })
	cfg, err := config.Load(append([]string{"DOCSTEWARD_DATA=" + data, "DOCSTORE_PORT=0", "DOC_STORE_PORT=0"}, environ...))
	if err != nil {
		t.Fatal(err)
	}
	k, err := kit.New(cfg, kit.Options{Logs: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	a, err := embedded.Open(t.Context(), k, "doc_store")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	p, err := process.New(k, a.Services, "")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	addresses, ended := make(chan map[string]string, 1), make(chan error, 1)
	go func() { ended <- p.Run(ctx, func(a map[string]string) { addresses <- a }) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the process ended with %v", err)
		}
	})
	select {
	case at := <-addresses:
		return a, p, "http://" + at["doc_store"]
	case err := <-ended:
		ended <- nil
		t.Fatalf("the process did not start: %v", err)
	}
	return nil, nil, ""
}

type health struct {
	Status, Error string
	Dependencies  map[string]string
}

// healthAt reads the health of a server once its dependencies have been asked.
func healthAt(t *testing.T, base string) (int, health) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) {
		response, err := http.Get(base + "/health")
		if err != nil {
			t.Fatal(err)
		}
		var h health
		err = json.NewDecoder(response.Body).Decode(&h)
		_ = response.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if h.Dependencies["database"] != "unknown" {
			return response.StatusCode, h
		}
	}
	t.Fatal("the database was never asked")
	return 0, health{}
}

// A server whose store is no database at all starts, tells what is wrong, and
// leaves the file as it is for whoever restores it.
func TestAStoreThatIsGarbageIsToldOfAndNotTouched(t *testing.T) {
	path, garbage := filepath.Join(t.TempDir(), "store.sqlite3"), strings.Repeat("not a database ", 1000)
	if err := os.WriteFile(path, []byte(garbage), 0o600); err != nil {
		t.Fatal(err)
	}
	a, p, base := serve(t, "DOCSTORE_DB="+path)
	if status, h := healthAt(t, base); status != http.StatusServiceUnavailable || h.Status != "unhealthy" || h.Dependencies["database"] != "corrupt" || !strings.Contains(h.Error, "backup") {
		t.Errorf("/health: %d, %+v", status, h)
	}
	for _, path := range []string{"/ready", "/api/v1/documents", "/api/v1/search?q=x"} {
		response, err := http.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %d, %v", path, response.StatusCode, response.Header)
		}
	}
	err := a.DocStore.StoreDocument.Execute(t.Context(), docstore.StoreDocument{Content: "text"}).Err()
	if fault := domain.FaultOf(err); !errors.Is(err, domain.Storage) || fault.Code != "corrupt" || fault.RetryAfter <= 0 {
		t.Errorf("writing: %v", err)
	}
	if now, err := os.ReadFile(path); err != nil || string(now) != garbage {
		t.Errorf("the file was changed, or is gone: %v", err)
	}

	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := p.Restart(t.Context(), "doc_store"); err != nil {
		t.Fatalf("restarting after the file was taken away: %v", err)
	}
	if err := a.DocStore.StoreDocument.Execute(t.Context(), docstore.StoreDocument{Content: "text"}).Err(); err != nil {
		t.Errorf("writing after the restart: %v", err)
	}
}

func TestAServerWithAHealthyStoreIsHealthy(t *testing.T) {
	_, _, base := serve(t)
	if status, h := healthAt(t, base); status != http.StatusOK || h.Status != "healthy" || h.Dependencies["database"] != "healthy" || h.Error != "" {
		t.Errorf("/health: %d, %+v", status, h)
	}
}
