package docstore

import "github.com/docsteward/docsteward/ports/usecase"

// MaxImport is the greatest size of an import, in bytes.
const MaxImport = 4 << 30

func bulkOperations(uc *UseCases) []usecase.Operation {
	return []usecase.Operation{
		usecase.Post("/api/v1/bulk/documents", "Store many documents in the background.", &uc.BulkStoreDocuments, usecase.Accepted, usecase.Needs(Write)),
		usecase.Post("/api/v1/bulk/search", "Ask many queries in the background.", &uc.BulkSearchDocuments, usecase.Accepted, usecase.Needs(Read)),
		usecase.Post("/api/v1/bulk/delete", "Delete many documents in the background.", &uc.BulkDeleteDocuments, usecase.Accepted, usecase.Needs(Write)),
		usecase.Post("/api/v1/bulk/tag", "Work out the tags of many documents in the background.", &uc.BulkTagDocuments, usecase.Accepted, usecase.Needs(Write)),
		usecase.Post("/api/v1/bulk/update", "Lay updates over the metadata of many documents in the background.", &uc.BulkUpdateDocuments, usecase.Accepted, usecase.Needs(Write)),
		usecase.Post("/api/v1/bulk/reanalyze", "Read many documents anew for their tags and references, in the background.", &uc.BulkReanalyzeDocuments, usecase.Accepted, usecase.Needs(Write)),
		usecase.Post("/api/v1/bulk/import", "Take a stream of documents, to be stored in the background.", &uc.ImportDocuments, usecase.Accepted, usecase.Idempotent, usecase.MaxBody(MaxImport), usecase.Needs(Write)),
		usecase.Watch("/api/v1/bulk/export", "Stream every document whole, fit to be stored in bulk.", &uc.ExportDocuments, usecase.Needs(Read)),
		usecase.Get("/api/v1/bulk/operations", "List bulk operations, the latest first.", &uc.ListBulkOperations, usecase.Needs(Read)),
		usecase.Get("/api/v1/bulk/operations/{id}", "Read a bulk operation with a page of its results.", &uc.GetBulkOperation, usecase.Needs(Read)),
		usecase.Post("/api/v1/bulk/operations/{id}/cancel", "End a bulk operation; what is done stays done.", &uc.CancelBulkOperation, usecase.Needs(Write)),
	}
}
