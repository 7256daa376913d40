package codeanalyzer

import "github.com/docsteward/docsteward/ports/usecase"

// ID is the id of the service, by which it calls others.
const ID = "code-analyzer"

// Read lets a caller have code analyzed. The analyzer keeps nothing, so there is
// nothing else to allow.
const Read = "analysis:read"

// Limits of one request, beyond which it is TooLarge.
const (
	// MaxBody is the greatest size of a request, in bytes.
	MaxBody = 10 << 20
	// MaxFiles is the greatest number of files in a request.
	MaxFiles = 1000
)

// Operations lists what the code analyzer offers; every face reads this table.
func Operations(uc *UseCases) []usecase.Operation {
	bounded := usecase.MaxBody(MaxBody)
	return []usecase.Operation{
		usecase.Post("/analyze/text", "Find the endpoints that a source text declares.", &uc.AnalyzeText, usecase.Direct, usecase.Idempotent, bounded, usecase.Needs(Read)),
		usecase.Post("/analyze/files", "Find the endpoints that some files declare.", &uc.AnalyzeFiles, usecase.Direct, usecase.Idempotent, bounded, usecase.Needs(Read)),
		usecase.Post("/analyze/patch", "Find the endpoints that a patch adds.", &uc.AnalyzePatch, usecase.Direct, usecase.Idempotent, bounded, usecase.Needs(Read)),
		usecase.Post("/api/v1/facts", "List what some files offer by name: symbols, flags, variables, endpoints and more.", &uc.ExtractFacts, usecase.Idempotent, bounded, usecase.Needs(Read)),
	}
}
