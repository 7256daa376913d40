package infrastructure_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/saga"
	"github.com/docsteward/docsteward/ports/infrastructure"
	"github.com/docsteward/docsteward/ports/usecase"
)

func execute(id, step string) infrastructure.ExecuteStep {
	return infrastructure.ExecuteStep{ID: id, Step: step}
}

// events are the names of what was told, in order.
func (d *desk) events(t *testing.T) string {
	t.Helper()
	entries, err := d.outbox.Claim(t.Context(), d.clock.Now().Add(time.Hour), d.clock.Now().Add(2*time.Hour), 100)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Event.Name)
	}
	return strings.Join(names, " ")
}

func TestASagaIsDoneStepByStep(t *testing.T) {
	d := newDesk(t)
	d.work(t)
	id := d.begin(t, "a", "b")
	refused(t, &d.menu.ExecuteStep, execute(id, "2"), domain.Conflict)
	refused(t, &d.menu.ExecuteStep, execute(id, "3"), domain.NotFound)
	refused(t, &d.menu.CompleteSaga, infrastructure.CompleteSaga{ID: id}, domain.Conflict)
	after := run(t, &d.menu.ExecuteStep, execute(id, "1"))
	if after.Status != "started" || *after.CurrentStep != "2" || after.Steps[0].Status != "completed" || after.Steps[0].CompletedAt == nil {
		t.Errorf("got %+v", after)
	}
	run(t, &d.menu.ExecuteStep, execute(id, "1"))
	run(t, &d.menu.ExecuteStep, execute(id, "2"))
	d.clock.Advance(2 * time.Second)
	whole := run(t, &d.menu.CompleteSaga, infrastructure.CompleteSaga{ID: id})
	if whole.Status != "completed" || whole.CurrentStep != nil || whole.DurationSeconds != 2 {
		t.Errorf("got %+v", whole)
	}
	if deeds := d.world.deed(); deeds != "a b" {
		t.Errorf("done: %s", deeds)
	}
	refused(t, &d.menu.AbortSaga, infrastructure.AbortSaga{ID: id}, domain.Conflict)
	stats := run(t, &d.menu.GetSagaStats, infrastructure.GetSagaStats{})
	if stats.TotalSagas != 1 || stats.SuccessfulSagas != 1 || stats.SuccessRate != 1 || stats.AvgCompletionTime != 2 || stats.ActiveSagas != 0 {
		t.Errorf("got %+v", stats)
	}
	if told := d.events(t); told != "saga.started saga.completed" {
		t.Errorf("told: %s", told)
	}
}

func TestASagaThatFailsIsUndoneInReverseOnceEach(t *testing.T) {
	d := newDesk(t)
	d.work(t)
	id := d.begin(t, "a", "b", "fail")
	run(t, &d.menu.ExecuteStep, execute(id, "1"))
	run(t, &d.menu.ExecuteStep, execute(id, "2"))
	failed := run(t, &d.menu.ExecuteStep, execute(id, "3"))
	if failed.Status != "failed" || failed.ErrorMessage != saga.FailedStep || failed.Steps[2].ErrorMessage != "It cannot be done." || failed.NeedsHand {
		t.Errorf("got %+v", failed)
	}
	for i, want := range []string{"completed", "completed", ""} {
		if got := failed.Steps[i].CompensationStatus; got != want {
			t.Errorf("step %d: %q", i+1, got)
		}
	}
	if deeds := d.world.deed(); deeds != "a b -b -a" || d.world.calls != 5 {
		t.Errorf("done in %d calls: %s", d.world.calls, deeds)
	}
	refused(t, &d.menu.ExecuteStep, execute(id, "3"), domain.Conflict)
	refused(t, &d.menu.CompensateSaga, infrastructure.CompensateSaga{ID: id}, domain.Conflict)
	if told := d.events(t); told != "saga.started saga.compensating saga.failed" {
		t.Errorf("told: %s", told)
	}
	list := run(t, &d.menu.ListSagas, infrastructure.ListSagas{Status: "failed", Limit: 10})
	if list.Total != 1 || list.FailedSagas != 1 || list.ActiveSagas != 0 {
		t.Errorf("got %+v", list)
	}
}

