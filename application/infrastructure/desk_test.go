package infrastructure_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/adapters/deadletters"
	durablemem "github.com/docsteward/docsteward/adapters/durable/memory"
	"github.com/docsteward/docsteward/adapters/memory/infrastructuremem"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	app "github.com/docsteward/docsteward/application/infrastructure"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/deadletter"
	"github.com/docsteward/docsteward/domain/saga"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/ids/idstest"
	"github.com/docsteward/docsteward/ports/infrastructure"
	"github.com/docsteward/docsteward/ports/usecase"
)

// desk is infrastructure in memory, with one outbox whose letters it looks after.
type desk struct {
	menu    infrastructure.UseCases
	deps    app.Deps
	clock   *clocktest.Manual
	outbox  *memkit.Outbox
	runtime *durablemem.Runtime
	world   *world
	keeper  *app.Keeper
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	db := memkit.New()
	d := &desk{clock: clocktest.New(), outbox: memkit.NewOutbox(db, func() {}), world: &world{gates: make(map[string]chan struct{})}}
	d.deps = app.Deps{
		Places: []infrastructure.Place{deadletters.NewEvents("doc_store", d.outbox)}, Retries: infrastructuremem.NewRetries(db),
		Sagas: infrastructuremem.NewSagas(db), Caller: d.world, Outbox: d.outbox, Unit: db, Clock: d.clock, IDs: idstest.New("id"),
		Logger: slog.New(slog.NewTextHandler(t.Output(), nil)),
	}
	d.runtime = durablemem.New(systemclock.Clock{}, app.Programs(d.deps))
	d.deps.Runtime = d.runtime
	d.fill(t)
	return d
}

func (d *desk) fill(t *testing.T) {
	t.Helper()
	app.Fill(&d.menu, d.deps)
	d.keeper = app.NewKeeper(d.deps, "orchestrator")
	if err := usecase.Check(&d.menu, infrastructure.Operations(&d.menu)); err != nil {
		t.Fatal(err)
	}
}

// work has runs worked on until the returned function is called.
func (d *desk) work(t *testing.T) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- d.runtime.Work(ctx) }()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	}
	t.Cleanup(stop)
	return stop
}

// world carries out calls: it refuses operations named fail, says that those named
// unknown do not exist, and lets those with a gate wait for it.
type world struct {
	mu    sync.Mutex
	done  map[string]bool
	deeds []string
	calls int
	gates map[string]chan struct{}
	begun chan string
}

func (w *world) Check(call saga.Call) string {
	if strings.HasPrefix(call.Operation, "unknown") {
		return "There is no such operation."
	}
	return ""
}

func (w *world) Call(ctx context.Context, call saga.Call, key, user string) error {
	w.mu.Lock()
	w.calls++
	gate := w.gates[call.Operation]
	w.mu.Unlock()
	if gate != nil {
		w.begun <- key
		select {
		case <-gate:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if strings.HasPrefix(call.Operation, "fail") {
		return domain.Rejected.New("It cannot be done.")
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.done[key] {
		return nil // it honours keys
	}
	if w.done == nil {
		w.done = make(map[string]bool)
	}
	w.done[key] = true
	w.deeds = append(w.deeds, call.Operation+user)
	return nil
}

func (w *world) deed() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return strings.Join(w.deeds, " ")
}

func run[C, R any](t *testing.T, port *usecase.Port[C, R], c C) R {
	t.Helper()
	view, err := port.Execute(t.Context(), c).Unwrap()
	if err != nil {
		t.Fatalf("%T: %v", c, err)
	}
	return view
}

func refused[C, R any](t *testing.T, port *usecase.Port[C, R], c C, kind domain.Kind) {
	t.Helper()
	if err := port.Execute(t.Context(), c).Err(); !errors.Is(err, kind) {
		t.Errorf("%+v: got %v, want %v", c, err, kind)
	}
}

// begin starts a saga of steps named by their operations; what undoes one has a minus.
func (d *desk) begin(t *testing.T, operations ...string) string {
	t.Helper()
	c := infrastructure.StartSaga{Type: "report", Correlation: "c", TimeoutSeconds: 3600}
	for i, operation := range operations {
		c.Steps = append(c.Steps, infrastructure.NewSagaStep{
			ID: fmt.Sprint(i + 1), Service: "s", Operation: operation, Compensation: "-" + operation,
		})
	}
	return run(t, &d.menu.StartSaga, c).ID
}

// bury has n events of a name given up for the cause.
func (d *desk) bury(t *testing.T, name, cause string, n int) {
	t.Helper()
	for range n {
		id := d.deps.IDs.New()
		event := domain.Event{ID: id, Name: name, Aggregate: "document", AggregateID: id, At: d.clock.Now(), Correlation: "c-" + name}
		if err := d.outbox.Append(t.Context(), event); err != nil {
			t.Fatal(err)
		}
		d.again(t, id, cause)
		d.clock.Advance(time.Second)
	}
}

// again has a waiting event given up.
func (d *desk) again(t *testing.T, id, cause string) {
	t.Helper()
	if err := d.outbox.Bury(t.Context(), id, d.clock.Now(), cause); err != nil {
		t.Fatal(err)
	}
}

// away is a place that does not answer.
type away struct{ infrastructure.Place }

func (away) Name() string { return "far.events" }

func (away) List(context.Context, domain.PageRequest) (domain.Page[deadletter.Letter], error) {
	return domain.Page[deadletter.Letter]{}, domain.Unavailable.New("Nobody is there.")
}
