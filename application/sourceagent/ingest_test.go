package sourceagent_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	domainsource "github.com/docsteward/docsteward/domain/source"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

func TestIngestionFollowsAFolder(t *testing.T) {
	s := newStation(t)
	name := filepath.Base(s.dir)
	s.write(t, map[string]string{"a.md": "# A\n", "b/c.rst": "C\n=\n", "main.go": "package main", "d.md": "---\ntitle: Deep\nx: 1\n---\n# Other\n", "CODEOWNERS": "* @all\n/b/ @org/team me@example.com\n"})
	first := s.ingest(t, sourceagent.IngestSource{})
	wantCounts(t, first, "added 3")
	s.write(t, map[string]string{"a.md": "# A, once more\n", "e.md": "# E\n"})
	s.rename(t, "b/c.rst", "n/c.rst")
	s.remove(t, "d.md")
	second := s.ingest(t, sourceagent.IngestSource{})
	wantCounts(t, second, "added 1, changed 1, renamed 1, removed 1")
	if second.Source != first.Source || second.Digest == first.Digest || second.Status != "completed" || second.Kind != "files" {
		t.Errorf("got %+v", second)
	}
	counted := tally{"files added": 4, "files changed": 1, "files renamed": 1, "files removed": 1, "files unchanged": 0, "files failed": 0}
	if fmt.Sprint(s.meter) != fmt.Sprint(counted) {
		t.Errorf("the meter was told %v, want %v", s.meter, counted)
	}
	want := map[string]string{"a.md": "# A, once more\n", "n/c.rst": "C\n=\n", "e.md": "# E\n"}
	if got := s.shelf.living(t); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v", got)
	}
	moved := s.shelf.books["files:"+name+":b/c.rst"]
	if moved == nil || moved.gone || moved.meta.Path != "n/c.rst" || moved.version != 2 || moved.meta.SourceType != "files" || moved.meta.Metadata["type"] != "rst" {
		t.Errorf("the renamed file is %+v", moved)
	}
	if deep := s.shelf.books["files:"+name+":d.md"]; !deep.gone || deep.meta.Title != "Deep" || deep.meta.LastModified == nil || deep.meta.Metadata["owner"] != "all" {
		t.Errorf("the removed file is %+v", deep)
	}
}

func TestARunWithoutChangesReadsNothing(t *testing.T) {
	s := newStation(t)
	for i := range 180 {
		s.write(t, map[string]string{fmt.Sprintf("d%d/f%d.md", i%9, i): fmt.Sprintf("# File %d\n", i)})
	}
	first := s.ingest(t, sourceagent.IngestSource{})
	wantCounts(t, first, "added 180")
	reads, writes := s.opener.reads.Load(), s.shelf.writes
	began := time.Now()
	again := s.ingest(t, sourceagent.IngestSource{})
	wantCounts(t, again, "unchanged 180")
	if s.opener.reads.Load() != reads || s.shelf.writes != writes || again.Digest != first.Digest {
		t.Errorf("%d files were read and %d stored", s.opener.reads.Load()-reads, s.shelf.writes-writes)
	}
	t.Logf("180 unchanged files in %v", time.Since(began))
	full := s.ingest(t, sourceagent.IngestSource{Full: true})
	wantCounts(t, full, "unchanged 180")
	if s.shelf.writes != writes+180 {
		t.Errorf("a full run stored %d files, want 180", s.shelf.writes-writes)
	}
}

