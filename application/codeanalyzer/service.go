// Package codeanalyzer implements the use cases of the code analyzer. It keeps
// nothing: the same source has the same analysis, but for its instant.
package codeanalyzer

import (
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/codeanalyzer"
	"github.com/docsteward/docsteward/ports/facts"
)

// Deps are what the use cases stand on.
type Deps struct {
	Facts facts.PackageExtractor
	Clock clock.Clock
}

// service holds the dependencies.
type service struct{ Deps }

// Fill makes the use cases of this package the implementation of the menu.
func Fill(menu *codeanalyzer.UseCases, deps Deps) {
	s := &service{deps}

	menu.AnalyzeText.HandleFunc(s.analyzeText)
	menu.AnalyzeFiles.HandleFunc(s.analyzeFiles)
	menu.AnalyzePatch.HandleFunc(s.analyzePatch)

	menu.ExtractFacts.HandleFunc(s.extractFacts)
}
