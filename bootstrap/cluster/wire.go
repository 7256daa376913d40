//go:build wireinject

package cluster

import (
	"context"

	"github.com/google/wire"

	"github.com/docsteward/docsteward/adapters/action/servicecall"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/set"
	"github.com/docsteward/docsteward/ports/bus"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

func openDocStore(ctx context.Context, k *kit.Kit, b bus.Bus) (set.DocStoreParts, func(), error) {
	panic(wire.Build(set.DocStore, set.DocStoreSQL, set.Postgres, set.RedisCache, set.InProcessEvents, set.Shared))
}

func openSourceAgent(ctx context.Context, k *kit.Kit, b bus.Bus, store *docstore.UseCases) (set.SourceAgentParts, func(), error) {
	panic(wire.Build(set.SourceAgent, set.SourceAgentSQL, set.Postgres, set.InProcessEvents, set.Shared))
}

func openAnalysis(ctx context.Context, k *kit.Kit, b bus.Bus) (set.AnalysisParts, func(), error) {
	panic(wire.Build(set.Analysis, set.AnalysisSQL, set.Postgres, set.InProcessEvents, set.Shared))
}

func openCodeAnalyzer(k *kit.Kit) (set.CodeAnalyzerParts, error) {
	panic(wire.Build(set.CodeAnalyzer, set.ClockOf))
}

func openOrchestrator(ctx context.Context, k *kit.Kit, b bus.Bus, tables servicecall.Tables, store *docstore.UseCases, agent *sourceagent.UseCases, here set.Here, letters set.Letters) (set.OrchestratorParts, func(), error) {
	panic(wire.Build(set.Orchestrator, set.WorkflowsSQL, set.QueriesSQL, set.RegistrySQL, set.HealthSQL, set.IngestionSQL, set.InfrastructureSQL, RunsOnTemporal, set.Postgres, set.InProcessEvents, set.Shared))
}
