package workflows_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	durabledbos "github.com/docsteward/docsteward/adapters/durable/dbos"
	durablemem "github.com/docsteward/docsteward/adapters/durable/memory"
	durabletemporal "github.com/docsteward/docsteward/adapters/durable/temporal"
	"github.com/docsteward/docsteward/adapters/durable/temporal/temporaltest"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/workflows"
)

// runtimes are those that an adapter exists for.
var runtimes = []struct { // never written
	name string
	open func(t *testing.T, registry durable.Registry) runtime
}{
	{"memory", func(_ *testing.T, registry durable.Registry) runtime {
		return durablemem.New(systemclock.Clock{}, registry)
	}},
	{"dbos on sqlite", func(t *testing.T, registry durable.Registry) runtime {
		return openDBOS(t, durabledbos.Config{SQLite: filepath.Join(t.TempDir(), "runs.db")}, registry)
	}},
	{"dbos on postgres", func(t *testing.T, registry durable.Registry) runtime {
		dsn, schema := sqltest.PostgresSchema(t)
		return openDBOS(t, durabledbos.Config{Postgres: dsn, Schema: schema, Executor: "one"}, registry)
	}},
	{"temporal", func(t *testing.T, registry durable.Registry) runtime {
		r, err := durabletemporal.Open(context.Background(), durabletemporal.Config{
			Address: temporaltest.Server(t), Group: "same-" + rand.Text(), Clock: systemclock.Clock{}}, registry)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = r.Close() })
		return r
	}},
}

