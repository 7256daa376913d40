package sourceagent

import "github.com/docsteward/docsteward/ports/usecase"

// ID is the id of the source agent.
const ID = "source-agent"

// Permissions of the source agent.
const (
	// Read lets a caller look at sources and past ingestions.
	Read = "sources:read"
	// Write lets a caller ingest and forget sources. Whoever holds it can have any
	// file read that the service itself may read.
	Write = "sources:write"
)

// Operations lists what the source agent offers; every face reads this table.
func Operations(uc *UseCases) []usecase.Operation {
	return []usecase.Operation{
		usecase.Post("/api/v1/ingestions", "Make the document store mirror a folder or repository.", &uc.IngestSource, usecase.Idempotent, usecase.Needs(Write)),
		usecase.Get("/api/v1/ingestions", "List ingestions, the latest first.", &uc.ListIngestions, usecase.Needs(Read)),
		usecase.Get("/api/v1/ingestions/{id}", "Read an ingestion with its failures.", &uc.GetIngestion, usecase.Needs(Read)),
		usecase.Post("/api/v1/sources/preview", "Tell what an ingestion would do, and write nothing.", &uc.PreviewIngestion, usecase.Idempotent, usecase.Needs(Write)),
		usecase.Get("/api/v1/sources", "List the sources that were ingested.", &uc.ListSources, usecase.Needs(Read)),
		usecase.Get("/api/v1/sources/{id}/items", "List the files of a source with their documents.", &uc.ListSourceItems, usecase.Needs(Read)),
		usecase.Post("/api/v1/sources/{id}/reconcile", "Read a source anew and hold it against what the document store has for it.", &uc.ReconcileSource, usecase.Idempotent, usecase.Needs(Write)),
		usecase.Delete("/api/v1/sources/{id}", "Forget a source, and its documents if asked to.", &uc.ForgetSource, usecase.Needs(Write)),
	}
}
