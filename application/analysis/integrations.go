package analysis

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/docsteward/docsteward/ports/analysis"
)

// peerPatience is how long a peer may take to tell how it is.
const peerPatience = 2 * time.Second

// getIntegrationHealth asks all peers at the same time. It succeeds whatever they
// answer: this service works on without them.
func (r *recorder) getIntegrationHealth(ctx context.Context, _ analysis.GetIntegrationHealth) (analysis.IntegrationHealth, error) {
	ctx, cancel := context.WithTimeout(ctx, peerPatience)
	defer cancel()
	names := slices.AppendSeq([]string{}, maps.Keys(r.Peers))
	slices.Sort(names)
	states := make([]string, len(names))
	var asked sync.WaitGroup
	for i, name := range names {
		asked.Go(func() {
			states[i] = "healthy"
			if r.Peers[name](ctx) != nil {
				states[i] = "unhealthy"
			}
		})
	}
	asked.Wait()
	view := analysis.IntegrationHealth{AnalysisService: "healthy", Integrations: make(map[string]string, len(names)), AvailableServices: names}
	for i, name := range names {
		view.Integrations[name] = states[i]
	}
	return view, nil
}
