// Package sourceagent implements the use cases of the source agent: it keeps the
// document store a mirror of folders and repositories.
package sourceagent

import (
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/markup"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/source"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/telemetry"
	"github.com/docsteward/docsteward/ports/tx"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Deps are what the use cases stand on.
type Deps struct {
	Places  sourceagent.Places
	Records sourceagent.Records
	Runs    sourceagent.Runs
	Opener  source.Opener
	// StoreEnvelope, DeleteDocument, GetDocument and ListDocuments are those of the
	// document store.
	StoreEnvelope  usecase.UseCase[docstore.StoreEnvelope, docstore.Document]
	DeleteDocument usecase.UseCase[docstore.DeleteDocument, docstore.Deleted]
	GetDocument    usecase.UseCase[docstore.GetDocument, docstore.Document]
	ListDocuments  usecase.UseCase[docstore.ListDocuments, docstore.DocumentList]
	Markup         markup.Parser
	Outbox         outbox.Outbox
	Unit           tx.Unit
	Meter          telemetry.DocumentMeter
	Clock          clock.Clock
	IDs            ids.Generator
}

// service holds the dependencies; each use case is a method in a file of its own.
type service struct{ Deps }

// Fill makes the use cases of this package the implementation of the menu.
func Fill(menu *sourceagent.UseCases, deps Deps) {
	s := &service{deps}

	menu.IngestSource.Handle(usecase.Func[sourceagent.IngestSource, sourceagent.Ingestion](s.ingestSource))
	menu.ListIngestions.HandleFunc(s.listIngestions)
	menu.GetIngestion.HandleFunc(s.getIngestion)

	menu.PreviewIngestion.HandleFunc(s.previewIngestion)
	menu.ListSources.HandleFunc(s.listSources)
	menu.ListSourceItems.HandleFunc(s.listSourceItems)
	menu.ForgetSource.HandleFunc(s.forgetSource)
	menu.ReconcileSource.HandleFunc(s.reconcileSource)
}
