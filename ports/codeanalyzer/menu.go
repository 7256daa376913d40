package codeanalyzer

import "github.com/docsteward/docsteward/ports/usecase"

// UseCases is the menu of the code analyzer.
type UseCases struct {
	AnalyzeText  usecase.Port[AnalyzeText, Envelope]
	AnalyzeFiles usecase.Port[AnalyzeFiles, Envelope]
	AnalyzePatch usecase.Port[AnalyzePatch, Envelope]

	ExtractFacts usecase.Port[ExtractFacts, FactList]
}
