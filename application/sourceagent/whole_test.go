package sourceagent_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	gogit "github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/object"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/adapters/ids/uuidv7"
	"github.com/docsteward/docsteward/adapters/markup"
	sourceopener "github.com/docsteward/docsteward/adapters/source"
	"github.com/docsteward/docsteward/adapters/sql/docstoresql"
	"github.com/docsteward/docsteward/adapters/sql/sourceagentsql"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	appdocstore "github.com/docsteward/docsteward/application/docstore"
	app "github.com/docsteward/docsteward/application/sourceagent"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

// whole is a source agent and a document store as they run, each on SQLite.
type whole struct {
	agent sourceagent.UseCases
	store docstore.UseCases
}

func newWhole(t testing.TB) *whole {
	w := new(whole)
	own, db := sqltest.SQLite(t, sourceagentsql.Migrations), sqltest.SQLite(t, docstoresql.Migrations)
	documents := docstoresql.New(db)
	appdocstore.Fill(&w.store, appdocstore.Deps{
		Documents: documents, History: documents, Index: docstoresql.NewIndex(documents), Spans: documents, Fingerprints: docstoresql.NewFingerprints(db),
		Outbox: sqlkit.NewOutbox(db, nil), Unit: db, Clock: systemclock.Clock{}, IDs: new(uuidv7.Generator), Markup: markup.New(),
	})
	app.Fill(&w.agent, app.Deps{
		Places: sourceagentsql.NewPlaces(own), Records: sourceagentsql.NewRecords(own), Runs: sourceagentsql.NewRuns(own),
		Opener: sourceopener.Opener{}, StoreEnvelope: &w.store.StoreEnvelope, DeleteDocument: &w.store.DeleteDocument,
		Markup: markup.New(), Outbox: sqlkit.NewOutbox(own, nil), Unit: own, Meter: tally{}, Clock: systemclock.Clock{}, IDs: new(uuidv7.Generator),
	})
	return w
}

func TestARepositoryIsMirroredWithItsHistory(t *testing.T) {
	w, dir := newWhole(t), t.TempDir()
	repository, err := gogit.PlainInit(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	commit := func(author string, day int, files map[string]string) {
		for name, text := range files {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		tree, err := repository.Worktree()
		if err != nil {
			t.Fatal(err)
		}
		if err := tree.AddGlob("."); err != nil {
			t.Fatal(err)
		}
		who := &object.Signature{Name: author, Email: author, When: time.Date(2026, 1, day, 12, 0, 0, 0, time.UTC)}
		if _, err := tree.Commit("change", &gogit.CommitOptions{Author: who, Committer: who}); err != nil {
			t.Fatal(err)
		}
	}
	commit("ann@example.com", 1, map[string]string{"setup.md": "# Setup\n\nRun make.\n", "use.md": "# Use\n", "CODEOWNERS": "* @org/docs\n"})
	commit("bob@example.com", 2, map[string]string{"setup.md": "# Setup\n\nRun make install.\n"})
	first := run(t, &w.agent.IngestSource, sourceagent.IngestSource{Location: dir, Name: "handbook"})
	wantCounts(t, first, "added 2")
	d := run(t, &w.store.GetDocument, docstore.GetDocument{ID: "git:handbook:setup.md"})
	want := map[string]any{"author": "bob@example.com", "owner": "org/docs", "source_type": "git", "type": "markdown", "path": "setup.md",
		"last_modified": "2026-01-02T12:00:00Z", "project": "handbook", "source_id": first.Source}
	for key, value := range want {
		if d.Metadata[key] != value {
			t.Errorf("metadata.%s is %v, want %v", key, d.Metadata[key], value)
		}
	}
	if d.Title != "Setup" || d.Metadata["commit"] == nil || fmt.Sprint(d.Metadata["owners"]) != "[org/docs]" {
		t.Errorf("got %+v", d)
	}
	if err := os.Rename(filepath.Join(dir, "use.md"), filepath.Join(dir, "usage.md")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "setup.md")); err != nil {
		t.Fatal(err)
	}
	wantCounts(t, run(t, &w.agent.IngestSource, sourceagent.IngestSource{Location: dir}), "renamed 1, removed 1")
	list := run(t, &w.store.ListDocuments, docstore.ListDocuments{SourceType: "git", Limit: 10})
	if list.Total != 1 || list.Items[0].ID != "git:handbook:use.md" || list.Items[0].Metadata["path"] != "usage.md" {
		t.Errorf("the store lists %+v", list.Items)
	}
}

// testdata is a folder of real documentation.
func testdata(t testing.TB) string {
	t.Helper()
	root := os.Getenv("DOCSTEWARD_TESTDATA")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "data")
	}
	dir := filepath.Join(root, "etcd-docs")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no test material: set DOCSTEWARD_TESTDATA to the folder that holds etcd-docs (%v)", err)
	}
	return dir
}

func TestRealDocumentationIsMirrored(t *testing.T) {
	w, dir := newWhole(t), testdata(t)
	began := time.Now()
	first := run(t, &w.agent.IngestSource, sourceagent.IngestSource{Location: dir})
	t.Logf("%s in %v", counts(first), time.Since(began))
	began = time.Now()
	second := run(t, &w.agent.IngestSource, sourceagent.IngestSource{Location: dir})
	t.Logf("%s in %v", counts(second), time.Since(began))
	if first.Failed > 0 || first.Added == 0 || second.Unchanged != first.Added || second.Digest != first.Digest {
		t.Errorf("first %+v, then %+v", first, second)
	}
	list := run(t, &w.store.ListDocuments, docstore.ListDocuments{Limit: 1})
	if blank := len(first.Warnings) - first.Duplicates; list.Total != first.Added-first.Duplicates-blank {
		t.Errorf("the store holds %d documents, want %d", list.Total, first.Added-first.Duplicates-blank)
	}
}

func BenchmarkIngestWithoutChanges(b *testing.B) {
	w, dir := newWhole(b), b.TempDir()
	old := time.Now().Add(-time.Hour)
	for i := range 180 {
		name := filepath.Join(dir, fmt.Sprint(i, ".md"))
		if err := os.WriteFile(name, fmt.Appendf(nil, "# Page %d\n", i), 0o600); err != nil {
			b.Fatal(err)
		}
		if err := os.Chtimes(name, old, old); err != nil {
			b.Fatal(err)
		}
	}
	ingest := func() {
		if err := w.agent.IngestSource.Execute(b.Context(), sourceagent.IngestSource{Location: dir}).Err(); err != nil {
			b.Fatal(err)
		}
	}
	ingest()
	for b.Loop() {
		ingest()
	}
}
