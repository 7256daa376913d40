package workflow_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
)

// through runs actions whose ids that begin with "bad" fail, and returns how each
// ended, in order.
func through(t *testing.T, values map[string]any, actions ...workflow.Action) (*workflow.Progress, string) {
	t.Helper()
	p, err := workflow.Begin(actions, values, equals{}).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	for range len(actions) + 1 {
		ready := p.Next()
		for _, r := range ready {
			if strings.HasPrefix(r.ID, "bad") {
				p.Record(r.ID, workflow.FailedWith(domain.Upstream.New("broken")))
				continue
			}
			p.Record(r.ID, workflow.Completed(map[string]any{"id": r.ID, "config": r.Filled}))
		}
	}
	var all []string
	for _, o := range p.Outcomes() {
		all = append(all, o.ID+" "+string(o.Status))
	}
	return p, strings.Join(all, ", ")
}

func TestRunsOfKnownOutcome(t *testing.T) {
	condition := func(a workflow.Action, text string) workflow.Action {
		a.Condition = text
		return a
	}
	branch := with(act("way", workflow.ConditionalBranch), func(a *workflow.Action) {
		a.Config = map[string]any{"condition": "flag == yes", "then": "left", "else": []any{"right"}}
	})
	for name, c := range map[string]struct {
		actions []workflow.Action
		want    string
		fault   string
	}{
		"a failure blocks what depends on it": {
			[]workflow.Action{call("a"), call("bad", "a"), call("c", "bad"), call("d", "a")},
			"a completed, bad failed, d completed, c skipped", "Actions failed: bad"},
		"a skip blocks and is no failure": {
			[]workflow.Action{condition(call("a"), "flag == no"), call("b", "a")}, "a skipped, b skipped", ""},
		"a condition that cannot be decided fails": {
			[]workflow.Action{condition(call("a"), "none.field == 1")}, "a failed", "Actions failed: a"},
		"what fails may be passed over": {
			[]workflow.Action{with(call("bad"), func(a *workflow.Action) { a.ContinueOnError = true }), call("b", "bad")},
			"bad failed, b completed", ""},
		"a handler runs when it is needed": {
			[]workflow.Action{with(call("bad"), func(a *workflow.Action) { a.OnError = "h" }), call("h"), call("after", "bad")},
			"bad failed, after skipped, h completed", ""},
		"a handler does not run without need": {
			[]workflow.Action{with(call("a"), func(a *workflow.Action) { a.OnError = "h" }), call("h"), call("more", "h")},
			"a completed, h skipped, more skipped", ""},
		"a handler that fails handles nothing": {
			[]workflow.Action{with(call("bad"), func(a *workflow.Action) { a.OnError = "bad2" }), call("bad2")},
			"bad failed, bad2 failed", "Actions failed: bad, bad2"},
		"a branch takes one way": {
			[]workflow.Action{branch, call("left"), call("right"), call("end", "right")},
			"way completed, right skipped, end skipped, left completed", ""},
		"a reference to nothing fails": {
			[]workflow.Action{call("a"), with(call("b", "a"), func(a *workflow.Action) { a.Config["x"] = "{{a.response.gone}}" })},
			"a completed, b failed", "Actions failed: b"},
	} {
		t.Run(name, func(t *testing.T) {
			p, got := through(t, map[string]any{"flag": "yes", "none": nil}, c.actions...)
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			fault := p.Fault()
			if (fault == nil) != (c.fault == "") || fault != nil && !strings.HasPrefix(fault.Message, c.fault) {
				t.Errorf("the fault is %v", fault)
			}
			if done, all := p.Counts(); done != all {
				t.Errorf("%d of %d are through", done, all)
			}
		})
	}
}

func TestReferencesKeepTheirTypes(t *testing.T) {
	values := map[string]any{"n": 3.0, "text": "a", "none": nil, "doc": map[string]any{"tags": []any{"x", "y"}, "<": true}}
	filled, err := workflow.Fill(map[string]any{
		"whole": "{{ doc }}", "n": "{{n}}", "mixed": "{{text}}-{{n}}-{{doc.tags}}-{{none}}", "second": "{{doc.tags.1}}", "list": []any{"{{none}}", 7.0},
		"object": "{{doc}}!",
	}, values)
	if err != nil {
		t.Fatal(err)
	}
	want := `map[list:[<nil> 7] mixed:a-3-["x","y"]- n:3 object:{"<":true,"tags":["x","y"]}! second:y whole:map[<:true tags:[x y]]]`
	if got := fmt.Sprint(filled); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	_, err = workflow.Fill([]any{"{{gone}}", "{{doc.tags.9}} {{n.x}} {{gone}}"}, values)
	if !errors.Is(err, domain.Rejected) || !strings.Contains(err.Error(), "{{gone}}, {{doc.tags.9}}, {{n.x}} leads to nothing") {
		t.Errorf("got %v", err)
	}
}

