package docstore

import "github.com/docsteward/docsteward/ports/usecase"

func relationOperations(uc *UseCases) []usecase.Operation {
	return []usecase.Operation{
		usecase.Post("/api/v1/relationships", "Link a document to another.", &uc.CreateRelationship, usecase.Needs(Write)),
		usecase.Get("/api/v1/relationships/paths", "Find ways from one document to another, the shortest first.", &uc.FindPaths, usecase.Needs(Read)),
		usecase.Get("/api/v1/relationships/stats", "Measure the graph of all relationships.", &uc.GetRelationshipStats, usecase.Needs(Read), usecase.Also("/graph/statistics")),
		usecase.Get("/api/v1/relationships/{id}", "Read a relationship.", &uc.GetRelationship, usecase.Needs(Read)),
		usecase.Delete("/api/v1/relationships/{id}", "Erase a relationship.", &uc.DeleteRelationship, usecase.Needs(Write)),
		usecase.Get("/api/v1/documents/{id}/relationships", "List the relationships of a document, the latest first.", &uc.ListRelationships, usecase.Needs(Read)),
		usecase.Post("/api/v1/documents/{id}/relationships/extract", "Read the references in the content of a document anew.", &uc.ExtractRelationships, usecase.Idempotent, usecase.Needs(Write)),
		usecase.Get("/api/v1/graph", "Read the graph around some documents, or the whole.", &uc.GetGraph, usecase.Needs(Read)),
	}
}

func tagOperations(uc *UseCases) []usecase.Operation {
	return []usecase.Operation{
		usecase.Post("/api/v1/documents/{id}/tags", "Work out the tags of a document anew.", &uc.TagDocument, usecase.Idempotent, usecase.Needs(Write)),
		usecase.Get("/api/v1/documents/{id}/tags", "List the tags of a document.", &uc.ListTags, usecase.Needs(Read)),
		usecase.Put("/api/v1/documents/{id}/tags/{tag}", "Set a tag of a document by hand.", &uc.SetTag, usecase.Needs(Write)),
		usecase.Delete("/api/v1/documents/{id}/tags", "Erase tags of a document.", &uc.RemoveTags, usecase.Needs(Write)),
		usecase.Get("/api/v1/tags/search", "Find documents by their tags.", &uc.SearchTags, usecase.Needs(Read)),
		usecase.Post("/api/v1/tags/search", "Find documents by tags given as a body.", &uc.QueryTags, usecase.Idempotent, usecase.Needs(Read), usecase.Also("/search/tags")),
		usecase.Get("/api/v1/tags/statistics", "Count tags over the whole store.", &uc.GetTagStats, usecase.Needs(Read)),
		usecase.Post("/api/v1/taxonomy/nodes", "Give a tag its place among the others.", &uc.AddTaxonomyNode, usecase.Needs(Write)),
		usecase.Get("/api/v1/taxonomy/tree", "Read the taxonomy by category.", &uc.GetTaxonomyTree, usecase.Needs(Read)),
	}
}

func analysisOperations(uc *UseCases) []usecase.Operation {
	return []usecase.Operation{
		usecase.Post("/api/v1/analyses", "Store what an analyzer made of a document.", &uc.StoreAnalysis, usecase.Needs(Write)),
		usecase.Get("/api/v1/analyses", "List analyses, the latest first.", &uc.ListAnalyses, usecase.Needs(Read)),
		usecase.Get("/api/v1/analyses/{id}", "Read an analysis.", &uc.GetAnalysis, usecase.Needs(Read)),
		usecase.Get("/api/v1/style/examples", "List the documents that show how to write.", &uc.ListStyleExamples, usecase.Needs(Read), usecase.Also("/documents/style-examples")),
	}
}
