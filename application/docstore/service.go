// Package docstore implements the use cases of the document store.
package docstore

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/span"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/markup"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/tx"
	"github.com/docsteward/docsteward/ports/usecase"
)

// DefaultMaxContentBytes is the greatest size of a document's content unless configured.
const DefaultMaxContentBytes = 1_000_000

// Deps are what the use cases stand on.
type Deps struct {
	Documents docstore.Documents
	History   docstore.History
	Index     docstore.Index
	Spans     docstore.Spans
	Outbox    outbox.Outbox
	Unit      tx.Unit
	Clock     clock.Clock
	IDs       ids.Generator
	Markup    markup.Parser
	// MaxContentBytes is the greatest size of a content; 0 means DefaultMaxContentBytes.
	MaxContentBytes int

	Knowledge
	Notify
	Bulk
	Lifecycle
	Caching
	Housekeeping
	Fingerprints docstore.Fingerprints
}

// service holds the dependencies. Each use case is a method of the name of its
// command, in a file of its own or with those of its kin.
type service struct{ Deps }

// Fill makes the use cases of this package the implementation of the menu.
func Fill(menu *docstore.UseCases, deps Deps) {
	s := newService(deps)

	menu.StoreDocument.Handle(usecase.Func[docstore.StoreDocument, docstore.Document](s.storeDocument))
	menu.PutDocument.HandleFunc(s.putDocument)
	menu.StoreEnvelope.HandleFunc(s.storeEnvelope)
	menu.GetDocument.HandleFunc(s.getDocument)
	menu.DownloadDocument.HandleFunc(s.downloadDocument)
	menu.ListDocuments.HandleFunc(s.listDocuments)
	menu.PatchMetadata.HandleFunc(s.patchMetadata)
	menu.DeleteDocument.HandleFunc(s.deleteDocument)
	menu.ListSpans.HandleFunc(s.listSpans)

	menu.ListVersions.HandleFunc(s.listVersions)
	menu.CreateVersion.HandleFunc(s.createVersion)
	menu.GetVersion.HandleFunc(s.getVersion)
	menu.CompareVersions.HandleFunc(s.compareVersions)
	menu.RollBack.HandleFunc(s.rollBack)
	menu.CleanUpVersions.HandleFunc(s.cleanUpVersions)
	menu.GetVersionStats.HandleFunc(remembered(s, opVersionStats, 0, []string{tagDocuments}, s.getVersionStats))

	menu.SearchDocuments.HandleFunc(s.searchDocuments)
	menu.QueryDocuments.HandleFunc(s.queryDocuments)
	menu.SearchAdvanced.HandleFunc(s.searchAdvanced)
	menu.FindSimilar.HandleFunc(remembered(s, opSimilar, 0, []string{tagDocuments}, s.findSimilar))
	menu.Reindex.HandleFunc(s.reindex)

	s.fillKnowledge(menu)
	s.fillEvents(menu)
	s.fillBulk(menu)
	s.fillQuality(menu)
	s.fillLifecycle(menu)
	s.fillCache(menu)
	s.fillUpkeep(menu)
}

func newService(deps Deps) *service {
	if deps.MaxContentBytes == 0 {
		deps.MaxContentBytes = DefaultMaxContentBytes
	}
	if deps.Signals == nil {
		deps.Signals = NewSignals()
	}
	watch(&deps)
	return &service{deps}
}

// save stores what a document became, makes it findable and tells of it, in one
// transaction. first says that the document was never stored before.
func (s *service) save(ctx context.Context, d *document.Document, first bool) error {
	state := d.State()
	spans, err := s.cut(ctx, state)
	if err != nil {
		return err
	}
	events := d.TakeEvents()
	for i := range events {
		events[i].ID = s.IDs.New()
		events[i].Payload, err = payload(state)
		if err != nil {
			return err
		}
	}
	return s.Unit.Within(ctx, func(ctx context.Context) error {
		write := s.Documents.Update
		if first {
			write = s.Documents.Add
		}
		if err := write(ctx, state); err != nil {
			return err
		}
		if err := s.Index.Put(ctx, d.Version()); err != nil {
			return err
		}
		if err := s.Spans.Put(ctx, state.ID, state.Version, spans); err != nil {
			return err
		}
		return s.Outbox.Append(ctx, events...)
	})
}

// cut parses the content and returns its addressable pieces. Content that its
// parser refuses is still stored, as one piece.
func (s *service) cut(ctx context.Context, d document.State) ([]span.Span, error) {
	content := []byte(d.Content)
	tree, err := s.Markup.Parse(ctx, nameOf(d), content)
	if ctx.Err() != nil {
		return nil, domain.FaultOf(ctx.Err())
	}
	if err != nil {
		return []span.Span{span.Of(content, 0, len(content))}, nil //nolint:nilerr // as promised
	}
	return document.Spans(content, tree), nil
}

// nameOf is the name by which the parser recognises the format.
func nameOf(d document.State) string {
	for _, key := range []string{"path", "filename"} {
		if name := d.Metadata.Text(key); name != "" {
			return name
		}
	}
	return "document.md"
}
