// Package app opens the services of a composition and holds their menus.
package app

import (
	"context"
	"slices"

	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/process"
	"github.com/docsteward/docsteward/bootstrap/set"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/bus"
	"github.com/docsteward/docsteward/ports/docstore"
)

// App is a set of open services. A program calls its menus, or runs its
// Services in a process; both go through the same decorators.
type App struct {
	Kit      *kit.Kit
	Services []*process.Service
	DocStore *docstore.UseCases

	closers []func()
}

// Injectors open one service each; a composition provides them.
type Injectors struct {
	DocStore func(context.Context, *kit.Kit, bus.Bus) (set.DocStoreParts, func(), error)
}

// Open opens the wanted services, all when none is named. It fails with NotFound
// for a service that this build does not have, and closes what it had opened.
func Open(ctx context.Context, k *kit.Kit, open Injectors, wanted ...string) (*App, error) {
	a := &App{Kit: k}
	for _, id := range wanted {
		if !slices.Contains(Known(), id) {
			return nil, domain.NotFound.New("There is no service " + id + " in this build; it has " + text(Known()) + ".")
		}
	}
	events := set.NewBus()
	want := func(id string) bool { return len(wanted) == 0 || slices.Contains(wanted, id) }
	if want(set.DocStoreID) {
		parts, closer, err := open.DocStore(ctx, k, events)
		if err != nil {
			a.Close()
			return nil, err
		}
		a.DocStore = parts.Menu
		a.add(parts.Service, closer)
	}
	return a, nil
}

// Known lists the services of this build, in the order in which they start.
func Known() []string { return []string{set.DocStoreID} }

func (a *App) add(s *process.Service, closer func()) {
	a.Services = append(a.Services, s)
	a.closers = append(a.closers, closer)
}

// Close closes the stores of the services, the last opened first. The services
// must have stopped.
func (a *App) Close() {
	for _, closer := range slices.Backward(a.closers) {
		closer()
	}
	a.closers = nil
}

func text(words []string) string {
	out := ""
	for i, w := range words {
		if i > 0 {
			out += ", "
		}
		out += w
	}
	return out
}
