package singlenode_test

import (
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/singlenode"
	"github.com/docsteward/docsteward/ports/analysis"
)

// analyst returns the analysis on a real PostgreSQL.
func analyst(t *testing.T) *analysis.UseCases {
	t.Helper()
	dsn, _ := sqltest.PostgresSchema(t)
	server, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := config.Load([]string{
		"DOCSTEWARD_ENV=singlenode", "DOCSTEWARD_DATA=" + t.TempDir(), "POSTGRES_HOST=" + server.Host, "POSTGRES_PORT=" + strconv.Itoa(int(server.Port)),
		"POSTGRES_DB=" + server.Database, "POSTGRES_USER=" + server.User, "POSTGRES_PASSWORD=" + server.Password, "POSTGRES_SSLMODE=disable",
	})
	if err != nil {
		t.Fatal(err)
	}
	k, err := kit.New(cfg, kit.Options{Logs: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	a, err := singlenode.Open(t.Context(), k, analysis.ID)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	return a.Analysis
}

// Checks of one project that end at once are told apart, and what drifted is told by
// one of them.
func TestChecksAtOnceOnPostgres(t *testing.T) {
	menu, dir := analyst(t), t.TempDir()
	code := filepath.Join(dir, "main.go")
	write := func(name, text string) {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	program := func(port string) string {
		return "package main\n\nimport \"flag\"\n\nfunc main() { flag.Int(\"web.port\", " + port + ", \"\"); flag.String(\"data.path\", \"/d\", \"\") }\n"
	}
	write(filepath.Join(dir, "page.md"), "# Options\n\n- `--web.port` (default `9090`)\n- `--data.path` (default `/d`)\n")
	write(code, program("9090"))
	order := analysis.RecordClaims{Location: dir, Project: "at once " + filepath.Base(dir)}
	if first, err := menu.RecordClaims.Execute(t.Context(), order).Unwrap(); err != nil || first.Drifted != 0 || first.ByVerdict["holds"] == 0 {
		t.Fatalf("got %+v, %v", first, err)
	}
	write(code, program("9191"))
	checks := make([]analysis.ClaimCheck, 4)
	var all sync.WaitGroup
	for i := range checks {
		all.Go(func() {
			var err error
			if checks[i], err = menu.RecordClaims.Execute(t.Context(), order).Unwrap(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	numbers, drifted := make(map[int]bool), 0
	for _, c := range checks {
		numbers[c.Number] = true
		drifted += c.Drifted
	}
	if len(numbers) != len(checks) || drifted != 1 {
		t.Errorf("%d numbers, %d claims drifted: %+v", len(numbers), drifted, checks)
	}
}
