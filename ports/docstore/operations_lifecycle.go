package docstore

import "github.com/docsteward/docsteward/ports/usecase"

func lifecycleOperations(uc *UseCases) []usecase.Operation {
	return []usecase.Operation{
		usecase.Post("/api/v1/lifecycle/policies", "Make a policy.", &uc.CreatePolicy, usecase.Needs(Administer)),
		usecase.Get("/api/v1/lifecycle/policies", "List policies, the one that weighs most first.", &uc.ListPolicies, usecase.Needs(Read)),
		usecase.Get("/api/v1/lifecycle/policies/{id}", "Read a policy.", &uc.GetPolicy, usecase.Needs(Read)),
		usecase.Put("/api/v1/lifecycle/policies/{id}", "Change a policy; what is absent stays.", &uc.UpdatePolicy, usecase.Needs(Administer)),
		usecase.Delete("/api/v1/lifecycle/policies/{id}", "Erase a policy; what it did stays done.", &uc.DeletePolicy, usecase.Needs(Administer)),
		usecase.Get("/api/v1/documents/{id}/lifecycle", "Tell where a document stands in its life.", &uc.GetLifecycle, usecase.Needs(Read)),
		usecase.Post("/api/v1/documents/{id}/lifecycle/transition", "Move a document to another phase of its life.", &uc.TransitionDocument, usecase.Needs(Write)),
		usecase.Post("/api/v1/lifecycle/apply/{id}", "Apply the policies that hold for a document.", &uc.ApplyPolicies, usecase.Idempotent, usecase.Needs(Write)),
		usecase.Post("/api/v1/lifecycle/process", "Apply policies to all documents and make every change that is due.", &uc.ProcessLifecycles, usecase.Idempotent, usecase.Needs(Administer)),
		usecase.Get("/api/v1/lifecycle/statistics", "Count living documents by where they stand.", &uc.GetLifecycleStatistics, usecase.Needs(Read)),
	}
}
