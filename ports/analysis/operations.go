package analysis

import "github.com/docsteward/docsteward/ports/usecase"

// ID is the id of the analysis service.
const ID = "analysis-service"

// Permissions of the analysis service.
const (
	// Read lets a caller look at what was recorded.
	Read = "analysis:read"
	// Write lets a caller check documents and record their claims. Whoever holds it
	// can have any file read that the service itself may read.
	Write = "analysis:write"
	// Health lets a caller ask for the state of the service.
	Health = "health:read"
)

// Operations lists what the analysis service offers; every face reads this table.
func Operations(uc *UseCases) []usecase.Operation {
	return []usecase.Operation{
		usecase.Post("/api/v1/checks", "Hold documents to the rules, and record nothing.", &uc.CheckDocuments, usecase.Idempotent, usecase.Needs(Write)),
		usecase.Post("/api/v1/checks/text", "Hold one document that the caller sends to the rules.", &uc.CheckText, usecase.Idempotent, usecase.MaxBody(16<<20), usecase.Needs(Read)),
		usecase.Get("/api/v1/rules", "List the rules that documents are held to.", &uc.ListRules, usecase.Needs(Read)),
		usecase.Post("/api/v1/claims/checks", "Hold what documents claim against the code, and record it.", &uc.RecordClaims, usecase.Idempotent, usecase.Needs(Write)),
		usecase.Get("/api/v1/claims/checks", "List the recorded checks, the latest first.", &uc.ListClaimChecks, usecase.Needs(Read)),
		usecase.Get("/api/v1/claims/checks/{id}", "Read a recorded check with what drifted and healed.", &uc.GetClaimCheck, usecase.Needs(Read)),
		usecase.Get("/api/v1/claims", "List what documents claim about code, with verdicts and evidence.", &uc.ListClaims, usecase.Needs(Read)),
		usecase.Get("/api/v1/claims/{id}", "Read a claim with the history of its verdicts.", &uc.GetClaim, usecase.Needs(Read)),
		usecase.Get("/api/v1/facts", "List the facts of the code that claims are held against.", &uc.ListFacts, usecase.Needs(Read)),
		usecase.Get("/api/v1/drift", "Tell how the claims of a project stood over time, and which documents are worst.", &uc.GetDrift, usecase.Needs(Read)),
		usecase.Get("/integration/health", "Tell how the services are that the analysis works with.", &uc.GetIntegrationHealth, usecase.Direct, usecase.Needs(Health)),
	}
}
