package app

import (
	"github.com/docsteward/docsteward/adapters/action/servicecall"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/catalogue"
	"github.com/docsteward/docsteward/ports/codeanalyzer"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/usecase"
)

// tables returns the operations of every service but the orchestrator: over the
// menus that are open here, and over clients of the services that are not. It also
// returns the menus of the document store and of the source agent, so filled.
func (a *App) tables() (servicecall.Tables, *docstore.UseCases, *sourceagent.UseCases, error) {
	tables := make(servicecall.Tables)
	add := func(id string, here bool, operations func() []usecase.Operation) error {
		tables[id] = operations()
		if here {
			return nil
		}
		service, err := catalogue.Find(id)
		if err != nil {
			return err
		}
		return a.Kit.Service(orchestrator.ID).Client(id, a.Kit.Config.ServiceURL(service)).Fill(tables[id])
	}
	docs, agent, analyst, coder := a.DocStore, a.SourceAgent, a.Analysis, a.CodeAnalyzer
	for _, err := range []error{
		add(docstore.ID, docs != nil, func() []usecase.Operation { return docstore.Operations(orEmpty(&docs)) }),
		add(sourceagent.ID, agent != nil, func() []usecase.Operation { return sourceagent.Operations(orEmpty(&agent)) }),
		add(analysis.ID, analyst != nil, func() []usecase.Operation { return analysis.Operations(orEmpty(&analyst)) }),
		add(codeanalyzer.ID, coder != nil, func() []usecase.Operation { return codeanalyzer.Operations(orEmpty(&coder)) }),
	} {
		if err != nil {
			return nil, nil, nil, err
		}
	}
	return tables, docs, agent, nil
}

// orEmpty makes an empty menu where none is open.
func orEmpty[M any](menu **M) *M {
	if *menu == nil {
		*menu = new(M)
	}
	return *menu
}
