package crash

import "fmt"

// kind is a definition whose runs are told by what they do to the target: the
// steps of does, in any order that the graph allows, and keep or refuse at last. A
// refused run undoes all that it did, the last first.
type kind struct {
	name       string
	parameters []any
	actions    []any
	does       []string
}

// verdicts are the last steps of runs: one that ends well and one that fails.
var verdicts = []string{"keep", "refuse"} // never written

// inner is the workflow that one of the kinds runs within.
var inner = kind{ // never written
	name: "inner", parameters: parameters("target", "label"), actions: []any{step("a", "a"), step("b", "b", "a")},
}

// kinds are the definitions under test; innerID is that of the inner one.
func kinds(innerID string) []kind {
	flow := parameters("target", "label", "last")
	return []kind{
		{"chain", flow, []any{step("a", "a"), step("b", "b", "a"), step("c", "c", "b"), last("c")}, []string{"a", "b", "c"}},
		{"fan", flow, []any{
			step("a", "a"), step("b", "b", "a"), step("c", "c", "a"), step("d", "d", "a"),
			action("w", "wait", map[string]any{"seconds": 0.02}, "b", "c", "d"), last("w"),
		}, []string{"a", "b", "c", "d"}},
		{"loop", flow, []any{
			with(action("l", "loop", map[string]any{"times": 4, "parallel": 2}), "actions", []any{step("i", "i{{index}}")}), last("l"),
		}, []string{"i0", "i1", "i2", "i3"}},
		{"nested", flow, []any{
			step("c", "c"),
			action("s", "sub_workflow", map[string]any{"workflow": innerID, "parameters": map[string]any{"target": "{{target}}", "label": "{{label}}"}}, "c"),
			last("s"),
		}, []string{"c", "a", "b"}},
	}
}

func parameters(names ...string) []any {
	all := make([]any, len(names))
	for i, name := range names {
		all[i] = map[string]any{"name": name, "type": "string"}
	}
	return all
}

func action(id, kind string, config map[string]any, dependsOn ...string) map[string]any {
	return map[string]any{"action_id": id, "name": id, "action_type": kind, "config": config, "depends_on": append([]string{}, dependsOn...)}
}

func with(action map[string]any, name string, value any) map[string]any {
	action[name] = value
	return action
}

// step calls the target, and has what it did undone by what it answered.
func step(id, does string, dependsOn ...string) map[string]any {
	undo := map[string]any{"action_type": "external_api_call", "config": request(fmt.Sprintf("undo-{{%s.body.step}}", id))}
	return with(action(id, "external_api_call", request(does), dependsOn...), "compensation", undo)
}

// last is the step that the parameter of the run chooses.
func last(dependsOn ...string) map[string]any {
	return action("z", "external_api_call", request("{{last}}"), dependsOn...)
}

func request(does string) map[string]any {
	return map[string]any{"url": "{{target}}/{{label}}/" + does, "method": "POST", "body": map[string]any{"does": does}}
}
