package docstore

import (
	"slices"
	"strings"

	"github.com/docsteward/docsteward/ports/usecase"
)

// ID is the id of the document store.
const ID = "doc_store"

// Permissions of the document store.
const (
	// Read lets a caller read and search.
	Read = "documents:read"
	// Write lets a caller store, change and delete.
	Write = "documents:write"
	// Administer lets a caller erase history, rebuild and run jobs.
	Administer = "documents:admin"
)

// Operations lists what the document store offers; every face reads this table.
func Operations(uc *UseCases) []usecase.Operation {
	return rooted(slices.Concat(documentOperations(uc), versionOperations(uc), searchOperations(uc),
		relationOperations(uc), tagOperations(uc), analysisOperations(uc),
		eventOperations(uc), bulkOperations(uc), qualityOperations(uc), cacheOperations(uc), lifecycleOperations(uc), upkeepOperations(uc)))
}

// rooted adds to every operation the path that it had before there was a version
// in it.
func rooted(table []usecase.Operation) []usecase.Operation {
	for i := range table {
		if path, ok := strings.CutPrefix(table[i].Path, "/api/v1"); ok {
			table[i].Aliases = append(table[i].Aliases, path)
		}
	}
	return table
}

func documentOperations(uc *UseCases) []usecase.Operation {
	return []usecase.Operation{
		usecase.Post("/api/v1/documents", "Store a document, or return the one with the same content.", &uc.StoreDocument, usecase.Idempotent, usecase.Needs(Write), usecase.Also("/store")),
		usecase.Put("/api/v1/documents/{id}", "Create a document under an id, or make a new version of it.", &uc.PutDocument, usecase.Needs(Write)),
		usecase.Post("/api/v1/documents/enveloped", "Store the document inside a source's envelope.", &uc.StoreEnvelope, usecase.Idempotent, usecase.Needs(Write)),
		usecase.Get("/api/v1/documents", "List documents, the latest change first.", &uc.ListDocuments, usecase.Needs(Read), usecase.Also("/documents/_list")),
		usecase.Get("/api/v1/documents/{id}", "Read a document, now or as of an instant.", &uc.GetDocument, usecase.Needs(Read)),
		usecase.Get("/api/v1/documents/{id}/content", "Read the raw content of a document with its media type.", &uc.DownloadDocument, usecase.Needs(Read), usecase.Also("/documents/{id}/download")),
		usecase.Patch("/api/v1/documents/{id}/metadata", "Lay updates over the metadata of a document.", &uc.PatchMetadata, usecase.Idempotent, usecase.Needs(Write)),
		usecase.Delete("/api/v1/documents/{id}", "Delete a document; its history stays unless purged.", &uc.DeleteDocument, usecase.Needs(Write)),
		usecase.Get("/api/v1/documents/{id}/spans", "List the addressable pieces of a version.", &uc.ListSpans, usecase.Needs(Read)),
	}
}

func versionOperations(uc *UseCases) []usecase.Operation {
	return []usecase.Operation{
		usecase.Get("/api/v1/documents/{id}/versions", "List the versions of a document, newest first.", &uc.ListVersions, usecase.Needs(Read)),
		usecase.Post("/api/v1/documents/{id}/versions", "Make a new version of a document.", &uc.CreateVersion, usecase.Needs(Write)),
		usecase.Get("/api/v1/documents/{id}/versions/{number}", "Read one version.", &uc.GetVersion, usecase.Needs(Read)),
		usecase.Get("/api/v1/documents/{id}/versions/{a}/compare/{b}", "Tell how two versions differ.", &uc.CompareVersions, usecase.Needs(Read)),
		usecase.Post("/api/v1/documents/{id}/versions/rollback", "Make a new version out of an old one.", &uc.RollBack, usecase.Needs(Write), usecase.Also("/documents/{id}/rollback")),
		usecase.Post("/api/v1/documents/{id}/versions/cleanup", "Erase the oldest versions of a document.", &uc.CleanUpVersions, usecase.Idempotent, usecase.Needs(Administer)),
		usecase.Get("/api/v1/versions/stats", "Count versions over the whole store.", &uc.GetVersionStats, usecase.Needs(Read)),
	}
}

func searchOperations(uc *UseCases) []usecase.Operation {
	return []usecase.Operation{
		usecase.Get("/api/v1/search", "Find documents by their words, now or as of an instant.", &uc.SearchDocuments, usecase.Needs(Read), usecase.Also("/documents/search")),
		usecase.Post("/api/v1/search", "Find documents with a query given as a body.", &uc.QueryDocuments, usecase.Idempotent, usecase.Needs(Read)),
		usecase.Post("/api/v1/search/advanced", "Find documents by words, metadata and analyses, counted by facets.", &uc.SearchAdvanced, usecase.Idempotent, usecase.Needs(Read)),
		usecase.Get("/api/v1/search/similar/{id}", "Find the documents most like one document.", &uc.FindSimilar, usecase.Needs(Read)),
		usecase.Post("/api/v1/admin/reindex", "Make the search index anew.", &uc.Reindex, usecase.Idempotent, usecase.Needs(Administer)),
	}
}