func TestATouchedFileIsReadAndNotStored(t *testing.T) {
	s := newStation(t)
	s.write(t, map[string]string{"a.md": "# A\n"})
	s.ingest(t, sourceagent.IngestSource{})
	if err := os.Chtimes(filepath.Join(s.dir, "a.md"), time.Time{}, time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	reads, writes := s.opener.reads.Load(), s.shelf.writes
	wantCounts(t, s.ingest(t, sourceagent.IngestSource{}), "unchanged 1")
	wantCounts(t, s.ingest(t, sourceagent.IngestSource{}), "unchanged 1")
	if s.opener.reads.Load() != reads+1 || s.shelf.writes != writes {
		t.Errorf("%d reads and %d writes, want one read", s.opener.reads.Load()-reads, s.shelf.writes-writes)
	}
}

func TestFaultsOfSingleFilesAreListedAndTheRunGoesOn(t *testing.T) {
	s := newStation(t)
	s.write(t, map[string]string{"a.md": "# A\n", "blank.md": " \n", "shut.md": "# Shut\n", "z.md": "# Z\n"})
	big, err := os.Create(filepath.Join(s.dir, "big.md"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(big.Truncate(200<<20), big.Close(), os.Symlink("/etc/hostname", filepath.Join(s.dir, "out.md"))); err != nil {
		t.Fatal(err)
	}
	s.opener.fail = func(path string) error {
		if path == "shut.md" {
			return domain.Forbidden.New("shut.md may not be read.")
		}
		return nil
	}
	i := s.ingest(t, sourceagent.IngestSource{})
	wantCounts(t, i, "added 3, failed 3")
	kinds := map[string]string{}
	for _, f := range append(i.Failures, i.Warnings...) {
		kinds[f.Path] = f.Kind
		if f.Message == "" {
			t.Errorf("%s has no message", f.Path)
		}
	}
	want := map[string]string{"big.md": "too large", "out.md": "rejected", "shut.md": "forbidden", "blank.md": "rejected"}
	if fmt.Sprint(kinds) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", kinds, want)
	}
	s.opener.fail = nil
	s.remove(t, "big.md", "out.md")
	wantCounts(t, s.ingest(t, sourceagent.IngestSource{}), "added 1, unchanged 3")
	s.mirrors(t, s.ingest(t, sourceagent.IngestSource{}))
}

func TestFilesOfOneContentAreOneDocumentThatOutlivesEither(t *testing.T) {
	s := newStation(t)
	s.write(t, map[string]string{"a.md": "same\n", "b.md": "same\n", "c.md": "same\n"})
	i := s.ingest(t, sourceagent.IngestSource{})
	wantCounts(t, i, "added 3, duplicates 2")
	if len(i.Warnings) != 2 {
		t.Errorf("warnings: %v", i.Warnings)
	}
	s.mirrors(t, i)
	wantCounts(t, s.ingest(t, sourceagent.IngestSource{}), "unchanged 3")
	s.remove(t, "a.md") // the one that the document followed
	i = s.ingest(t, sourceagent.IngestSource{})
	wantCounts(t, i, "removed 1, unchanged 2")
	s.mirrors(t, i)
	s.write(t, map[string]string{"b.md": "another\n"}) // the heir changes, the last one keeps the content
	i = s.ingest(t, sourceagent.IngestSource{})
	wantCounts(t, i, "changed 1, unchanged 1")
	s.mirrors(t, i)
	s.remove(t, "c.md")
	i = s.ingest(t, sourceagent.IngestSource{})
	wantCounts(t, i, "removed 1, unchanged 1")
	s.mirrors(t, i)
}

func TestFilesThatSwapTheirContentKeepTheirDocuments(t *testing.T) {
	s := newStation(t)
	s.write(t, map[string]string{"a.md": "x\n", "b.md": "y\n", "c.md": "z\n"})
	s.ingest(t, sourceagent.IngestSource{})
	s.write(t, map[string]string{"a.md": "yy\n", "b.md": "zz\n", "c.md": "x\n"}) // a chain
	s.mirrors(t, s.ingest(t, sourceagent.IngestSource{}))
	s.write(t, map[string]string{"a.md": "zz\n", "b.md": "yy\n"}) // a circle
	s.mirrors(t, s.ingest(t, sourceagent.IngestSource{Full: true}))
	if len(s.shelf.books) != 3 {
		t.Errorf("there are %d documents, want 3", len(s.shelf.books))
	}
}

func TestARunThatWasCutGoesOnWhereItStopped(t *testing.T) {
	s := newStation(t)
	for i := range 20 {
		s.write(t, map[string]string{fmt.Sprintf("f%02d.md", i): fmt.Sprint("content ", i)})
	}
	stored := 0
	s.shelf.refuse = func(docstore.StoreEnvelope) error {
		if stored++; stored > 8 {
			return domain.Storage.New("The store is away.").WithRetryAfter(time.Second)
		}
		return nil
	}
	_, err := s.menu.IngestSource.Execute(t.Context(), sourceagent.IngestSource{Location: s.dir}).Unwrap()
	if !errors.Is(err, domain.Storage) || domain.FaultOf(err).RetryAfter != time.Second {
		t.Fatalf("got %v", err)
	}
	id, _ := domain.FaultOf(err).Details["ingestion_id"].(string)
	failed, err := s.menu.GetIngestion.Execute(t.Context(), sourceagent.GetIngestion{ID: id}).Unwrap()
	if err != nil || failed.Status != "failed" || failed.Added != 8 || failed.Failed != 5 || failed.Cause == "" {
		t.Errorf("the run is %+v, %v", failed, err)
	}
	s.shelf.refuse = nil
	reads := s.opener.reads.Load()
	i := s.ingest(t, sourceagent.IngestSource{})
	wantCounts(t, i, "added 12, unchanged 8")
	if s.opener.reads.Load() != reads+12 {
		t.Errorf("%d files were read again, want 12", s.opener.reads.Load()-reads)
	}
	s.mirrors(t, i)
}

func TestACancelledRunKeepsWhatItStored(t *testing.T) {
	s := newStation(t)
	for i := range 20 {
		s.write(t, map[string]string{fmt.Sprintf("f%02d.md", i): fmt.Sprint("content ", i)})
	}
	ctx, cancel := context.WithCancel(t.Context())
	stored := 0
	s.shelf.refuse = func(docstore.StoreEnvelope) error {
		if stored++; stored == 6 {
			cancel()
		}
		return nil
	}
	_, err := s.menu.IngestSource.Execute(ctx, sourceagent.IngestSource{Location: s.dir}).Unwrap()
	if !errors.Is(err, domain.Timeout) {
		t.Fatalf("got %v", err)
	}
	list, err := s.menu.ListIngestions.Execute(t.Context(), sourceagent.ListIngestions{Status: "cancelled", Limit: 10}).Unwrap()
	if err != nil || list.Total != 1 || list.Items[0].Added < 5 || list.Items[0].FinishedAt == nil {
		t.Errorf("got %+v, %v", list, err)
	}
	i := s.ingest(t, sourceagent.IngestSource{})
	if i.Unchanged < 5 || i.Unchanged+i.Added != 20 {
		t.Errorf("the next run: %s", counts(i))
	}
	s.mirrors(t, i)
}

func TestOneRunOfASourceAtATime(t *testing.T) {
	s := newStation(t)
	s.write(t, map[string]string{"a.md": "a"})
	var second, forget error
	s.shelf.refuse = func(docstore.StoreEnvelope) error {
		second = s.menu.IngestSource.Execute(t.Context(), sourceagent.IngestSource{Location: s.dir}).Err()
		forget = s.menu.ForgetSource.Execute(t.Context(), sourceagent.ForgetSource{ID: domainsource.NewPlace("files", s.dir, "", "", future).ID.String()}).Err()
		return nil
	}
	i := s.ingest(t, sourceagent.IngestSource{})
	for _, err := range []error{second, forget} {
		if !errors.Is(err, domain.Conflict) || domain.FaultOf(err).Details["id"] != i.IngestionID {
			t.Errorf("got %v, %v", err, domain.FaultOf(err))
		}
	}
}
