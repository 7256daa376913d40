package saga_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/saga"
)

var noon = time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)

func made(t testing.TB, steps ...string) saga.Saga {
	t.Helper()
	s := saga.Saga{Type: "report", Correlation: "c"}
	for _, id := range steps {
		s.Steps = append(s.Steps, saga.Step{ID: id, Do: saga.Call{Service: "s", Operation: "Do"}, Undo: saga.Call{Service: "s", Operation: "Undo"}})
	}
	s, err := saga.New(s, noon)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func Example() {
	s, _ := saga.New(saga.Saga{Type: "report", Correlation: "c", Steps: []saga.Step{
		{ID: "generate", Do: saga.Call{Service: "s", Operation: "Generate"}},
		{ID: "store", Do: saga.Call{Service: "s", Operation: "Store"}, Undo: saga.Call{Service: "s", Operation: "Erase"}},
		{ID: "notify", Do: saga.Call{Service: "s", Operation: "Notify"}},
	}}, noon)
	_ = s.Start(noon, time.Hour)
	s.Succeed("generate", noon)
	s.Succeed("store", noon)
	s.Fail("notify", "nobody is there", noon)
	for step, more := s.NextUndo(); more; step, more = s.NextUndo() {
		fmt.Println("undo", step.ID)
		s.Undone(step.ID, "", noon)
	}
	s.Settle(noon)
	fmt.Println(s.Status, s.Error)
	// Output:
	// undo store
	// failed Compensation required due to step failure
}

func TestASagaIsChecked(t *testing.T) {
	step := saga.Step{ID: "a", Do: saga.Call{Service: "s", Operation: "o"}}
	for name, c := range map[string]struct {
		s     saga.Saga
		field string
	}{
		"blank type":    {saga.Saga{Type: " ", Correlation: "c", Steps: []saga.Step{step}}, "saga_type"},
		"correlation":   {saga.Saga{Type: "t", Steps: []saga.Step{step}}, "correlation_id"},
		"no steps":      {saga.Saga{Type: "t", Correlation: "c"}, "steps"},
		"many steps":    {saga.Saga{Type: "t", Correlation: "c", Steps: make([]saga.Step, 101)}, "steps"},
		"no service":    {saga.Saga{Type: "t", Correlation: "c", Steps: []saga.Step{{ID: "a", Do: saga.Call{Operation: "o"}}}}, "steps.0.service_name"},
		"no operation":  {saga.Saga{Type: "t", Correlation: "c", Steps: []saga.Step{{ID: "a", Do: saga.Call{Service: "s"}}}}, "steps.0.operation"},
		"the same step": {saga.Saga{Type: "t", Correlation: "c", Steps: []saga.Step{step, step}}, "steps.1.step_id"},
	} {
		if _, err := saga.New(c.s, noon); !errors.Is(err, domain.Invalid) || domain.FaultOf(err).Fields[0].Field != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestASagaComesToItsEnd(t *testing.T) {
	s := made(t, "a", "b")
	if s.Status != saga.Pending || s.Current() != "" || s.Duration(noon) != 0 {
		t.Errorf("new: %+v", s)
	}
	must(t, s.Start(noon, time.Minute))
	if s.Current() != "a" || !s.DeadlineAt.Equal(noon.Add(time.Minute)) {
		t.Errorf("started: %+v", s)
	}
	if err := s.Start(noon, time.Minute); !errors.Is(err, domain.Conflict) {
		t.Error("twice:", err)
	}
	if err := s.Begin("b", noon); !errors.Is(err, domain.Conflict) {
		t.Error("out of order:", err)
	}
	if err := s.Begin("c", noon); !errors.Is(err, domain.NotFound) {
		t.Error("unknown:", err)
	}
	must(t, s.Begin("a", noon))
	if err := s.Compensate("x"); !errors.Is(err, domain.Conflict) || s.Running() != "a" {
		t.Error("while a step runs:", err)
	}
	s.Succeed("a", noon.Add(time.Second))
	revision := s.Revision
	s.Fail("a", "late", noon)
	must(t, s.Begin("a", noon))
	if s.Revision != revision || s.Current() != "b" {
		t.Errorf("noted twice: %+v", s)
	}
	if err := s.Complete(noon); !errors.Is(err, domain.Conflict) {
		t.Error("too early:", err)
	}
	must(t, s.Begin("b", noon))
	s.Succeed("b", noon)
	must(t, s.Complete(noon.Add(5*time.Second)))
	if s.Status != saga.Completed || s.Current() != "" || s.Duration(noon.Add(time.Hour)) != 5*time.Second {
		t.Errorf("completed: %+v", s)
	}
	for _, err := range []error{s.Complete(noon), s.Abort("", noon), s.Compensate("")} {
		if !errors.Is(err, domain.Conflict) {
			t.Error("after the end:", err)
		}
	}
}

func TestWhatCannotBeUndoneIsTold(t *testing.T) {
	s := made(t, "a", "b", "c")
	must(t, s.Start(noon, time.Minute))
	s.Succeed("a", noon)
	s.Succeed("b", noon)
	must(t, s.Compensate("by hand"))
	if s.Settle(noon) {
		t.Error("settled with work left")
	}
	s.Undone("b", "it is locked", noon)
	s.Undone("b", "", noon)
	s.Undone("a", "", noon)
	if !s.Settle(noon.Add(time.Second)) || s.Status != saga.Failed || !s.NeedsHand() {
		t.Fatalf("%+v", s)
	}
	if want := "by hand. What was done by b could not be undone and needs a hand."; s.Error != want {
		t.Errorf("%q", s.Error)
	}
}

func TestAnAbortedSagaIsLeftAsItIs(t *testing.T) {
	s := made(t, "a", "b")
	must(t, s.Start(noon, time.Minute))
	if s.Overdue(noon.Add(time.Minute)) || !s.Overdue(noon.Add(61*time.Second)) {
		t.Error("the deadline")
	}
	must(t, s.Begin("a", noon))
	must(t, s.Abort("enough", noon))
	s.Fail("a", "late", noon)
	if _, more := s.NextUndo(); more || s.Status != saga.Aborted || s.Steps[0].Status != saga.StepFailed || s.Overdue(noon.Add(time.Hour)) {
		t.Errorf("%+v", s)
	}
}

func TestACopyIsItsOwn(t *testing.T) {
	s := made(t, "a")
	s.Metadata, s.Steps[0].Do.Parameters = map[string]any{"k": 1}, map[string]any{"p": 1}
	c := s.Copy()
	c.Metadata["k"], c.Steps[0].Do.Parameters["p"], c.Steps[0].Error = 2, 2, "x"
	if s.Metadata["k"] != 1 || s.Steps[0].Do.Parameters["p"] != 1 || s.Steps[0].Error != "" {
		t.Errorf("%+v", s)
	}
}

// Whatever fails and in whatever order moves come, a saga that fails has undone
// exactly what was done, the last first, once each.
func TestEverySagaThatFailsIsUndoneInReverse(t *testing.T) {
	for seed := range uint64(500) {
		random := rand.New(rand.NewPCG(seed, 1))
		n := 1 + random.IntN(6)
		var ids []string
		for i := range n {
			ids = append(ids, fmt.Sprint(i))
		}
		s := made(t, ids...)
		must(t, s.Start(noon, time.Minute))
		fails := random.IntN(n)
		for i := range fails {
			must(t, s.Begin(ids[i], noon))
			s.Succeed(ids[i], noon)
		}
		must(t, s.Begin(ids[fails], noon))
		s.Fail(ids[fails], "no", noon)
		var undone []string
		for step, more := s.NextUndo(); more; step, more = s.NextUndo() {
			undone = append(undone, step.ID)
			s.Undone(step.ID, []string{"", "no"}[random.IntN(2)], noon)
		}
		if !s.Settle(noon) || len(undone) != fails {
			t.Fatalf("seed %d: %d undone, %d done", seed, len(undone), fails)
		}
		for i, id := range undone {
			if id != ids[fails-1-i] {
				t.Fatalf("seed %d: undone %v", seed, undone)
			}
		}
	}
}
