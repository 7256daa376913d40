package ingestion

import "github.com/docsteward/docsteward/ports/usecase"

// Permissions of ingestion.
const (
	// Read lets a caller look at jobs and sources.
	Read = "ingestions:read"
	// Write lets a caller begin and end jobs. Whoever holds it can have any file read
	// that the source agent may read, within the configured roots.
	Write = "ingestions:write"
)

// Operations lists what ingestion offers; every face reads this table.
func Operations(uc *UseCases) []usecase.Operation {
	const base = "/api/v1/ingestion"
	const one = base + "/ingest/{ingestion_id}"
	return []usecase.Operation{
		usecase.Post(base+"/ingest", "Ask for a source to be ingested and return at once.", &uc.StartIngestion, usecase.Accepted, usecase.Needs(Write)),
		usecase.Get(base+"/ingest", "List ingestions, the last asked for first.", &uc.ListIngestions, usecase.Needs(Read)),
		usecase.Get(one, "Read how far an ingestion is, what it counted and whether source and store agree.", &uc.GetIngestion, usecase.Needs(Read), usecase.Also(base+"/status/{ingestion_id}")),
		usecase.Delete(one, "End an ingestion; what it stored stays.", &uc.CancelIngestion, usecase.Needs(Write)),
		usecase.Post(one+"/retry", "Go on where a failed ingestion ended.", &uc.RetryIngestion, usecase.Accepted, usecase.Needs(Write)),
		usecase.Watch(one+"/events", "Follow an ingestion live.", &uc.WatchIngestion, usecase.Needs(Read)),
		usecase.Get(base+"/documents/{document_id}", "Read what is known of a document besides its content.", &uc.GetDocument, usecase.Needs(Read)),
		usecase.Get(base+"/sources", "List the sorts of sources that can be ingested.", &uc.ListSources, usecase.Needs(Read)),
		usecase.Get(base+"/stats", "Sum up the ingestions.", &uc.GetIngestionStats, usecase.Needs(Read)),
	}
}
