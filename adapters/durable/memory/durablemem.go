// Package durablemem runs durable programs in the memory of the process: for
// tests, and for work that may be lost with it. Runs, records and signals outlive
// the end of Work, but not the process.
package durablemem

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/durable"
)

// Runtime is a durable.Runtime and its Worker.
type Runtime struct {
	clock    clock.Clock
	registry durable.Registry

	mu   sync.Mutex
	runs map[string]*run
	// order holds the runs as they were started.
	order []*run
	// working is the context of Work, or nil while nobody works.
	working context.Context
	active  sync.WaitGroup
}

var (
	_ durable.Runtime = (*Runtime)(nil)
	_ durable.Worker  = (*Runtime)(nil)
)

// New returns a runtime without runs.
func New(times clock.Clock, registry durable.Registry) *Runtime {
	return &Runtime{clock: times, registry: registry, runs: map[string]*run{}}
}

// Start implements durable.Runtime.
func (r *Runtime) Start(ctx context.Context, start durable.Start) error {
	if err := ctx.Err(); err != nil {
		return domain.FaultOf(err)
	}
	if err := start.Check(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if there := r.runs[start.ID]; there != nil {
		if there.Program != start.Program || !bytes.Equal(there.Input, start.Input) {
			return domain.Conflict.New(fmt.Sprintf("The run %q is there already with another program or input; choose another id.", start.ID))
		}
		return nil
	}
	return r.start(start)
}

// start begins a run whose id is free. The caller holds the lock.
func (r *Runtime) start(start durable.Start) error {
	if r.registry.Programs[start.Program] == nil {
		return domain.NotFound.New(fmt.Sprintf("There is no program %q.", start.Program))
	}
	begun := newRun(start, r.clock.Now())
	r.runs[start.ID] = begun
	r.order = append(r.order, begun)
	r.execute(begun)
	return nil
}

// Work implements durable.Worker. Its grace is without limit: it waits for the
// steps under way, whose contexts have ended.
func (r *Runtime) Work(ctx context.Context) error {
	r.mu.Lock()
	if r.working != nil {
		r.mu.Unlock()
		return domain.Conflict.New("This runtime works already; end its Work first.")
	}
	r.working = ctx
	for _, each := range r.order {
		r.execute(each)
	}
	r.mu.Unlock()
	<-ctx.Done()
	r.mu.Lock()
	r.working = nil
	for _, each := range r.order {
		each.halt()
	}
	r.mu.Unlock()
	r.active.Wait()
	return nil
}

// find returns the run of the id. The caller holds the lock.
func (r *Runtime) find(id string) (*run, error) {
	if found := r.runs[id]; found != nil {
		return found, nil
	}
	return nil, domain.NotFound.New(fmt.Sprintf("There is no run %q.", id))
}

// family returns the run and those that it started, theirs too. The caller
// holds the lock.
func (r *Runtime) family(id string) []*run {
	members := []*run{r.runs[id]}
	for i := 0; i < len(members); i++ {
		for _, each := range r.order {
			if each.parent == members[i].ID && !slices.Contains(members, each) {
				members = append(members, each)
			}
		}
	}
	return members
}
