package workflow_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
)

// equals is a compiler of the one expression that these tests need: "a.b == text",
// or "bad" which is none.
type equals struct{}

type equality struct {
	path []string
	want string
}

func (equals) Compile(text string) (workflow.Condition, error) {
	left, right, ok := strings.Cut(text, " == ")
	if !ok {
		return nil, domain.Invalid.New("no expression")
	}
	return equality{strings.Split(left, "."), right}, nil
}

func (e equality) Names() []string { return e.path[:1] }

func (e equality) Holds(values map[string]any) (bool, error) {
	value := any(values)
	for _, part := range e.path {
		object, ok := value.(map[string]any)
		if !ok {
			return false, domain.Rejected.New("no " + part)
		}
		value = object[part]
	}
	return fmt.Sprint(value) == e.want, nil
}

// act returns an action that waits for others.
func act(id, kind string, after ...string) workflow.Action {
	return workflow.Action{ID: id, Type: kind, Name: id, DependsOn: after, Timeout: time.Second, Config: map[string]any{}}
}

// call returns a service call.
func call(id string, after ...string) workflow.Action {
	a := act(id, workflow.ServiceCall, after...)
	a.Config = map[string]any{"service": "doc_store", "endpoint": "/x"}
	return a
}

func with(a workflow.Action, change func(*workflow.Action)) workflow.Action {
	change(&a)
	return a
}

func TestEveryFaultIsListed(t *testing.T) {
	d := workflow.Definition{
		Name: " ",
		Parameters: []workflow.Parameter{
			{Name: "a", Type: "string"}, {Name: "a", Type: "text"}, {Name: "", Type: "integer", Default: "x"},
			{Name: "b", Type: "integer", Default: 1.5}, {Name: "c", Type: "string", Rules: map[string]any{"pattern": "("}}, {Name: "run", Type: "string"},
		},
		Actions: []workflow.Action{
			act("", "unknown"),
			with(act("x", workflow.ServiceCall, "nobody"), func(a *workflow.Action) { a.Retries, a.Timeout = -1, 0 }),
			call("x"),
			with(call("y", "x"), func(a *workflow.Action) {
				a.Config["body"] = "{{nothing.there}} {{late.response}} {{x.response}} {{a}} {{run.id}}"
				a.Condition, a.OnError = "bad", "nowhere"
			}),
			call("late", "y"),
			act("a", workflow.Wait),
			act("bare", workflow.ConditionalBranch),
			with(act("l", workflow.Loop), func(a *workflow.Action) { a.Config = map[string]any{"while": "a == 1"} }),
			with(act("t", workflow.TransformData), func(a *workflow.Action) { a.Config = map[string]any{"transformation_type": "magic"} }),
			with(call("z"), func(a *workflow.Action) { a.Compensation = &workflow.Compensation{Type: workflow.Loop} }),
		},
	}
	got := make(map[string]string)
	for _, f := range d.Check(equals{}) {
		got[f.Field+" "+f.Rule] += f.Message + "; "
	}
	for _, want := range []string{
		"name required", "parameters[1].name unique", "parameters[1].type enum", "parameters[2].name required", "parameters[2].default_value default",
		"parameters[3].default_value default", "parameters[4].validation_rules rules", "parameters[5].name reserved",
		"actions[0].action_id required", "actions[0].name required", "actions[0].action_type enum", "actions[1].config.service required", "actions[1].config.endpoint required",
		"actions[1].depends_on reference", "actions[1].retry_count range", "actions[1].timeout_seconds range", "actions[2].action_id unique",
		"actions[3].config reference", "actions[3].condition expression", "actions[3].on_error reference", "actions[5].action_id unique",
		"actions[5].config wait", "actions[6].config.condition required", "actions[6].config branch", "actions[7].actions required",
		"actions[7].config.max required", "actions[8].config transformation", "actions[9].compensation.action_type enum",
	} {
		if got[want] == "" {
			t.Errorf("%s is not told; told are %v", want, got)
		}
		delete(got, want)
	}
	if len(got) > 0 {
		t.Errorf("told without need: %v", got)
	}
}

