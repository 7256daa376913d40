// Package analysis implements the use cases of the analysis of documents.
package analysis

import (
	"context"

	"github.com/docsteward/docsteward/domain/finding/detect"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/facts"
	"github.com/docsteward/docsteward/ports/markup"
	"github.com/docsteward/docsteward/ports/source"
)

// Deps are what the use cases stand on.
type Deps struct {
	Sources source.Opener
	// Projects and Facts tell of the code that documents speak of; without them
	// documents are not held against code.
	Projects source.ProjectOpener
	Facts    facts.PackageExtractor
	Markup   markup.Parser
	Clock    clock.Clock
	// Workers is how many documents are checked at the same time; 0 is one.
	Workers int
	// Progress is told after each document; nil is told nothing.
	Progress analysis.Progress
}

type service struct{ Deps }

// Fill makes the use cases of this package the implementation of the menu.
func Fill(menu *analysis.UseCases, deps Deps) {
	deps.Workers = max(deps.Workers, 1)
	if deps.Progress == nil {
		deps.Progress = func(int, int) {}
	}
	s := &service{deps}
	menu.CheckDocuments.HandleFunc(s.checkDocuments)
	menu.ListRules.HandleFunc(s.listRules)
}

func (s *service) listRules(context.Context, analysis.ListRules) (analysis.RuleList, error) {
	rules := detect.Rules()
	list := analysis.RuleList{Items: make([]analysis.Rule, len(rules)), Total: len(rules)}
	for i, r := range rules {
		list.Items[i] = analysis.Rule{ID: r.ID, Aliases: r.Aliases, Severity: r.Severity.String(), Off: r.Off, Doc: r.Doc}
	}
	return list, nil
}
