package cluster

import (
	"context"

	"github.com/docsteward/docsteward/bootstrap/app"
	"github.com/docsteward/docsteward/bootstrap/kit"
)

// Open opens the wanted services, all when none is named; see app.Open.
func Open(ctx context.Context, k *kit.Kit, wanted ...string) (*app.App, error) {
	return app.Open(ctx, k, app.Injectors{DocStore: openDocStore, SourceAgent: openSourceAgent, Analysis: openAnalysis, CodeAnalyzer: openCodeAnalyzer, Orchestrator: openOrchestrator}, wanted...)
}
