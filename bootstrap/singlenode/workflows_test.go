package singlenode_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/process"
	"github.com/docsteward/docsteward/bootstrap/singlenode"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/workflows"
)

// orchestrated runs the orchestrator on the database as the server does.
func orchestrated(t *testing.T, database *sqltest.Server) *workflows.UseCases {
	t.Helper()
	at, err := pgx.ParseConfig(database.DSN)
	if err != nil {
		t.Fatal(err)
	}
	directory, err := os.MkdirTemp("", "ds") // the path of a socket must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(directory) })
	cfg, err := config.Load([]string{
		"DOCSTEWARD_ENV=singlenode", "DOCSTEWARD_DATA=" + directory, "POSTGRES_HOST=" + at.Host, "POSTGRES_PORT=" + strconv.Itoa(int(at.Port)),
		"POSTGRES_DB=" + at.Database, "POSTGRES_USER=" + at.User, "POSTGRES_PASSWORD=none", "POSTGRES_SSLMODE=disable",
		"ORCHESTRATOR_PORT=0", "WEBHOOK_ALLOWED_HOSTS=127.0.0.1", "LOG_LEVEL=ERROR",
	})
	if err != nil {
		t.Fatal(err)
	}
	k, err := kit.New(cfg, kit.Options{Logs: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	a, err := singlenode.Open(t.Context(), k, orchestrator.ID)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	p, err := process.New(k, a.Services, "")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.Run(ctx, nil) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the process ended with %v", err)
		}
	})
	return a.Workflows
}

// TestARunOutlivesItsDatabase stops the database while a run is under way: what is
// asked meanwhile fails as something to try again, and the run ends once the database
// is back.
func TestARunOutlivesItsDatabase(t *testing.T) {
	database := sqltest.StartPostgres(t)
	called, let := make(chan string, 10), make(chan struct{})
	target := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		called <- r.URL.Path
		if r.URL.Path == "/second" {
			select {
			case <-let:
			case <-r.Context().Done():
			}
		}
	}))
	t.Cleanup(target.Close)
	menu, ctx := orchestrated(t, database), context.Background()
	visit := func(id string, dependsOn ...string) workflows.Action {
		return workflows.Action{ActionID: id, Name: id, ActionType: "external_api_call", DependsOn: dependsOn,
			Config: map[string]any{"url": target.URL + "/" + id, "method": "GET"}}
	}
	w, err := menu.CreateWorkflow.Execute(ctx, workflows.CreateWorkflow{
		Name: "w", WorkflowType: "generic", Activate: true, Actions: []workflows.Action{visit("first"), visit("second", "first"), visit("third", "second")},
	}).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	begun, err := menu.ExecuteWorkflow.Execute(ctx, workflows.ExecuteWorkflow{WorkflowID: w.WorkflowID, Priority: 5}).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"/first", "/second"} {
		if got := <-called; got != want {
			t.Fatalf("%s was called, want %s", got, want)
		}
	}
	database.Stop(t)
	err = menu.ExecuteWorkflow.Execute(ctx, workflows.ExecuteWorkflow{WorkflowID: w.WorkflowID, Priority: 5}).Err()
	if fault := domain.FaultOf(err); fault == nil || fault.Kind != domain.Storage && fault.Kind != domain.Timeout {
		t.Errorf("a start without a database: %v", err)
	}
	close(let)
	database.Start(t)
	tick, limit := time.NewTicker(50*time.Millisecond), time.After(2*time.Minute)
	defer tick.Stop()
	for {
		e, err := menu.GetExecution.Execute(ctx, workflows.GetExecution{ID: begun.ExecutionID}).Unwrap()
		if err == nil && e.Status == "completed" {
			break
		}
		if err == nil && e.Status == "failed" {
			t.Fatalf("the run failed: %s", e.ErrorMessage)
		}
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("the run is %s, %v", e.Status, err)
		}
	}
	var more []string
	for len(called) > 0 {
		more = append(more, <-called)
	}
	if got := strings.Join(more, " "); got != "/third" && got != "/second /third" {
		t.Errorf("after the outage %s was called; the first is recorded and the second was under way", got)
	}
}
