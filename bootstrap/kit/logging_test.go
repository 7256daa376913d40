package kit_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/kit"
)

func open(t *testing.T, environment ...string) *kit.Kit {
	t.Helper()
	cfg, err := config.Load(append([]string{"DOCSTEWARD_DATA=" + t.TempDir()}, environment...))
	if err != nil {
		t.Fatal(err)
	}
	k, err := kit.New(cfg, kit.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestALogFileIsSetAsideWhenItIsFull(t *testing.T) {
	path := filepath.Join(t.TempDir(), "service.log")
	logger := open(t, "LOG_FILE="+path, "MAX_LOG_SIZE=1048576", "LOG_BACKUP_COUNT=2").Logger("doc_store")
	for range 30 {
		logger.Info(strings.Repeat("x", 100_000))
	}
	now, err := os.Stat(path)
	if err != nil || now.Size() > 1<<20 {
		t.Fatalf("the file is %v, %v", now, err)
	}
	aside, err := filepath.Glob(filepath.Join(filepath.Dir(path), "service-*.log"))
	if err != nil || len(aside) == 0 {
		t.Errorf("nothing was set aside: %v, %v", aside, err)
	}
}

func TestLinesGoToTheCollectorWhereThereIsOne(t *testing.T) {
	if k := open(t, "LOG_FILE="+filepath.Join(t.TempDir(), "log")); k.Shipper != nil {
		t.Error("lines are shipped nowhere")
	}
	lines := make(chan string, 10)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var body struct {
			Items []struct{ Service, Message string }
		}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		for _, item := range body.Items {
			lines <- item.Service + ": " + item.Message
		}
	}))
	defer collector.Close()
	k := open(t, "LOG_COLLECTOR_URL="+collector.URL, "LOG_FILE="+filepath.Join(t.TempDir(), "log"))
	go func() { _ = k.Shipper.Run(t.Context()) }()
	k.Logger("doc_store").Info("hello")
	if got := <-lines; got != "doc_store: hello" {
		t.Errorf("got %q", got)
	}
}
