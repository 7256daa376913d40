package sourceagent_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/usecase"
)

func run[C, R any](t *testing.T, u usecase.UseCase[C, R], c C) R {
	t.Helper()
	value, err := u.Execute(t.Context(), c).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestPreviewTellsAndWritesNothing(t *testing.T) {
	s := newStation(t)
	s.write(t, map[string]string{"a.md": "# A\n", "b.md": "# B\n", "c.md": "# C, longer\n"})
	preview := run(t, &s.menu.PreviewIngestion, sourceagent.PreviewIngestion{Location: s.dir, Limit: 2})
	if preview.Known || preview.Added.Total != 3 || len(preview.Added.Paths) != 2 || s.shelf.writes != 0 {
		t.Errorf("of a new source: %+v", preview)
	}
	if sources := run(t, &s.menu.ListSources, sourceagent.ListSources{}); sources.Total != 0 {
		t.Errorf("a preview made %+v", sources)
	}
	s.ingest(t, sourceagent.IngestSource{})
	s.rename(t, "c.md", "d.md")
	s.remove(t, "b.md")
	s.write(t, map[string]string{"a.md": "# A, again\n"})
	writes := s.shelf.writes
	preview = run(t, &s.menu.PreviewIngestion, sourceagent.PreviewIngestion{Location: s.dir, Limit: 10})
	if !preview.Known || preview.Added.Total != 0 || fmt.Sprint(preview.Changed.Paths, preview.Removed.Paths, preview.Renamed) != "[a.md] [b.md] [{c.md d.md}]" || s.shelf.writes != writes {
		t.Errorf("of a known source: %+v", preview)
	}
}

func TestABoundOnFilesAndKeepingTheRemoved(t *testing.T) {
	s := newStation(t)
	no := false
	s.write(t, map[string]string{"a.md": "a", "b.md": "b", "c.md": "c"})
	wantCounts(t, s.ingest(t, sourceagent.IngestSource{MaxItems: 2}), "added 2, remaining 1")
	s.remove(t, "a.md")
	s.write(t, map[string]string{"d.md": "dd"})
	wantCounts(t, s.ingest(t, sourceagent.IngestSource{MaxItems: 1}), "added 1, unchanged 1, remaining 2")
	wantCounts(t, s.ingest(t, sourceagent.IngestSource{Prune: &no}), "added 1, unchanged 2")
	if len(s.shelf.living(t)) != 4 {
		t.Errorf("kept %v", s.shelf.living(t))
	}
	i := s.ingest(t, sourceagent.IngestSource{MaxItems: 5})
	wantCounts(t, i, "removed 1, unchanged 3")
	s.mirrors(t, i)
}

func TestARenamedFileLeavesItsIdToNobody(t *testing.T) {
	s := newStation(t)
	s.write(t, map[string]string{"a.md": "old\n"})
	s.ingest(t, sourceagent.IngestSource{})
	s.rename(t, "a.md", "b.md")
	s.ingest(t, sourceagent.IngestSource{})
	s.write(t, map[string]string{"a.md": "new\n"})
	i := s.ingest(t, sourceagent.IngestSource{})
	s.mirrors(t, i)
	items := run(t, &s.menu.ListSourceItems, sourceagent.ListSourceItems{ID: i.Source, Limit: 10})
	base := "files:" + filepath.Base(s.dir)
	if items.Total != 2 || items.Items[0].Document != base+":a.md#2" || items.Items[1].Document != base+":a.md" {
		t.Errorf("got %+v", items.Items)
	}
}

func TestSourcesThatShareContentAndName(t *testing.T) {
	s := newStation(t)
	top := s.dir
	s.write(t, map[string]string{"x/docs/a.md": "same\n", "x/docs/b.md": "only x\n", "y/docs/c.md": "same\n"})
	in := func(dir string) sourceagent.Ingestion {
		s.dir = filepath.Join(top, dir)
		return s.ingest(t, sourceagent.IngestSource{})
	}
	x := in("x/docs")
	y := in("y/docs")
	if x.Name != "docs" || y.Name == "docs" || y.Duplicates != 1 {
		t.Errorf("x is %+v, y is %+v", x, y)
	}
	err := s.menu.IngestSource.Execute(t.Context(), sourceagent.IngestSource{Location: s.dir, Name: "docs"}).Err()
	if !errors.Is(err, domain.Conflict) || domain.FaultOf(err).Details["id"] != x.Source {
		t.Errorf("a taken name: %v", err)
	}
	sources := run(t, &s.menu.ListSources, sourceagent.ListSources{Limit: 10})
	if sources.Total != 2 || sources.Items[0].ID != x.Source || sources.Items[0].Items != 2 || sources.Items[0].LastRun.IngestionID != x.IngestionID {
		t.Errorf("sources: %+v", sources)
	}
	forgotten := run(t, &s.menu.ForgetSource, sourceagent.ForgetSource{ID: x.Source, Documents: true})
	if forgotten.Documents != 1 || forgotten.Items != 2 {
		t.Errorf("forgotten: %+v", forgotten)
	}
	s.mirrors(t, in("y/docs")) // the heir, under its own path
	if err := s.menu.ForgetSource.Execute(t.Context(), sourceagent.ForgetSource{ID: x.Source}).Err(); !errors.Is(err, domain.NotFound) {
		t.Errorf("again: %v", err)
	}
}

func TestEveryIngestionIsToldOf(t *testing.T) {
	s := newStation(t)
	s.write(t, map[string]string{"a.md": "a", "b.md": "b"})
	s.ingest(t, sourceagent.IngestSource{})
	s.write(t, map[string]string{"a.md": "aa"})
	s.shelf.refuse = func(docstore.StoreEnvelope) error { return domain.TooLarge.New("Split it.") }
	wantCounts(t, s.ingest(t, sourceagent.IngestSource{}), "unchanged 1, failed 1")
	if err := os.RemoveAll(s.dir); err != nil {
		t.Fatal(err)
	}
	if err := s.menu.IngestSource.Execute(t.Context(), sourceagent.IngestSource{Location: s.dir}).Err(); !errors.Is(err, domain.NotFound) {
		t.Errorf("a folder that is gone: %v", err)
	}
	entries, err := s.outbox.Claim(t.Context(), future, future, 100)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]int{}
	for _, e := range entries {
		names[e.Event.Name]++
	}
	if fmt.Sprint(names) != "map[docs.ingested.files:2 ingestion.completed:2]" {
		t.Errorf("got %v", names)
	}
}
