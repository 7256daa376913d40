package porttest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/span"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/tx"
)

// DocStoreEnv is the ports of one document store, over the same data.
type DocStoreEnv struct {
	Documents docstore.Documents
	History   docstore.History
	Index     docstore.Index
	Spans     docstore.Spans
	Unit      tx.Unit
	Outbox    outbox.Outbox
	// Reopen closes the store and opens it again; nil where nothing is kept.
	Reopen func() DocStoreEnv
}

// DocStoreTraits says where stores may differ.
type DocStoreTraits struct {
	// PhraseReach is how many words into a text phrases are found; zero is all the way.
	PhraseReach int
}

// DocStore proves the promises of a document store. open returns an empty one
// each time.
func DocStore(t *testing.T, traits DocStoreTraits, open func(t *testing.T) DocStoreEnv) {
	for _, topic := range []struct {
		name  string
		cases []docStoreCase
	}{
		{"documents", documentCases}, {"history", historyCases}, {"index", indexCases}, {"spans", spanCases},
	} {
		t.Run(topic.name, func(t *testing.T) {
			for _, c := range topic.cases {
				t.Run(c.name, func(t *testing.T) { c.run(t, newShelf(open(t))) })
			}
		})
	}
	t.Run("index/phrases reach far", func(t *testing.T) { phraseReach(t, newShelf(open(t)), traits) })
}

// docStoreCase is one promise.
type docStoreCase struct {
	name string
	run  func(t *testing.T, s *shelf)
}

// shelf stores documents as the use cases do, one minute after the other.
type shelf struct {
	DocStoreEnv
	ctx context.Context
	now time.Time
}

func newShelf(e DocStoreEnv) *shelf {
	return &shelf{DocStoreEnv: e, ctx: context.Background(), now: noon}
}

func (s *shelf) tick() time.Time {
	s.now = s.now.Add(time.Minute)
	return s.now
}

// add stores a new document.
func (s *shelf) add(t *testing.T, id, content string, metadata document.Metadata) *document.Document {
	t.Helper()
	d := s.draft(t, id, content, metadata)
	must(t, s.store(s.ctx, d, s.Documents.Add))
	return d
}

func (s *shelf) draft(t *testing.T, id, content string, metadata document.Metadata) *document.Document {
	t.Helper()
	d, err := document.New(document.Draft{
		ID: docID(id), Content: content, Metadata: metadata, Correlation: "c-" + id, Author: "ann",
	}, s.tick())
	must(t, err)
	return d
}

// revise stores the next version of a document; nil metadata keeps what is there.
func (s *shelf) revise(t *testing.T, d *document.Document, content string, metadata document.Metadata) {
	t.Helper()
	changed, err := d.Revise(document.Change{Content: content, Metadata: metadata, Note: "revised", Author: "bob"}, s.tick())
	if err != nil || !changed {
		t.Fatalf("revise: %v, %v", changed, err)
	}
	must(t, s.store(s.ctx, d, s.Documents.Update))
}

func (s *shelf) remove(t *testing.T, d *document.Document) {
	t.Helper()
	must(t, d.Delete("cid", "", s.tick()))
	must(t, s.store(s.ctx, d, s.Documents.Update))
}

func (s *shelf) store(ctx context.Context, d *document.Document, write func(context.Context, document.State) error) error {
	state := d.State()
	return s.Unit.Within(ctx, func(ctx context.Context) error {
		if err := write(ctx, state); err != nil {
			return err
		}
		if err := s.Index.Put(ctx, d.Version()); err != nil {
			return err
		}
		return s.Spans.Put(ctx, state.ID, state.Version, []span.Span{span.Of([]byte(state.Content), 0, state.Size)})
	})
}

// purge erases a document as the use case does.
func (s *shelf) purge(ctx context.Context, id string) error {
	return s.Unit.Within(ctx, func(ctx context.Context) error {
		if err := s.Index.Drop(ctx, docID(id)); err != nil {
			return err
		}
		return s.Documents.Purge(ctx, docID(id))
	})
}

func docID(text string) document.ID { return domain.StoredID[document.Document](text) }

// refused fails the test unless err has the kind and the details given.
func refused(t *testing.T, what string, err error, kind domain.Kind, details ...any) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("%s: got %v, want %v", what, err, kind)
		return
	}
	for i := 0; i+1 < len(details); i += 2 {
		if got := domain.FaultOf(err).Details[details[i].(string)]; got != details[i+1] {
			t.Errorf("%s: details.%v is %v, want %v", what, details[i], got, details[i+1])
		}
	}
}

// sameStrings fails the test unless both lists are equal.
func sameStrings(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}
