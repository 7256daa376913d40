package docstore_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/markup"
	"github.com/docsteward/docsteward/adapters/memory/docstoremem"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	app "github.com/docsteward/docsteward/application/docstore"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/ids/idstest"
	"github.com/docsteward/docsteward/ports/usecase"
)

// desk is a document store in memory with a clock that tests move.
type desk struct {
	menu   docstore.UseCases
	clock  *clocktest.Manual
	events *events
	ctx    context.Context
}

// events is an outbox that remembers.
type events struct{ all []domain.Event }

func (e *events) Append(_ context.Context, events ...domain.Event) error {
	e.all = append(e.all, events...)
	return nil
}

func newDesk(t *testing.T, change ...func(*app.Deps)) *desk {
	t.Helper()
	db := memkit.New()
	store := docstoremem.New(db)
	d := &desk{clock: clocktest.New(), events: &events{}, ctx: usecase.WithMeta(t.Context(), usecase.Meta{
		Correlation: "request-1", Caller: usecase.Caller{User: "ann"},
	})}
	deps := app.Deps{
		Documents: store, History: store, Index: docstoremem.NewIndex(store), Spans: store,
		Outbox: d.events, Unit: db, Clock: d.clock, IDs: idstest.New("id"), Markup: markup.New(), MaxContentBytes: 1000,
	}
	for _, c := range change {
		c(&deps)
	}
	app.Fill(&d.menu, deps)
	return d
}

// do runs a use case that must succeed, and lets a minute pass.
func do[C, R any](t *testing.T, d *desk, port usecase.UseCase[C, R], command C) R {
	t.Helper()
	value, err := port.Execute(d.ctx, command).Unwrap()
	if err != nil {
		t.Fatalf("%T: %v", command, err)
	}
	d.clock.Advance(time.Minute)
	return value
}

// fails runs a use case that must fail with the kind, and returns the fault.
func fails[C, R any](t *testing.T, d *desk, port usecase.UseCase[C, R], command C, kind domain.Kind) *domain.Fault {
	t.Helper()
	err := port.Execute(d.ctx, command).Err()
	if !errors.Is(err, kind) {
		t.Fatalf("%T: got %v, want %v", command, err, kind)
	}
	return domain.FaultOf(err)
}

func (d *desk) store(t *testing.T, id, content string) docstore.Document {
	t.Helper()
	return do(t, d, &d.menu.StoreDocument, docstore.StoreDocument{ID: id, Content: content})
}

func (d *desk) put(t *testing.T, id, content string, metadata map[string]any) docstore.Document {
	t.Helper()
	return do(t, d, &d.menu.PutDocument, docstore.PutDocument{ID: id, Content: content, Metadata: metadata})
}

func (d *desk) names() []string {
	var names []string
	for _, e := range d.events.all {
		names = append(names, e.Name)
	}
	return names
}

func equal[T comparable](t *testing.T, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
