package workflows_test

import (
	"testing"

	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

func TestOneKeyBeginsOneRun(t *testing.T) {
	d := newDesk(t)
	w := d.keep(t, "docs", `[]`, `[`+call("a", "/x")+`]`)
	begin := func(user, key string) string {
		t.Helper()
		ctx := usecase.WithMeta(t.Context(), usecase.Meta{IdempotencyKey: key, Caller: usecase.Caller{User: user}})
		e, err := d.menu.ExecuteWorkflow.Execute(ctx, workflows.ExecuteWorkflow{WorkflowID: w.WorkflowID}).Unwrap()
		if err != nil {
			t.Fatal(err)
		}
		return e.ExecutionID
	}
	first := begin("ada", "k")
	if again := begin("ada", "k"); again != first {
		t.Errorf("the key began %s and %s", first, again)
	}
	if e := d.ended(t, first); ends(e) != "a completed" {
		t.Errorf("got %s", ends(e))
	}
	if again := begin("ada", "k"); again != first {
		t.Errorf("after its end the key began %s", again)
	}
	for _, other := range [][2]string{{"ada", "l"}, {"bob", "k"}, {"ada", ""}, {"ada", ""}} {
		id := begin(other[0], other[1])
		if id == first {
			t.Errorf("%v began the same run", other)
		}
		first = id
	}
}
