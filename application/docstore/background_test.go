package docstore

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/bus/inprocess"
	"github.com/docsteward/docsteward/adapters/bus/relay"
	"github.com/docsteward/docsteward/adapters/markup"
	"github.com/docsteward/docsteward/adapters/secrets/aesgcm"
	"github.com/docsteward/docsteward/adapters/sql/docstoresql"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/ids/idstest"
	"github.com/docsteward/docsteward/ports/webcall"
)

// callerFunc is a webcall.Caller that a test writes.
type callerFunc func(webcall.Request) (webcall.Answer, error)

func (f callerFunc) Call(_ context.Context, r webcall.Request) (webcall.Answer, error) { return f(r) }

// station is a whole store on SQLite whose time and background are moved by hand.
type station struct {
	*Background
	menu  docstore.UseCases
	clock *clocktest.Manual
	relay *relay.Relay
	call  callerFunc
	close func() error
}

func newStation(t *testing.T) *station {
	s := &station{clock: clocktest.New()}
	db := sqltest.SQLite(t, docstoresql.Migrations)
	store, events := docstoresql.New(db), sqlkit.NewOutbox(db, nil)
	queue := docstoresql.NewBulk(db)
	deps := Deps{
		Documents: store, History: store, Index: docstoresql.NewIndex(store), Spans: store, Outbox: events, Unit: db,
		Clock: s.clock, IDs: idstest.New("id"), Markup: markup.New(),
		Knowledge: Knowledge{
			Relations: docstoresql.NewRelations(db), Directory: store, Tags: docstoresql.NewTags(db),
			Taxonomy: docstoresql.NewTaxonomy(db), Analyses: docstoresql.NewAnalyses(db),
		},
		Lifecycle:    Lifecycle{Policies: docstoresql.NewPolicies(db), Lifecycles: docstoresql.NewLifecycles(db)},
		Fingerprints: docstoresql.NewFingerprints(db),
		Bulk:         Bulk{BulkOperations: queue, BulkQueue: queue},
		Notify: Notify{
			EventLog: docstoresql.NewEventLog(db), Webhooks: docstoresql.NewWebhooks(db), Deliveries: docstoresql.NewDeliveries(db),
			Secrets: newSealer(t), Inbox: sqlkit.NewInbox(db, s.clock), Random: func() float64 { return 0 }, Signals: NewSignals(),
			Caller: callerFunc(func(r webcall.Request) (webcall.Answer, error) { return s.call(r) }),
		},
	}
	deps.Housekeeping = Housekeeping{
		Upkeep: db, Backups: sqlkit.NewBackups(db, t.TempDir(), "doc_store"), QualityLog: docstoresql.NewQualityLog(db), KeepBackups: 2,
	}
	s.close = db.Close
	Fill(&s.menu, deps)
	s.Background = NewBackground(deps, slog.New(slog.DiscardHandler))
	carrier := new(inprocess.Bus)
	if err := s.Subscribe(carrier); err != nil {
		t.Fatal(err)
	}
	s.relay = relay.New(events, carrier, relay.NewWaker(), s.clock, func() float64 { return 0 }, slog.New(slog.DiscardHandler), relay.Config{})
	return s
}

func newSealer(t *testing.T) *aesgcm.Sealer {
	t.Helper()
	sealer, err := aesgcm.New(aesgcm.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	return sealer
}

// carry delivers every event that waits in the outbox.
func (s *station) carry(t *testing.T) {
	t.Helper()
	if err := s.relay.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// until calls round until it finds no more work and returns how often it did.
func until(t *testing.T, round func(context.Context) (bool, error)) int {
	t.Helper()
	for n := 0; ; n++ {
		found, err := round(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !found {
			return n
		}
	}
}

// run executes a use case that must succeed.
func run[C, R any](t *testing.T, p interface {
	Execute(context.Context, C) domain.DomainResult[R]
}, c C) R {
	t.Helper()
	value, err := p.Execute(t.Context(), c).Unwrap()
	if err != nil {
		t.Fatalf("%T: %v", c, err)
	}
	return value
}

// refused executes a use case that must fail with the kind.
func refused[C, R any](t *testing.T, p interface {
	Execute(context.Context, C) domain.DomainResult[R]
}, c C, kind domain.Kind) {
	t.Helper()
	if err := p.Execute(t.Context(), c).Err(); !errors.Is(err, kind) {
		t.Errorf("%T: got %v, want %v", c, err, kind)
	}
}

func TestALoopEndsWithItsContextAndWakesOnASignal(t *testing.T) {
	s := newStation(t)
	ctx, cancel := context.WithCancel(t.Context())
	rounds, ended, wake := make(chan int), make(chan struct{}), make(signal, 1)
	go func() {
		defer close(ended)
		n := 0
		s.loop(ctx, "test", time.Hour, wake, func(context.Context) (bool, error) {
			n++
			rounds <- n
			return false, errors.New("a failure does not end the loop")
		})
	}()
	<-rounds
	wake.wake()
	<-rounds
	s.clock.AwaitTimers(1)
	s.clock.Advance(time.Hour)
	if n := <-rounds; n != 3 {
		t.Errorf("round %d, want 3", n)
	}
	cancel()
	<-ended
}
