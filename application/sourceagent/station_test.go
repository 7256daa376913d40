package sourceagent_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/markup"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/adapters/memory/sourceagentmem"
	sourceopener "github.com/docsteward/docsteward/adapters/source"
	app "github.com/docsteward/docsteward/application/sourceagent"
	"github.com/docsteward/docsteward/domain"
	domainsource "github.com/docsteward/docsteward/domain/source"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/ids/idstest"
	"github.com/docsteward/docsteward/ports/source"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/usecase"
)

// station is a source agent in memory, beside a shelf that stands for the
// document store.
type station struct {
	menu   sourceagent.UseCases
	shelf  *shelf
	clock  *clocktest.Manual
	outbox *memkit.Outbox
	opener *opener
	meter  tally
	dir    string
}

// tally counts documents by the kind of their source and by what became of them.
type tally map[string]int

func (t tally) Processed(_ context.Context, source, status string, documents int) {
	t[source+" "+status] += documents
}

// future is later than every file that a test makes, so that stamps are trusted.
var future = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)

func newStation(t *testing.T) *station {
	now := clocktest.At(future)
	s := stationAt(t, now)
	s.clock = now
	return s
}

// stationAt is a station with a clock of its own.
func stationAt(t *testing.T, now clock.Clock) *station {
	s := &station{dir: t.TempDir(), meter: tally{}}
	db := memkit.New()
	places, records := sourceagentmem.New(db)
	s.shelf = &shelf{books: map[string]*book{}}
	s.outbox, s.opener = memkit.NewOutbox(db, nil), &opener{inner: sourceopener.Opener{}}
	app.Fill(&s.menu, app.Deps{
		Places: places, Records: records, Runs: sourceagentmem.NewRuns(db), Opener: s.opener,
		StoreEnvelope: usecase.Func[docstore.StoreEnvelope, docstore.Document](s.shelf.store), DeleteDocument: usecase.Func[docstore.DeleteDocument, docstore.Deleted](s.shelf.remove),
		GetDocument: usecase.Func[docstore.GetDocument, docstore.Document](s.shelf.get), ListDocuments: usecase.Func[docstore.ListDocuments, docstore.DocumentList](s.shelf.list),
		Markup: markup.New(), Outbox: s.outbox, Unit: db, Meter: s.meter, Clock: now, IDs: idstest.New("id"),
	})
	return s
}

// opener counts what is read, and fails to read what it is told to.
type opener struct {
	inner source.Opener
	reads atomic.Int64
	fail  func(path string) error
}

func (o *opener) Open(ctx context.Context, location string) (source.Source, error) {
	open, err := o.inner.Open(ctx, location)
	if err != nil {
		return nil, err
	}
	return watched{open, o}, nil
}

type watched struct {
	source.Source
	opener *opener
}

func (w watched) Read(ctx context.Context, item domainsource.Item) ([]byte, error) {
	w.opener.reads.Add(1)
	if w.opener.fail != nil {
		if err := w.opener.fail(item.Path); err != nil {
			return nil, err
		}
	}
	return w.Source.Read(ctx, item)
}

// book is a document on the shelf.
type book struct {
	content string
	meta    docstore.EnvelopeDocument
	version int
	gone    bool
}

// shelf keeps documents as the document store promises to: one living document
// of each content.
type shelf struct {
	books  map[string]*book
	writes int
	// refuse makes a store fail; nil takes everything.
	refuse func(e docstore.StoreEnvelope) error
}

func (s *shelf) store(ctx context.Context, e docstore.StoreEnvelope) domain.DomainResult[docstore.Document] {
	fail := domain.Fail[docstore.Document]
	if ctx.Err() != nil {
		return fail(domain.FaultOf(ctx.Err()))
	}
	if s.refuse != nil {
		if err := s.refuse(e); err != nil {
			return fail(err)
		}
	}
	d := e.Document
	if strings.TrimSpace(d.Content) == "" || domainsource.HashOf([]byte(d.Content)) != e.ContentHash {
		return fail(domain.Invalid.New("blank, or not what the hash says"))
	}
	for id, b := range s.books {
		if id != d.ID && !b.gone && b.content == d.Content {
			return fail(domain.Conflict.New("Another document has the same content.").WithDetail("id", id))
		}
	}
	b := s.books[d.ID]
	if b == nil {
		b = &book{}
		s.books[d.ID] = b
	}
	*b = book{content: d.Content, meta: d, version: b.version + 1}
	s.writes++
	return domain.Ok(docstore.Document{ID: d.ID, Version: b.version})
}

