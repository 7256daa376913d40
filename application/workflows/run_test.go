package workflows_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

func TestRuns(t *testing.T) {
	for name, c := range map[string]struct {
		actions, status, ends, deeds string
	}{
		"a chain with data": {
			`[` + call("a", "/a") + `,{"action_id":"up","name":"up","action_type":"transform_data","depends_on":["a"],"config":{"transformation_type":"uppercase","input_field":"a.endpoint"}},` +
				`{"action_id":"b","name":"b","action_type":"service_call","depends_on":["up"],"config":{"service":"s","endpoint":"{{up.response}}"}}]`,
			"completed", "a completed, up completed, b completed", "/a /a, /A /b",
		},
		"a failure blocks what depends on it": {
			`[` + call("a", "/a") + `,` + call("b", "/fail", `"depends_on":["a"]`) + `,` + call("c", "/c", `"depends_on":["b"]`) + `,` + call("d", "/d", `"depends_on":["a"]`) + `]`,
			"failed", "a completed, b failed, d completed, c skipped", "/a /a, /d /d",
		},
		"what is away is tried again": {
			`[` + call("a", "/flaky", `"retry_count":3,"retry_delay":0.001`) + `]`, "completed", "a completed", "/flaky /a",
		},
		"what is wrong is not": {
			`[` + call("a", "/fail", `"retry_count":3,"retry_delay":0.001`) + `]`, "failed", "a failed", "",
		},
		"a time limit ends an action": {
			`[` + call("a", "/hang", `"timeout_seconds":0.05`) + `,` + call("h", "/handled") + `]`, "failed", "a failed, h completed", "/handled /h",
		},
		"a saga is undone backwards": {
			`[` + call("a", "/a", `"compensation":{"action_type":"service_call","config":{"service":"s","endpoint":"/undo-a"}}`) + `,` +
				call("b", "/b", `"depends_on":["a"],"compensation":{"action_type":"service_call","config":{"service":"s","endpoint":"/undo{{b.endpoint}}"}}`) + `,` +
				call("c", "/fail", `"depends_on":["b"]`) + `]`,
			"failed", "a completed, b completed, c failed", "/a /a, /b /b, /undo/b /~undo//b, /undo-a /~undo//a",
		},
		"a loop goes over a list": {
			`[{"action_id":"l","name":"l","action_type":"loop","config":{"over":["x","y","z"],"parallel":2},"actions":[` + call("i", "/{{item}}{{index}}") + `]},` +
				`{"action_id":"n","name":"n","action_type":"transform_data","depends_on":["l"],"config":{"transformation_type":"template","text":"{{l.iterations}} {{l.results.2.i.endpoint}}"}}]`,
			"completed", "l completed, n completed", "",
		},
		"a loop that fails is undone too": {
			`[{"action_id":"l","name":"l","action_type":"loop","config":{"over":["ok","fail"]},"actions":[` +
				call("i", "/{{item}}", `"compensation":{"action_type":"service_call","config":{"service":"s","endpoint":"/undo-{{item}}"}}`) + `]}]`,
			"failed", "l failed", "/ok /l/0/i, /undo-ok /~undo//l/0/i",
		},
		"a loop goes on while a condition holds": {
			`[{"action_id":"l","name":"l","action_type":"loop","config":{"while":"index < 3","max":10},"actions":[` + call("i", "/w") + `]}]`,
			"completed", "l completed", "/w /l/0/i, /w /l/1/i, /w /l/2/i",
		},
		"a loop ends at its bound": {
			`[{"action_id":"l","name":"l","action_type":"loop","config":{"while":"true","max":2},"actions":[` + call("i", "/w") + `]}]`,
			"failed", "l failed", "/w /l/0/i, /w /l/1/i",
		},
		"times pass": {
			`[{"action_id":"w","name":"w","action_type":"wait","config":{"seconds":0.01}},{"action_id":"u","name":"u","action_type":"wait","config":{"until":"2020-01-01T00:00:00Z"}}]`,
			"completed", "w completed, u completed", "",
		},
		"an event that does not come": {
			`[{"action_id":"w","name":"w","action_type":"wait","config":{"event":"go","timeout_seconds":0.01}}]`, "failed", "w failed", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.keep(t, "w", `[]`, c.actions)
			e := d.ended(t, d.execute(t, "w", nil).ExecutionID)
			if e.Status != c.status || ends(e) != c.ends {
				t.Errorf("%s: %s (%s)", e.Status, ends(e), e.ErrorMessage)
			}
			if deeds := d.world.deeds(e.ExecutionID); c.deeds != "" && deeds != c.deeds {
				t.Errorf("done was %s", deeds)
			}
			if e.Progress.CompletedActions != e.Progress.TotalActions || e.CompletedAt == nil {
				t.Errorf("%+v", e)
			}
		})
	}
}

