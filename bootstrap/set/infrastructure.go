package set

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/wire"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/docsteward/docsteward/adapters/action/sagacall"
	"github.com/docsteward/docsteward/adapters/action/servicecall"
	"github.com/docsteward/docsteward/adapters/deadletters"
	"github.com/docsteward/docsteward/adapters/sql/infrastructuresql"
	"github.com/docsteward/docsteward/adapters/telemetry/prom"
	appinfrastructure "github.com/docsteward/docsteward/application/infrastructure"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/infrastructure"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/tx"
)

// Infrastructure is dead letters and sagas on whatever stores they are given.
var Infrastructure = wire.NewSet(InfrastructureMenu, InfrastructureDeps, NewInfrastructureKeeper, wire.Struct(new(InfrastructureStores), "*"))

// InfrastructureSQL keeps sagas and the tries of dead letters in an SQL database.
var InfrastructureSQL = wire.NewSet(
	infrastructuresql.NewSagas, wire.Bind(new(infrastructure.Sagas), new(*infrastructuresql.Sagas)),
	infrastructuresql.NewRetries, wire.Bind(new(infrastructure.Retries), new(*infrastructuresql.Retries)),
)

// Letters are the events that no handler took, by the ids of the services that are
// open in this process.
type Letters map[string]outbox.DeadLetters

// InfrastructureStores are the stores of infrastructure.
type InfrastructureStores struct {
	Sagas   infrastructure.Sagas
	Retries infrastructure.Retries
	Letters outbox.DeadLetters
	Outbox  outbox.Outbox
	Unit    tx.Unit
	Clock   clock.Clock
	IDs     ids.Generator
}

// InfrastructureDeps returns what infrastructure stands on, but for the runtime, which
// is made of its programs.
func InfrastructureDeps(s *kit.Service, stores InfrastructureStores, store *docstore.UseCases, tables servicecall.Tables, letters Letters) appinfrastructure.Deps {
	places := []infrastructure.Place{deadletters.NewDeliveries(deadletters.DocStore{
		List: &store.ListDeliveries, Resend: &store.ResendDelivery, Discard: &store.DiscardDelivery,
	}, orchestrator.ID), deadletters.NewEvents(orchestrator.ID, stores.Letters)}
	for _, id := range slices.Sorted(maps.Keys(letters)) {
		places = append(places, deadletters.NewEvents(id, letters[id]))
	}
	return appinfrastructure.Deps{
		Places: places, Retries: stores.Retries, Sagas: stores.Sagas, Caller: sagacall.New(s.ID, tables), Outbox: stores.Outbox, Unit: stores.Unit,
		Clock: stores.Clock, IDs: stores.IDs, Logger: s.Logger,
	}
}

// InfrastructureMenu returns the filled and decorated menu.
func InfrastructureMenu(s *kit.Service, deps appinfrastructure.Deps, runtime durable.Runtime) (*infrastructure.UseCases, error) {
	deps.Runtime = runtime
	menu := new(infrastructure.UseCases)
	appinfrastructure.Fill(menu, deps)
	return menu, Decorate(s, menu, infrastructure.Operations(menu))
}

// NewInfrastructureKeeper returns the keeper, which shows the dead letters as the queue
// dlq, and their number and age as dlq_depth and dlq_oldest_age_seconds.
func NewInfrastructureKeeper(s *kit.Service, deps appinfrastructure.Deps, runtime durable.Runtime) (*appinfrastructure.Keeper, error) {
	deps.Runtime = runtime
	keeper := appinfrastructure.NewKeeper(deps, s.ID)
	depth := func() int { depth, _ := keeper.Letters(); return depth }
	prom.RegisterQueue(s.Registry, s.ID, "dlq", depth)
	labelled := prometheus.WrapRegistererWith(prometheus.Labels{"service": s.ID}, s.Registry)
	for _, gauge := range []struct {
		name, help string
		value      func() float64
	}{
		{"dlq_depth", "Dead letters of all services.", func() float64 { return float64(depth()) }},
		{"dlq_oldest_age_seconds", "How long ago the first of the dead letters was given up.", func() float64 { _, age := keeper.Letters(); return age.Seconds() }},
	} {
		if err := labelled.Register(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: gauge.name, Help: gauge.help}, gauge.value)); err != nil {
			return nil, err
		}
	}
	return keeper, nil
}

// oldLetters says that dead letters grew old, or nothing.
func oldLetters(keeper *appinfrastructure.Keeper) func() string {
	return func() string {
		depth, age := keeper.Letters()
		if age < appinfrastructure.AlarmAge {
			return ""
		}
		return fmt.Sprintf("There are %d dead letters, the first was given up %s ago; see /api/v1/infrastructure/dlq/stats for why.", depth, age.Round(time.Minute))
	}
}