func TestMessagesHoldTheWordsThatPeopleLookFor(t *testing.T) {
	for word, actions := range map[string][]workflow.Action{
		"circular":            {call("a", "b"), call("b", "a")},
		"dependency":          {call("a", "gone")},
		"duplicate action_id": {call("a"), call("a")},
	} {
		var told strings.Builder
		for _, f := range (workflow.Definition{Name: "n", Actions: actions}).Check(equals{}) {
			told.WriteString(f.Message + "\n")
		}
		if !strings.Contains(told.String(), word) {
			t.Errorf("no %q in %q", word, told.String())
		}
	}
}

func TestAGoodDefinitionHasNoFault(t *testing.T) {
	inner := call("store")
	inner.Config["body"] = map[string]any{"doc": "{{doc.id}}", "n": "{{index}}", "all": "{{fetch.response.items.0}}", "q": "{{q}}"}
	d := workflow.Definition{Name: "good", Parameters: []workflow.Parameter{{Name: "q", Type: "string", Required: true}}, Actions: []workflow.Action{
		call("fetch"),
		with(act("each", workflow.Loop, "fetch"), func(a *workflow.Action) {
			a.Config = map[string]any{"over": "{{fetch.response.items}}", "as": "doc", "parallel": 4.0}
			a.Body = []workflow.Action{inner}
		}),
		with(act("way", workflow.ConditionalBranch, "each"), func(a *workflow.Action) {
			a.Config = map[string]any{"condition": "fetch.status == completed", "then": []any{"yes"}, "else": "no"}
		}),
		call("yes"), call("no"),
		with(act("sleep", workflow.Wait), func(a *workflow.Action) { a.Config = map[string]any{"seconds": 5.0} }),
		with(act("sub", workflow.SubWorkflow), func(a *workflow.Action) { a.Config = map[string]any{"workflow": "other"} }),
		with(call("pay", "fetch"), func(a *workflow.Action) {
			a.OnError = "sorry"
			a.Compensation = &workflow.Compensation{Type: workflow.ServiceCall, Config: map[string]any{"service": "s", "endpoint": "/{{pay.response.id}}"}}
		}),
		with(call("sorry"), func(a *workflow.Action) { a.Config["why"] = "{{pay.error}}" }),
	}}
	for _, f := range d.Check(equals{}) {
		t.Errorf("%+v", f)
	}
	if plan := fmt.Sprint(d.Plan()); plan != "[[fetch sleep sub] [each pay] [way sorry] [yes no]]" {
		t.Errorf("the plan is %s", plan)
	}
	if services := d.RequiredServices(); fmt.Sprint(services) != "[doc_store]" {
		t.Errorf("services %v", services)
	}
	renamed := d
	renamed.Name = "other"
	changed := d
	changed.Actions = d.Actions[1:]
	if d.Hash() != renamed.Hash() || d.Hash() == changed.Hash() || len(d.Hash()) != 64 {
		t.Error("the hash does not tell what a run does")
	}
}

func TestStatusesOfAWorkflow(t *testing.T) {
	w := workflow.Workflow{Status: workflow.Draft}
	if err := w.Turn(workflow.Active); !errors.Is(err, domain.Rejected) {
		t.Errorf("without actions: %v", err)
	}
	w.Definition.Actions = []workflow.Action{call("a")}
	for _, step := range []struct {
		to   workflow.Status
		want error
	}{
		{workflow.Inactive, domain.Conflict}, {workflow.Active, nil}, {workflow.Draft, domain.Conflict}, {workflow.Active, nil},
		{workflow.Deprecated, nil}, {workflow.Active, nil}, {workflow.Inactive, nil}, {workflow.Archived, nil}, {workflow.Archived, nil}, {workflow.Active, domain.Conflict},
	} {
		if err := w.Turn(step.to); !errors.Is(err, step.want) {
			t.Errorf("to %s: %v", step.to, err)
		}
	}
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	w.Changed(at)
	w.Definition.Description = "other words"
	w.Changed(at)
	w.Definition.Actions = append(w.Definition.Actions, call("b"))
	w.Changed(at)
	if w.Version != 2 || w.Revision != 3 || w.UpdatedAt != at {
		t.Errorf("%+v", w)
	}
	w.Tags, w.Definition.Name = []string{""}, ""
	if err := w.Accept(equals{}); !errors.Is(err, domain.Rejected) || len(domain.FaultOf(err).Fields) != 3 {
		t.Errorf("accepted: %v", err)
	}
}