func TestAWorkflowRunsWithinAnother(t *testing.T) {
	d := newDesk(t)
	d.keep(t, "inner", `[{"name":"what","type":"string"}]`, `[`+call("i", "/{{what}}")+`]`)
	d.keep(t, "outer", `[]`, `[{"action_id":"s","name":"s","action_type":"sub_workflow","config":{"workflow":"inner","parameters":{"what":"page"}}},`+
		call("after", "{{s.i.endpoint}}!", `"depends_on":["s"]`)+`]`)
	e := d.ended(t, d.execute(t, "outer", nil).ExecutionID)
	if e.Status != "completed" || d.world.deeds(e.ExecutionID) != "/page /s/i, /page! /after" {
		t.Errorf("%s %s: %s", e.Status, e.ErrorMessage, d.world.deeds(e.ExecutionID))
	}
	d.keep(t, "endless", `[]`, `[{"action_id":"s","name":"s","action_type":"sub_workflow","config":{"workflow":"endless"}}]`)
	if e := d.ended(t, d.execute(t, "endless", nil).ExecutionID); e.Status != "failed" || !strings.Contains(e.ErrorMessage, "run itself") {
		t.Errorf("%s %s", e.Status, e.ErrorMessage)
	}
}

func TestAnEventIsAwaited(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	d.keep(t, "w", `[]`, `[{"action_id":"w","name":"w","action_type":"wait","config":{"event":"approved"}},`+call("a", "/{{w.by}}", `"depends_on":["w"]`)+`]`)
	id := d.execute(t, "w", nil).ExecutionID
	explained, err := d.menu.ExplainExecution.Execute(ctx, workflows.ExplainExecution{ID: id}).Unwrap()
	if err != nil || !strings.Contains(explained.Explanation, "the event approved") || fmt.Sprint(explained.WaitsFor) != "[w]" {
		t.Errorf("%+v, %v", explained, err)
	}
	signal := workflows.SignalExecution{ID: id, Event: "approved", Payload: map[string]any{"by": "ada"}}
	if _, err := d.menu.SignalExecution.Execute(ctx, signal).Unwrap(); err != nil {
		t.Fatal(err)
	}
	e := d.ended(t, id)
	if e.Status != "completed" || d.world.deeds(id) != "/ada /a" {
		t.Errorf("%s %s: %s", e.Status, e.ErrorMessage, d.world.deeds(id))
	}
	if _, err := d.menu.SignalExecution.Execute(ctx, signal).Unwrap(); !errors.Is(err, domain.Conflict) {
		t.Errorf("a signal to what ended: %v", err)
	}
}

func TestACancelledRunIsUndone(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	undo := `"compensation":{"action_type":"service_call","config":{"service":"s","endpoint":"/undo"}}`
	d.keep(t, "w", `[]`, `[`+call("a", "/a", undo)+`,{"action_id":"l","name":"l","action_type":"loop","depends_on":["a"],"config":{"times":2},"actions":[`+
		call("i", "/i", undo)+`,`+call("h", "/hang", `"depends_on":["i"]`)+`]}]`)
	id := d.execute(t, "w", nil).ExecutionID
	<-d.world.begun
	e, err := d.menu.CancelExecution.Execute(ctx, workflows.CancelExecution{ID: id}).Unwrap()
	if err != nil || e.Status != "cancelled" || ends(e) != "a completed" {
		t.Fatalf("%s, %s, %v", e.Status, ends(e), err)
	}
	if _, err := d.runtime.Wait(ctx, id+"~undo"); err != nil {
		t.Fatal(err)
	}
	if deeds := d.world.deeds(id); deeds != "/a /a, /i /l/0/i, /undo ~undo/~undo//l/0/i, /undo ~undo/~undo//a" {
		t.Errorf("done was %s", deeds)
	}
	if again, err := d.menu.CancelExecution.Execute(ctx, workflows.CancelExecution{ID: id}).Unwrap(); err != nil || again.Status != "cancelled" {
		t.Errorf("cancelled twice: %v", err)
	}
	if _, err := d.menu.RetryExecution.Execute(ctx, workflows.RetryExecution{ID: id}).Unwrap(); !errors.Is(err, domain.Conflict) {
		t.Errorf("a retry of the cancelled: %v", err)
	}
}

