package sourceagent_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/docsteward/docsteward/domain"
	domainsource "github.com/docsteward/docsteward/domain/source"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/usecase"
)

func (b *book) view(id string) docstore.Document {
	return docstore.Document{ID: id, Content: b.content, ContentHash: domainsource.HashOf([]byte(b.content)), Metadata: map[string]any{
		"source_type": b.meta.SourceType, "source_id": b.meta.SourceID, "path": b.meta.Path,
	}}
}

func (s *shelf) get(_ context.Context, c docstore.GetDocument) domain.DomainResult[docstore.Document] {
	if b := s.books[c.ID]; b != nil && !b.gone {
		return domain.Ok(b.view(c.ID))
	}
	return domain.Fail[docstore.Document](domain.NotFound.New("There is no document " + c.ID))
}

func (s *shelf) list(_ context.Context, c docstore.ListDocuments) domain.DomainResult[docstore.DocumentList] {
	var ids []string
	for id, b := range s.books {
		if !b.gone && b.meta.SourceType == c.SourceType {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	list := docstore.DocumentList{Total: len(ids)}
	for _, id := range ids[min(c.Offset, len(ids)):min(c.Offset+c.Limit, len(ids))] {
		list.Items = append(list.Items, s.books[id].view(id))
	}
	list.HasMore = c.Offset+len(list.Items) < len(ids)
	return domain.Ok(list)
}

func TestAReconciliationProvesThatNothingWasSkipped(t *testing.T) {
	s := newStation(t)
	files := map[string]string{"a.md": "# A\n", "b/twin.md": "# A\n", "blank.md": " \n", "c.md": "# C\n"}
	for n := range 600 { // more than one page of the store
		files[fmt.Sprintf("many/%d.md", n)] = fmt.Sprintf("# Page %d\n", n)
	}
	s.write(t, files)
	run := s.ingest(t, sourceagent.IngestSource{})
	held := s.reconcile(t, run.Source, 100)
	if !held.Reconciled || held.Files != 603 || held.Documents != 603 || held.Blank != 1 || held.SourceDigest != run.Digest || held.StoreDigest != run.Digest {
		t.Errorf("got %+v, the run says %s", held, run.Digest)
	}
}

func TestAReconciliationTellsWhatDiffers(t *testing.T) {
	s := newStation(t)
	s.write(t, map[string]string{"changed.md": "# Old\n", "gone.md": "# Gone\n", "lost.md": "# Lost\n", "same.md": "# Same\n", "spoilt.md": "# Right\n", "locked.md": "# L\n"})
	run := s.ingest(t, sourceagent.IngestSource{})
	for id, b := range s.shelf.books {
		switch b.meta.Path {
		case "lost.md":
			b.gone = true
		case "spoilt.md":
			b.content = "# Wrong\n"
		case "same.md":
			copied := *b
			copied.content, copied.meta.Path = "# Stray\n", "stray.md"
			s.shelf.books[id+"-stray"] = &copied
		}
	}
	s.write(t, map[string]string{"new.md": "# New\n", "changed.md": "# Changed\n"})
	s.remove(t, "gone.md")
	s.opener.fail = func(path string) error {
		if path == "locked.md" {
			return domain.Forbidden.New("locked")
		}
		return nil
	}
	held := s.reconcile(t, run.Source, 100)
	var got string
	for _, d := range held.Differences {
		got += d.Path + " " + d.Problem + "; "
	}
	want := "changed.md different; gone.md extra; locked.md unreadable; lost.md missing; new.md missing; spoilt.md different; stray.md extra; "
	if got != want || held.Reconciled || held.Differing != 7 || held.SourceDigest == held.StoreDigest {
		t.Errorf("got  %s\nwant %s\nof %+v", got, want, held)
	}
	if few := s.reconcile(t, run.Source, 2); few.Differing != 7 || len(few.Differences) != 2 {
		t.Errorf("%d of %d are listed", len(few.Differences), few.Differing)
	}
}

func (s *station) reconcile(t *testing.T, id string, limit int) sourceagent.Reconciliation {
	t.Helper()
	held, err := s.menu.ReconcileSource.Execute(t.Context(), sourceagent.ReconcileSource{ID: id, Limit: limit}).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	return held
}

func TestWhatCannotBeReconciled(t *testing.T) {
	s := newStation(t)
	s.write(t, map[string]string{"a.md": "# A\n"})
	run := s.ingest(t, sourceagent.IngestSource{})
	if err := s.menu.ReconcileSource.Execute(t.Context(), sourceagent.ReconcileSource{ID: "none", Limit: 1}).Err(); !errors.Is(err, domain.NotFound) {
		t.Errorf("an unknown source: %v", err)
	}
	if err := os.RemoveAll(s.dir); err != nil {
		t.Fatal(err)
	}
	if err := s.menu.ReconcileSource.Execute(t.Context(), sourceagent.ReconcileSource{ID: run.Source, Limit: 1}).Err(); !errors.Is(err, domain.NotFound) {
		t.Errorf("a source that is gone: %v", err)
	}
}

// A process that dies leaves a run behind that seems to be at work. The request that
// began it may be tried again at once; another one must wait.
func TestARequestThatIsTriedAgainTakesOver(t *testing.T) {
	s := newStation(t)
	s.write(t, map[string]string{"a.md": "# A\n", "b.md": "# B\n"})
	key := func(k string) context.Context {
		return usecase.WithMeta(t.Context(), usecase.Meta{IdempotencyKey: k})
	}
	var again, other error
	s.shelf.refuse = func(docstore.StoreEnvelope) error {
		s.shelf.refuse = nil
		other = s.menu.IngestSource.Execute(key("other"), sourceagent.IngestSource{Location: s.dir}).Err()
		again = s.menu.IngestSource.Execute(key("one"), sourceagent.IngestSource{Location: filepath.Join(s.dir, ".")}).Err()
		return nil
	}
	first := s.menu.IngestSource.Execute(key("one"), sourceagent.IngestSource{Location: s.dir}).Err()
	if again != nil || !errors.Is(other, domain.Conflict) || !errors.Is(first, domain.Conflict) {
		t.Errorf("the first ended with %v, the other request with %v, the same one with %v", first, other, again)
	}
	runs, err := s.menu.ListIngestions.Execute(t.Context(), sourceagent.ListIngestions{Limit: 10}).Unwrap()
	if err != nil || runs.Total != 2 {
		t.Fatalf("%d runs, %v", runs.Total, err)
	}
	statuses := map[string]int{}
	for _, r := range runs.Items {
		statuses[r.Status+" "+r.Key]++
	}
	if statuses["completed one"] != 1 || statuses["failed one"] != 1 {
		t.Errorf("got %v", statuses)
	}
}
