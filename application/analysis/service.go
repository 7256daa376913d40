// Package analysis implements the use cases of the analysis: it holds documents to
// rules and to the code that they speak of, and records how their claims stood.
package analysis

import (
	"context"

	"github.com/docsteward/docsteward/domain/finding/detect"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/facts"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/markup"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/source"
	"github.com/docsteward/docsteward/ports/tx"
	"github.com/docsteward/docsteward/ports/usecase"
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

type service struct {
	Deps
	// readOnly refuses to mend documents.
	readOnly bool
}

// Records are what the service stands on that keeps how claims stood.
type Records struct {
	Checks analysis.Checks
	Claims analysis.Claims
	Turns  analysis.Turns
	Facts  analysis.Facts
	Outbox outbox.Outbox
	Unit   tx.Unit
	IDs    ids.Generator
	// Peers ask the services that the analysis works with how they are, by their ids.
	Peers map[string]func(context.Context) error
}

// recorder implements the use cases that keep something; each is a method in a file
// of its own.
type recorder struct {
	*service
	Records
}

// Fill makes the use cases that keep nothing the implementation of the menu; the
// others stay empty. It is for programs that check documents and no more.
func Fill(menu *analysis.UseCases, deps Deps) { newService(deps, false).fill(menu) }

// FillService makes the use cases of this package the implementation of the whole
// menu. CheckDocuments then refuses to mend: callers from elsewhere write nothing.
func FillService(menu *analysis.UseCases, deps Deps, records Records) {
	r := &recorder{newService(deps, true), records}
	r.fill(menu)
	menu.RecordClaims.Handle(usecase.Func[analysis.RecordClaims, analysis.ClaimCheck](r.recordClaims))
	menu.ListClaimChecks.HandleFunc(r.listClaimChecks)
	menu.GetClaimCheck.HandleFunc(r.getClaimCheck)
	menu.ListClaims.HandleFunc(r.listClaims)
	menu.GetClaim.HandleFunc(r.getClaim)
	menu.ListFacts.HandleFunc(r.listFacts)
	menu.GetDrift.HandleFunc(r.getDrift)
	menu.GetIntegrationHealth.HandleFunc(r.getIntegrationHealth)
}

func newService(deps Deps, readOnly bool) *service {
	deps.Workers = max(deps.Workers, 1)
	if deps.Progress == nil {
		deps.Progress = func(int, int) {}
	}
	return &service{deps, readOnly}
}

func (s *service) fill(menu *analysis.UseCases) {
	menu.CheckDocuments.HandleFunc(s.checkDocuments)
	menu.CheckText.HandleFunc(s.checkText)
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