func TestASagaGoesOnWhereItsProcessDied(t *testing.T) {
	d := newDesk(t)
	d.world.begun, d.world.gates["-b"] = make(chan string, 9), make(chan struct{})
	stop := d.work(t)
	id := d.begin(t, "a", "b", "fail")
	run(t, &d.menu.ExecuteStep, execute(id, "1"))
	run(t, &d.menu.ExecuteStep, execute(id, "2"))
	ctx, leave := context.WithCancel(t.Context())
	answer := make(chan error, 1)
	go func() { answer <- d.menu.ExecuteStep.Execute(ctx, execute(id, "3")).Err() }()
	<-d.world.begun
	stop()
	leave()
	if err := <-answer; !errors.Is(err, domain.Timeout) {
		t.Errorf("the caller that left heard %v", err)
	}
	if half := run(t, &d.menu.GetSaga, infrastructure.GetSaga{ID: id}); half.Status != "compensating" {
		t.Fatalf("got %+v", half)
	}
	close(d.world.gates["-b"])
	d.work(t)
	if _, err := d.runtime.Wait(t.Context(), "saga/"+id+"/undo"); err != nil {
		t.Fatal(err)
	}
	if whole := run(t, &d.menu.GetSaga, infrastructure.GetSaga{ID: id}); whole.Status != "failed" {
		t.Errorf("got %+v", whole)
	}
	if deeds := d.world.deed(); deeds != "a b -b -a" {
		t.Errorf("done: %s", deeds)
	}
}

