// Package app opens the services of a composition and holds their menus.
package app

import (
	"context"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/adapters/action/servicecall"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/process"
	"github.com/docsteward/docsteward/bootstrap/set"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/bus"
	"github.com/docsteward/docsteward/ports/codeanalyzer"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/infrastructure"
	"github.com/docsteward/docsteward/ports/ingestion"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/queryprocessing"
	"github.com/docsteward/docsteward/ports/serviceregistry"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/workflows"
)

// App is a set of open services. A program calls its menus, or runs its
// Services in a process; both go through the same decorators.
type App struct {
	Kit      *kit.Kit
	Services []*process.Service
	// A menu is nil when its service was not wanted. The document store is open
	// whenever the source agent is.
	DocStore       *docstore.UseCases
	SourceAgent    *sourceagent.UseCases
	Analysis       *analysis.UseCases
	CodeAnalyzer   *codeanalyzer.UseCases
	Workflows      *workflows.UseCases
	Queries        *queryprocessing.UseCases
	Registry       *serviceregistry.UseCases
	Health         *healthmonitoring.UseCases
	Ingestion      *ingestion.UseCases
	Infrastructure *infrastructure.UseCases

	closers []func()
	// letters are what the services open here could not deliver.
	letters set.Letters
}

// Injectors open one service each; a composition provides them.
type Injectors struct {
	DocStore     func(context.Context, *kit.Kit, bus.Bus) (set.DocStoreParts, func(), error)
	SourceAgent  func(context.Context, *kit.Kit, bus.Bus, *docstore.UseCases) (set.SourceAgentParts, func(), error)
	Analysis     func(context.Context, *kit.Kit, bus.Bus) (set.AnalysisParts, func(), error)
	CodeAnalyzer func(*kit.Kit) (set.CodeAnalyzerParts, error)
	Orchestrator func(context.Context, *kit.Kit, bus.Bus, servicecall.Tables, *docstore.UseCases, *sourceagent.UseCases, set.Here, set.Letters) (set.OrchestratorParts, func(), error)
}

// Open opens the wanted services, all when none is named. It fails with NotFound
// for a service that this build does not have, and closes what it had opened.
func Open(ctx context.Context, k *kit.Kit, open Injectors, wanted ...string) (*App, error) {
	a := &App{Kit: k, letters: make(set.Letters)}
	for _, id := range wanted {
		if !slices.Contains(Known(), id) {
			return nil, domain.NotFound.New("There is no service " + id + " in this build; it has " + strings.Join(Known(), ", ") + ".")
		}
	}
	if err := a.open(ctx, open, wanted); err != nil {
		a.Close()
		return nil, err
	}
	if err := a.register(); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

// open opens the wanted services.
func (a *App) open(ctx context.Context, open Injectors, wanted []string) error {
	want := func(id string) bool { return len(wanted) == 0 || slices.Contains(wanted, id) }
	events := set.NewBus()
	if want(docstore.ID) || want(sourceagent.ID) {
		if err := a.openStores(ctx, open, events, want); err != nil {
			return err
		}
	}
	if want(analysis.ID) {
		if err := a.openAnalysis(ctx, open, events); err != nil {
			return err
		}
	}
	if want(codeanalyzer.ID) {
		analyzer, err := open.CodeAnalyzer(a.Kit)
		if err != nil {
			return err
		}
		a.CodeAnalyzer = analyzer.Menu
		a.Services = append(a.Services, analyzer.Service)
	}
	if want(orchestrator.ID) {
		return a.openOrchestrator(ctx, open, events)
	}
	return nil
}

// openStores opens the document store, and serves it when it is wanted; then the
// source agent, which needs it, when that is wanted.
func (a *App) openStores(ctx context.Context, open Injectors, events bus.Bus, want func(id string) bool) error {
	docs, closer, err := open.DocStore(ctx, a.Kit, events)
	if err != nil {
		return err
	}
	a.closers = append(a.closers, closer)
	a.DocStore, a.letters[docstore.ID] = docs.Menu, docs.Letters
	if want(docstore.ID) {
		a.Services = append(a.Services, docs.Service)
	}
	if !want(sourceagent.ID) {
		return nil
	}
	agent, closer, err := open.SourceAgent(ctx, a.Kit, events, docs.Menu)
	if err != nil {
		return err
	}
	a.closers = append(a.closers, closer)
	a.SourceAgent, a.letters[sourceagent.ID] = agent.Menu, agent.Letters
	a.Services = append(a.Services, agent.Service)
	return nil
}

func (a *App) openAnalysis(ctx context.Context, open Injectors, events bus.Bus) error {
	parts, closer, err := open.Analysis(ctx, a.Kit, events)
	if err != nil {
		return err
	}
	a.closers = append(a.closers, closer)
	a.Analysis, a.letters[analysis.ID] = parts.Menu, parts.Letters
	a.Services = append(a.Services, parts.Service)
	return nil
}

// openOrchestrator opens the orchestrator, which calls the services that are open
// here, and those that are not at their addresses.
func (a *App) openOrchestrator(ctx context.Context, open Injectors, events bus.Bus) error {
	tables, docs, agent, err := a.tables()
	if err != nil {
		return err
	}
	parts, closer, err := open.Orchestrator(ctx, a.Kit, events, tables, docs, agent, a.here(), a.letters)
	if err != nil {
		return err
	}
	a.closers = append(a.closers, closer)
	a.Workflows, a.Queries, a.Registry, a.Health = parts.Workflows, parts.Queries, parts.Registry, parts.Health
	a.Ingestion, a.Infrastructure = parts.Ingestion, parts.Infrastructure
	a.Services = append(a.Services, parts.Service)
	return nil
}

// here lists the services that are open.
func (a *App) here() set.Here {
	var ids set.Here
	for _, s := range a.Services {
		ids = append(ids, s.ID)
	}
	return ids
}

// Known lists the services of this build, in the order in which they start.
func Known() []string {
	return []string{docstore.ID, sourceagent.ID, analysis.ID, codeanalyzer.ID, orchestrator.ID}
}

// Close closes the stores of the services, the last opened first. The services
// must have stopped.
func (a *App) Close() {
	for _, closer := range slices.Backward(a.closers) {
		closer()
	}
	a.closers = nil
}
