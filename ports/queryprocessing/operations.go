package queryprocessing

import "github.com/docsteward/docsteward/ports/usecase"

// Permissions of query processing.
const (
	// Read lets a caller ask and look at the history. Queries read the stored
	// documents with the permissions of the orchestrator.
	Read = "queries:read"
	// Write lets a caller give feedback and erase queries.
	Write = "queries:write"
)

// Operations lists what query processing offers; every face reads this table.
func Operations(uc *UseCases) []usecase.Operation {
	const base = "/api/v1/queries"
	return []usecase.Operation{
		usecase.Post(base+"/process", "Answer a plain question with quotations from the documents.", &uc.ProcessQuery, usecase.Needs(Read), usecase.Also(base+"/ask")),
		usecase.Post(base+"/structured", "Find the documents that meet demands.", &uc.RunStructured, usecase.Needs(Read)),
		usecase.Get(base+"/results/{query_id}", "Read the outcome of a query, and whether it still stands.", &uc.GetResult, usecase.Needs(Read)),
		usecase.Delete(base+"/results/{query_id}", "Erase a query with its outcome.", &uc.DeleteResult, usecase.Needs(Write)),
		usecase.Post(base+"/results/{query_id}/feedback", "Say whether a result helped.", &uc.GiveFeedback, usecase.Idempotent, usecase.Needs(Write)),
		usecase.Get(base+"/history", "List queries, the last asked first.", &uc.ListHistory, usecase.Needs(Read)),
		usecase.Get(base+"/history/{query_id}", "Read an entry of the history.", &uc.GetHistoryEntry, usecase.Needs(Read)),
		usecase.Get(base+"/intents", "List what queries may want.", &uc.ListIntents, usecase.Needs(Read)),
		usecase.Get(base+"/stats", "Sum up the queries.", &uc.GetStats, usecase.Needs(Read)),
	}
}