func (s *shelf) remove(_ context.Context, c docstore.DeleteDocument) domain.DomainResult[docstore.Deleted] {
	b := s.books[c.ID]
	if b == nil || b.gone {
		return domain.Fail[docstore.Deleted](domain.NotFound.New("There is no document " + c.ID))
	}
	b.gone = true
	s.writes++
	return domain.Ok(docstore.Deleted{ID: c.ID})
}

// living returns the contents of the living documents by their path.
func (s *shelf) living(t *testing.T) map[string]string {
	t.Helper()
	living := map[string]string{}
	for _, b := range s.books {
		if b.gone {
			continue
		}
		if other, twice := living[b.meta.Path]; twice {
			t.Errorf("%s is stored twice: %q and %q", b.meta.Path, other, b.content)
		}
		living[b.meta.Path] = b.content
	}
	return living
}

func (s *station) write(t *testing.T, files map[string]string) {
	t.Helper()
	for name, text := range files {
		full := filepath.Join(s.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func (s *station) remove(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := os.Remove(filepath.Join(s.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
}

func (s *station) rename(t *testing.T, from, to string) {
	t.Helper()
	full := filepath.Join(s.dir, to)
	if err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o755), os.Rename(filepath.Join(s.dir, from), full)); err != nil {
		t.Fatal(err)
	}
}

func (s *station) ingest(t *testing.T, c sourceagent.IngestSource) sourceagent.Ingestion {
	t.Helper()
	c.Location = s.dir
	view, err := s.menu.IngestSource.Execute(t.Context(), c).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	return view
}

// counts writes the counts of a run that are not zero.
func counts(i sourceagent.Ingestion) string {
	var words []string
	for _, c := range []struct {
		name string
		n    int
	}{{"added", i.Added}, {"changed", i.Changed}, {"renamed", i.Renamed}, {"removed", i.Removed}, {"unchanged", i.Unchanged},
		{"duplicates", i.Duplicates}, {"failed", i.Failed}, {"remaining", i.Remaining}} {
		if c.n != 0 {
			words = append(words, fmt.Sprint(c.name, " ", c.n))
		}
	}
	return strings.Join(words, ", ")
}

func wantCounts(t *testing.T, i sourceagent.Ingestion, want string) {
	t.Helper()
	if got := counts(i); got != want {
		t.Errorf("got %q, want %q; failures %v", got, want, i.Failures)
	}
}

// mirrors fails the test unless the shelf holds exactly what the folder does.
func (s *station) mirrors(t *testing.T, i sourceagent.Ingestion) {
	t.Helper()
	var there, kept []string
	records := make([]domainsource.Record, 0)
	err := filepath.WalkDir(s.dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if name, _ := filepath.Rel(s.dir, path); strings.TrimSpace(string(data)) != "" {
			there = append(there, string(data))
			records = append(records, domainsource.Record{Item: domainsource.Item{Path: filepath.ToSlash(name)}, Hash: domainsource.HashOf(data), Document: "any"})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for path, content := range s.shelf.living(t) {
		kept = append(kept, content)
		if data, err := os.ReadFile(filepath.Join(s.dir, path)); err != nil || string(data) != content {
			t.Errorf("the document of %s holds %q, the file %q (%v)", path, content, data, err)
		}
	}
	slices.Sort(there)
	slices.Sort(kept)
	if there = slices.Compact(there); !slices.Equal(there, kept) {
		t.Errorf("the folder holds %q, the store %q", there, kept)
	}
	if want := domainsource.Digest(records); i.Digest != want {
		t.Errorf("the digest is %s, that of the folder %s", i.Digest, want)
	}
}
