package cluster

import (
	"context"

	"github.com/google/wire"

	durabletemporal "github.com/docsteward/docsteward/adapters/durable/temporal"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/set"
	"github.com/docsteward/docsteward/ports/durable"
)

// RunsOnTemporal runs workflows durably on the configured Temporal server. It is not
// among the sets of technologies, for programs of other compositions would link the
// client of Temporal, which is large.
var RunsOnTemporal = wire.NewSet(
	OpenRuns, wire.Value(set.Engine("temporal")), wire.Bind(new(durable.Runtime), new(*durabletemporal.Runtime)), wire.Bind(new(durable.Worker), new(*durabletemporal.Runtime)),
)

// OpenRuns opens the runs at the server.
func OpenRuns(ctx context.Context, s *kit.Service, registry durable.Registry) (*durabletemporal.Runtime, func(), error) {
	runtime, err := durabletemporal.Open(ctx, durabletemporal.Config{
		Address: s.Config.Temporal.Address, Namespace: s.Config.Temporal.Namespace, Clock: s.Clock, Log: s.Logger,
	}, registry)
	if err != nil {
		return nil, nil, err
	}
	return runtime, func() { _ = runtime.Close() }, nil
}
