package main

import (
	"bytes"
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/bootstrap/process"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

// library is a data directory with a folder that was ingested into it.
type library struct{ data, database string }

func newLibrary(t *testing.T) library {
	t.Helper()
	data, err := os.MkdirTemp("", "rebuild") // short enough for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(data) })
	t.Setenv("DOCSTEWARD_DATA", data)
	t.Setenv("LOG_FILE", filepath.Join(t.TempDir(), "log"))
	l := library{data, filepath.Join(data, "doc_store.sqlite3")}
	folder := t.TempDir()
	for name, content := range map[string]string{"a.md": "# The warden\n", "b.md": "# Another\n", "copy.md": "# Another\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l.open(t, func(_ *docstore.UseCases, agent *sourceagent.UseCases) {
		if err := agent.IngestSource.Execute(t.Context(), sourceagent.IngestSource{Location: folder, Name: "docs"}).Err(); err != nil {
			t.Fatal(err)
		}
	})
	return l
}

func (library) open(t *testing.T, use func(*docstore.UseCases, *sourceagent.UseCases)) {
	t.Helper()
	cfg, err := loadConfig()
	if err != nil {
		t.Fatal(err)
	}
	a, err := openEmbedded(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	use(a.DocStore, a.SourceAgent)
}

func (l library) found(t *testing.T) (ids []string) {
	t.Helper()
	l.open(t, func(docs *docstore.UseCases, _ *sourceagent.UseCases) {
		found, err := docs.SearchDocuments.Execute(t.Context(), docstore.SearchDocuments{Q: "warden"}).Unwrap()
		if err != nil {
			t.Fatal(err)
		}
		for _, hit := range found.Items {
			ids = append(ids, hit.ID)
		}
	})
	return ids
}

func runRebuild(t *testing.T, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := newRebuild()
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetOut(&out)
	cmd.SetErr(&errs)
	cmd.SetArgs(args)
	err = cmd.ExecuteContext(context.Background())
	return out.String(), errs.String(), err
}

func TestACorruptStoreIsRebuiltFromItsSources(t *testing.T) {
	l := newLibrary(t)
	before := l.found(t)
	for _, part := range []string{"-wal", "-shm"} { // SQLite would recover the file from them
		_ = os.Remove(l.database + part)
	}
	if err := os.WriteFile(l.database, []byte(strings.Repeat("garbage ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	out, errs, err := runRebuild(t, "doc_store")
	if err != nil || out != "2 documents from 1 sources, 0 of them with failures\n" || !strings.Contains(errs, "1 of 1: docs") {
		t.Fatalf("%q, %q, %v", out, errs, err)
	}
	if after := l.found(t); len(after) != 1 || after[0] != before[0] {
		t.Errorf("found %v before and %v after", before, after)
	}
	kept, _ := filepath.Glob(l.database + ".corrupt-*")
	if len(kept) != 1 {
		t.Errorf("kept: %v", kept)
	}
}

func TestALostStoreIsRebuilt(t *testing.T) {
	l := newLibrary(t)
	for _, part := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(l.database + part)
	}
	if out, errs, err := runRebuild(t, "doc_store"); err != nil {
		t.Fatalf("%q, %q, %v", out, errs, err)
	}
	if len(l.found(t)) != 1 {
		t.Error("the document is not found")
	}
}

func TestAWholeStoreIsNotRebuiltUnlessForced(t *testing.T) {
	newLibrary(t)
	if _, _, err := runRebuild(t, "doc_store"); !errors.Is(err, domain.Conflict) {
		t.Errorf("whole: %v", err)
	}
	if out, errs, err := runRebuild(t, "doc_store", "--force"); err != nil {
		t.Errorf("forced: %q, %q, %v", out, errs, err)
	}
}

func TestNothingIsRebuiltBesideAServerOrFromNothing(t *testing.T) {
	l := newLibrary(t)
	listener, err := net.Listen("unix", filepath.Join(l.data, process.SocketName))
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = runRebuild(t, "doc_store", "--force")
	_ = listener.Close()
	if !errors.Is(err, domain.Conflict) || !strings.Contains(err.Error(), "stop it") {
		t.Errorf("beside a server: %v", err)
	}
	t.Setenv("DOCSTEWARD_DATA", t.TempDir())
	if _, _, err := runRebuild(t, "doc_store"); !errors.Is(err, domain.Rejected) {
		t.Errorf("from nothing: %v", err)
	}
	if _, _, err := runRebuild(t, "source-agent"); !errors.Is(err, domain.Invalid) {
		t.Errorf("another service: %v", err)
	}
}