func TestAPausedRunGoesOn(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	d.keep(t, "w", `[]`, `[`+call("a", "/a")+`,{"action_id":"w","name":"w","action_type":"wait","depends_on":["a"],"config":{"event":"go"}},`+call("b", "/b", `"depends_on":["w"]`)+`]`)
	id := d.execute(t, "w", nil).ExecutionID
	for e, err := range watch(ctx, t, d, id) {
		if err != nil || e.Action != nil && e.Action.ActionID == "a" {
			break
		}
	}
	e, err := d.menu.PauseExecution.Execute(ctx, workflows.PauseExecution{ID: id}).Unwrap()
	if err != nil || e.Status != "paused" {
		t.Fatalf("%s, %v", e.Status, err)
	}
	if _, err := d.menu.ResumeExecution.Execute(ctx, workflows.ResumeExecution{ID: id}).Unwrap(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.menu.ResumeExecution.Execute(ctx, workflows.ResumeExecution{ID: id}).Unwrap(); !errors.Is(err, domain.Conflict) {
		t.Errorf("resumed twice: %v", err)
	}
	if _, err := d.menu.SignalExecution.Execute(ctx, workflows.SignalExecution{ID: id, Event: "go"}).Unwrap(); err != nil {
		t.Fatal(err)
	}
	if e := d.ended(t, id); e.Status != "completed" || d.world.deeds(id) != "/a /a, /b /b" {
		t.Errorf("%s: %s", e.Status, d.world.deeds(id))
	}
}

func watch(ctx context.Context, t *testing.T, d *desk, id string) func(func(workflows.RunEvent, error) bool) {
	t.Helper()
	events, err := d.menu.WatchExecution.Execute(ctx, workflows.WatchExecution{ID: id}).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	return events
}

func TestARunIsFollowedAndRetried(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	d.keep(t, "w", `[]`, `[`+call("a", "/a")+`,`+call("b", "/fail", `"depends_on":["a"]`)+`]`)
	id := d.execute(t, "w", nil).ExecutionID
	var told []string
	for e, err := range watch(ctx, t, d, id) {
		if err != nil {
			t.Fatal(err)
		}
		told = append(told, e.Sequence+" "+e.EventType)
	}
	if got := strings.Join(told, ", "); got != "1 workflow.started, 2 action.executed, 3 action.executed, 4 workflow.failed" {
		t.Errorf("told was %s", got)
	}
	resumed := usecase.WithMeta(ctx, usecase.Meta{LastEventID: "3"})
	told = nil
	for e := range watch(resumed, t, d, id) {
		told = append(told, e.Sequence)
	}
	if fmt.Sprint(told) != "[4]" {
		t.Errorf("after the third: %v", told)
	}
	again, err := d.menu.RetryExecution.Execute(ctx, workflows.RetryExecution{ID: id}).Unwrap()
	if err != nil || again.RetryOf != id {
		t.Fatalf("%+v, %v", again, err)
	}
	e := d.ended(t, again.ExecutionID)
	if e.Status != "failed" || ends(e) != "a completed, b failed" || strings.Count(d.world.deeds(""), "/a") != 2 {
		t.Errorf("%s %s; %s", e.Status, ends(e), d.world.deeds(""))
	}
}

func TestWhatWasLostIsBegunAndWhatIsOverdueEnds(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	old := time.Now().UTC().Add(-time.Hour).Truncate(time.Microsecond)
	lost := workflow.Execution{
		ID: domain.StoredID[workflow.Execution]("lost"), Status: workflow.Running, Revision: 1, CreatedAt: old, StartedAt: old,
		Definition: workflow.Definition{Name: "w", Actions: []workflow.Action{{ID: "a", Name: "a", Type: workflow.ServiceCall, Config: map[string]any{"endpoint": "/lost"}, Timeout: time.Second}}},
	}
	overdue := lost
	overdue.ID, overdue.Definition.Timeout = domain.StoredID[workflow.Execution]("overdue"), time.Minute
	for _, e := range []workflow.Execution{lost, overdue} {
		if err := d.deps.Executions.Add(ctx, e); err != nil {
			t.Fatal(err)
		}
	}
	if err := newReconciler(d).Reconcile(ctx); err != nil {
		t.Fatal(err)
	}
	if e := d.ended(t, "lost"); e.Status != "completed" {
		t.Errorf("the lost run is %s", e.Status)
	}
	if e := d.get(t, "overdue"); e.Status != "failed" || e.ErrorKind != domain.Timeout.String() {
		t.Errorf("the overdue run is %s %s", e.Status, e.ErrorMessage)
	}
}