func TestWhatIsUndoneIsUndoneBackwards(t *testing.T) {
	pay := func(id string, after ...string) workflow.Action {
		return with(call(id, after...), func(a *workflow.Action) {
			a.Compensation = &workflow.Compensation{Type: workflow.ServiceCall, Config: map[string]any{"undo": "{{" + id + ".response.id}}"}}
		})
	}
	p, _ := through(t, nil, pay("one"), pay("two", "one"), pay("bad", "two"), call("last", "one"))
	var order []string
	for _, u := range p.Undo() {
		order = append(order, fmt.Sprint(u.Filled["undo"]))
	}
	if !slices.Equal(order, []string{"two", "one"}) {
		t.Errorf("undone are %v", order)
	}
}

func TestARetryTakesOverWhatStands(t *testing.T) {
	d := workflow.Definition{Actions: []workflow.Action{
		call("a"), with(call("bad", "a"), func(a *workflow.Action) { a.ContinueOnError = true }), call("c", "bad"), call("d", "a"), call("bad2", "d"),
	}}
	p, _ := through(t, nil, d.Actions...)
	var kept []string
	for _, o := range d.TakeOver(p.Outcomes()) {
		kept = append(kept, o.ID)
	}
	if !slices.Equal(kept, []string{"a", "d"}) {
		t.Errorf("taken over are %v", kept)
	}
	d.Actions[0].Compensation = &workflow.Compensation{Type: workflow.Notification}
	if kept := d.TakeOver(p.Outcomes()); kept != nil {
		t.Errorf("what was undone is taken over: %v", kept)
	}
}

func TestAnExecutionMovesForwards(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	e := workflow.Execution{Status: workflow.Pending}
	steps := []struct {
		do   func() error
		want error
	}{
		{e.Resume, domain.Conflict}, {func() error { return e.Start(at) }, nil}, {func() error { return e.Start(at) }, domain.Conflict},
		{e.Pause, nil}, {e.Resume, nil}, {func() error { return e.End(at.Add(time.Second), nil, nil) }, nil},
		{func() error { return e.Cancel(at) }, domain.Conflict}, {e.Pause, domain.Conflict}, {func() error { return e.End(at, nil, nil) }, domain.Conflict},
	}
	for i, s := range steps {
		if err := s.do(); !errors.Is(err, s.want) {
			t.Errorf("step %d: %v", i, err)
		}
	}
	if e.Duration() != time.Second || e.Status != workflow.Done {
		t.Errorf("%+v", e)
	}
	c := workflow.Execution{Status: workflow.Running}
	if c.Cancel(at) != nil || c.Cancel(at) != nil || c.Status != workflow.Cancelled {
		t.Error("cancelling twice is harmless")
	}
}

func TestExplanations(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	ready := []workflow.Ready{
		{Action: call("fetch"), Filled: map[string]any{"service": "doc_store", "endpoint": "/documents"}},
		{Action: act("pause", workflow.Wait), Filled: map[string]any{"event": "approved", "timeout_seconds": 60.0}},
		{Action: act("nap", workflow.Wait), Filled: map[string]any{"seconds": 30.0}},
	}
	got := workflow.Explain(workflow.Execution{Status: workflow.Running}, ready, at, at.Add(5*time.Second))
	want := "The run waits for fetch (a call of doc_store /documents), for 5s now, and for pause (the event approved, until 2026-01-02T03:05:05Z), and for nap (until 2026-01-02T03:04:35Z)."
	if got != want {
		t.Errorf("got %s", got)
	}
	for _, status := range workflow.ExecutionStatuses() {
		e := workflow.Execution{Status: status, Fault: domain.FaultOf(domain.Upstream.New("It broke."))}
		if text := workflow.Explain(e, nil, at, at); !strings.HasSuffix(text, ".") || strings.Count(text, "\n") > 0 {
			t.Errorf("%s: %q", status, text)
		}
	}
}

func FuzzFill(f *testing.F) {
	f.Add("{{a}}", "{{a.b.0}} {{ x }}")
	f.Add("{{{a}}}", "}} {{ {{a}}")
	values := map[string]any{"a": map[string]any{"b": []any{1.0, "{{a}}"}}, "x": nil}
	f.Fuzz(func(t *testing.T, one, other string) {
		value := map[string]any{one: []any{other, one}}
		unknown := slices.ContainsFunc(workflow.References(value), func(r workflow.Reference) bool { _, has := values[r.Root]; return !has })
		filled, err := workflow.Fill(value, values)
		if unknown && err == nil {
			t.Fatalf("%q, %q: filled with %v", one, other, filled)
		}
		if err != nil && !errors.Is(err, domain.Rejected) {
			t.Fatal(err)
		}
	})
}

func BenchmarkProgressOfAChain(b *testing.B) {
	actions := make([]workflow.Action, 400)
	for i := range actions {
		actions[i] = call(fmt.Sprint("a", i))
		if i > 0 {
			actions[i].DependsOn = []string{fmt.Sprint("a", i-1)}
		}
	}
	for b.Loop() {
		p, _ := workflow.Begin(actions, nil, equals{}).Unwrap()
		for ready := p.Next(); len(ready) > 0; ready = p.Next() {
			p.Record(ready[0].ID, workflow.Completed(nil))
		}
	}
}