func TestManyWhoExecuteAStepHaveItDoneOnce(t *testing.T) {
	d := newDesk(t)
	d.work(t)
	id := d.begin(t, "a")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := d.menu.ExecuteStep.Execute(t.Context(), execute(id, "1")).Err(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if d.world.calls != 1 {
		t.Errorf("%d calls", d.world.calls)
	}
}

func TestASagaIsCompensatedByHand(t *testing.T) {
	d := newDesk(t)
	d.work(t)
	c := infrastructure.StartSaga{Type: "t", Correlation: "c", TimeoutSeconds: 60, Steps: []infrastructure.NewSagaStep{
		{ID: "one", Service: "s", Operation: "a", Compensation: "fail"}, {ID: "two", Service: "s", Operation: "b"}, {ID: "three", Service: "s", Operation: "c", Compensation: "-c"},
	}}
	ctx := usecase.WithMeta(t.Context(), usecase.Meta{Caller: usecase.Caller{User: "ada"}})
	begun, err := d.menu.StartSaga.Execute(ctx, c).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []string{"one", "two", "three"} {
		run(t, &d.menu.ExecuteStep, execute(begun.ID, step))
	}
	ended, err := d.menu.CompensateSaga.Execute(ctx, infrastructure.CompensateSaga{ID: begun.ID}).Unwrap()
	if err != nil || ended.Status != "failed" || !ended.NeedsHand || ended.Steps[0].CompensationError != "It cannot be done." {
		t.Errorf("got %+v, %v", ended, err)
	}
	if want := "Compensated by ada. What was done by one could not be undone and needs a hand."; ended.ErrorMessage != want {
		t.Errorf("got %q", ended.ErrorMessage)
	}
	if deeds := d.world.deed(); deeds != "aada bada cada -cada" {
		t.Errorf("done: %s", deeds)
	}
}

func TestWhatCannotBeCalledIsToldAndNothingHappens(t *testing.T) {
	d := newDesk(t)
	d.work(t)
	c := infrastructure.StartSaga{Type: "t", Correlation: "c", TimeoutSeconds: 60, Steps: []infrastructure.NewSagaStep{
		{ID: "one", Service: "s", Operation: "unknown", Compensation: "unknown too"},
	}}
	result := d.menu.StartSaga.Execute(t.Context(), c)
	begun, err := result.Unwrap()
	if err != nil || len(result.Warnings()) != 2 {
		t.Fatalf("%+v, %v, %v", begun, result.Warnings(), err)
	}
	refused(t, &d.menu.ExecuteStep, execute(begun.ID, "one"), domain.Rejected)
	if still := run(t, &d.menu.GetSaga, infrastructure.GetSaga{ID: begun.ID}); still.Status != "started" || still.Steps[0].Status != "pending" || still.Steps[0].ExecutedAt != nil {
		t.Errorf("got %+v", still)
	}
	refused(t, &d.menu.StartSaga, infrastructure.StartSaga{Type: "t", Correlation: "c"}, domain.Invalid)
	refused(t, &d.menu.GetSaga, infrastructure.GetSaga{ID: "unknown"}, domain.NotFound)
	refused(t, &d.menu.GetSaga, infrastructure.GetSaga{ID: strings.Repeat("x", 256)}, domain.Rejected)
	refused(t, &d.menu.ExecuteStep, execute("unknown", "one"), domain.NotFound)
	aborted := run(t, &d.menu.AbortSaga, infrastructure.AbortSaga{ID: begun.ID, Reason: "enough"})
	if aborted.Status != "aborted" || aborted.ErrorMessage != "enough" {
		t.Errorf("got %+v", aborted)
	}
	refused(t, &d.menu.ExecuteStep, execute(begun.ID, "one"), domain.Conflict)
}

func TestTheKeeperUndoesWhatIsPastItsDeadline(t *testing.T) {
	d := newDesk(t)
	d.work(t)
	id := d.begin(t, "a", "b")
	run(t, &d.menu.ExecuteStep, execute(id, "1"))
	keep := func(want string) {
		t.Helper()
		if err := d.keeper.Keep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if want != "started" {
			if _, err := d.runtime.Wait(t.Context(), "saga/"+id+"/undo"); err != nil {
				t.Fatal(err)
			}
		}
		if got := run(t, &d.menu.GetSaga, infrastructure.GetSaga{ID: id}); got.Status != want {
			t.Fatalf("got %+v", got)
		}
	}
	keep("started")
	d.clock.Advance(time.Hour + time.Second)
	keep("failed")
	if deeds := d.world.deed(); deeds != "a -a" {
		t.Errorf("done: %s", deeds)
	}
	d.clock.Advance(91 * 24 * time.Hour)
	if err := d.keeper.Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	refused(t, &d.menu.GetSaga, infrastructure.GetSaga{ID: id}, domain.NotFound)
}

// A process that dies between a note and the run that it calls for leaves both to the
// keeper.
func TestTheKeeperBeginsRunsThatAreMissing(t *testing.T) {
	d := newDesk(t)
	for _, compensating := range []bool{false, true} {
		t.Run(fmt.Sprint(compensating), func(t *testing.T) {
			id := d.begin(t, "a", "b")
			one, err := d.deps.Sagas.Get(t.Context(), domain.StoredID[saga.Saga](id))
			if err != nil {
				t.Fatal(err)
			}
			wait := "saga/" + id + "/0"
			if compensating {
				one.Succeed("1", d.clock.Now())
				err = one.Compensate("x")
				wait = "saga/" + id + "/undo"
			} else {
				err = one.Begin("1", d.clock.Now())
			}
			one.Revision = 2
			if err = errors.Join(err, d.deps.Sagas.Update(t.Context(), one)); err != nil {
				t.Fatal(err)
			}
			stop := d.work(t)
			defer stop()
			d.clock.Advance(time.Minute)
			if err := d.keeper.Keep(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := d.runtime.Wait(t.Context(), wait); err != nil {
				t.Fatal(err)
			}
			got := run(t, &d.menu.GetSaga, infrastructure.GetSaga{ID: id})
			if compensating && (got.Status != "failed" || got.Steps[0].CompensationStatus != "completed") || !compensating && got.Steps[0].Status != "completed" {
				t.Errorf("got %+v", got)
			}
		})
	}
}