func openDBOS(t *testing.T, config durabledbos.Config, registry durable.Registry) runtime {
	t.Helper()
	config.Clock = systemclock.Clock{}
	r, err := durabledbos.Open(context.Background(), config, registry)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// flows are definitions of all shapes. Each run gets the event go, which one awaits.
func flows() map[string]string {
	undo := func(of string) string {
		return `"compensation":{"action_type":"service_call","config":{"service":"s","endpoint":"/undo{{` + of + `.endpoint}}"}}`
	}
	wait := func(config string) string {
		return `{"action_id":"w","name":"w","action_type":"wait","config":` + config + `}`
	}
	return map[string]string{
		"chain":   call("a", "/a") + `,` + call("b", "/b{{a.endpoint}}", `"depends_on":["a"]`) + `,` + call("c", "{{b.response.endpoint}}/{{word}}", `"depends_on":["b"]`),
		"failure": call("a", "/a") + `,` + call("b", "/fail", `"depends_on":["a"]`) + `,` + call("c", "/c", `"depends_on":["b"]`) + `,` + call("d", "/d", `"depends_on":["a"]`),
		"handler": call("a", "/fail", `"on_error":"h"`) + `,` + call("h", "/handled") + `,` + call("z", "/z", `"depends_on":["h"]`),
		"goes on": call("a", "/fail", `"continue_on_error":true`) + `,` + call("b", "/b", `"depends_on":["a"]`),
		"retry":   call("a", "/flaky", `"retry_count":3,"retry_delay":0.001`),
		"branch": call("a", "/a") + `,{"action_id":"br","name":"br","action_type":"conditional_branch","depends_on":["a"],"config":{"condition":"a.score > 0.4","then":["y"],"else":["n"]}},` +
			call("y", "/yes", `"depends_on":["br"]`) + `,` + call("n", "/no", `"depends_on":["br"]`),
		"loop": `{"action_id":"l","name":"l","action_type":"loop","config":{"while":"index < 3","max":9},"actions":[` + call("i", "/{{index}}") + `]},` +
			call("z", "/{{l.iterations}}", `"depends_on":["l"]`),
		"parallel map": `{"action_id":"l","name":"l","action_type":"loop","config":{"over":["x","y","z","{{word}}"],"parallel":3},"actions":[` +
			call("i", "/{{item}}{{index}}") + `,` + call("j", "{{i.endpoint}}!", `"depends_on":["i"]`) + `]}`,
		"map that fails": `{"action_id":"l","name":"l","action_type":"loop","config":{"over":["x","fail","z"]},"actions":[` + call("i", "/{{item}}", undo("i")) + `]}`,
		"saga": call("a", "/a", undo("a")) + `,` + call("b", "/b", `"depends_on":["a"]`, undo("b")) + `,` +
			call("c", "/c", `"depends_on":["a"]`, undo("c")) + `,` + call("z", "/fail", `"depends_on":["b","c"]`),
		"sub-workflow":            `{"action_id":"s","name":"s","action_type":"sub_workflow","config":{"workflow":"inner","parameters":{"what":"{{word}}"}}},` + call("z", "{{s.i.endpoint}}!", `"depends_on":["s"]`),
		"sub-workflow that fails": `{"action_id":"s","name":"s","action_type":"sub_workflow","config":{"workflow":"inner","parameters":{"what":"fail"}}}`,
		"waits for a time":        wait(`{"seconds":0.02}`) + `,` + call("z", "/z", `"depends_on":["w"]`),
		"waits for an event":      wait(`{"event":"go"}`) + `,` + call("z", "/{{w.by}}", `"depends_on":["w"]`),
		"waits in vain":           wait(`{"event":"never","timeout_seconds":0.02}`) + `,` + call("z", "/z", `"depends_on":["w"]`),
	}
}

// TestTheSameIsRecordedOnEveryRuntime runs the same definitions with the same inputs
// on every runtime: what is recorded, and what was done with which keys, is the same.
func TestTheSameIsRecordedOnEveryRuntime(t *testing.T) {
	first := make(map[string]string)
	for _, on := range runtimes {
		t.Run(on.name, func(t *testing.T) {
			d := newDeskOn(t, on.open)
			d.keep(t, "inner", `[{"name":"what","type":"string"}]`, `[`+call("i", "/{{what}}")+`]`)
			for name, actions := range flows() {
				got := d.outcome(t, name, actions)
				want, known := first[name]
				if !known {
					first[name] = got
				} else if got != want {
					t.Errorf("%s is recorded as\n%s\non the first runtime it is\n%s", name, got, want)
				}
			}
		})
	}
	if len(first) < 10 {
		t.Errorf("only %d definitions were run", len(first))
	}
}

// outcome runs a definition and returns what is recorded of the run and what it did,
// without what differs from run to run.
func (d *desk) outcome(t *testing.T, name, actions string) string {
	t.Helper()
	d.keep(t, name, `[{"name":"word","type":"string"}]`, `[`+actions+`]`)
	id := d.execute(t, name, map[string]any{"word": "wörd"}).ExecutionID
	if strings.Contains(actions, `"event":"go"`) {
		signal := workflows.SignalExecution{ID: id, Event: "go", Payload: map[string]any{"by": "ada"}}
		if _, err := d.menu.SignalExecution.Execute(context.Background(), signal).Unwrap(); err != nil {
			t.Fatal(err)
		}
	}
	e := d.ended(t, id)
	for i := range e.Results {
		e.Results[i].StartedAt, e.Results[i].CompletedAt = nil, nil
	}
	text, err := json.Marshal(e.Results)
	if err != nil {
		t.Fatal(err)
	}
	var deeds, undone []string
	d.world.mu.Lock()
	for _, deed := range d.world.did {
		switch {
		case strings.HasPrefix(deed, "/undo") && strings.Contains(deed, id):
			undone = append(undone, strings.ReplaceAll(deed, id, ""))
		case strings.Contains(deed, id):
			deeds = append(deeds, strings.ReplaceAll(deed, id, ""))
		}
	}
	d.world.mu.Unlock()
	slices.Sort(deeds) // branches do theirs in any order
	return e.Status + " " + e.ErrorKind + " " + e.ErrorMessage + "\n" + string(text) + "\n" + strings.Join(append(deeds, undone...), ", ")
}
