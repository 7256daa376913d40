package workflows

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/durable"
)

// loopAnswer is the one outcome of a loop: how often it went and what came of it.
const loopAnswer = "~loop"

// loopProgram runs the iterations of a loop, each as a run of its own.
func (s *service) loopProgram(flow durable.Flow, body []byte) ([]byte, error) {
	input, err := decode[loopInput](body)
	if err != nil {
		return nil, err
	}
	it, err := workflow.IterationsOf(input.Config).Unwrap()
	if err != nil {
		return encode(graphOutput{Fault: faultRecord(domain.FaultOf(err))})
	}
	l := &loop{service: s, flow: flow, graph: input.Graph, Iterations: it}
	if it.While != "" {
		err = l.goWhile()
	} else {
		err = l.goOver()
	}
	if stopped(err) {
		return nil, err
	}
	output := graphOutput{Undo: l.undo, Fault: faultRecord(domain.FaultOf(err))}
	if err == nil {
		answer := map[string]any{"iterations": len(l.results), "results": append([]any{}, l.results...)}
		output.Outcomes = []outcome{{ID: loopAnswer, Status: workflow.ActionCompleted, Output: answer}}
	}
	return encode(output)
}

type loop struct {
	service *service
	flow    durable.Flow
	graph   graphInput
	workflow.Iterations

	results []any
	// undo is what the iterations leave to be undone, the last done first.
	undo []undo
}

// goOver goes over the items, Parallel of them at a time: the next is started when
// the oldest has ended, so that the order is the same whenever it is run.
func (l *loop) goOver() error {
	started := make([]durable.Pending, 0, len(l.Items))
	var failed error
	for i := 0; i < len(started) || failed == nil && i < len(l.Items); i++ {
		for failed == nil && len(started) < len(l.Items) && len(started) < i+l.Parallel {
			pending, err := l.start(len(started), l.Items[len(started)])
			if err != nil {
				return err
			}
			started = append(started, pending)
		}
		if err := l.wait(i, started[i]); stopped(err) {
			return err
		} else if err != nil && failed == nil {
			failed = err
		}
	}
	return failed
}

// goWhile goes on as long as the condition holds.
func (l *loop) goWhile() error {
	condition, err := l.service.Compiler.Compile(l.While)
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		holds, err := condition.Holds(l.values(i, nil))
		if err != nil {
			return domain.Rejected.Wrap(err, "The condition of the loop cannot be decided: "+domain.FaultOf(err).Message)
		}
		if !holds {
			return nil
		}
		if i == l.Max {
			return domain.Rejected.New(fmt.Sprintf("The loop reached its bound of %d iterations and its condition still holds.", l.Max))
		}
		pending, err := l.start(i, nil)
		if err != nil {
			return err
		}
		if err := l.wait(i, pending); err != nil {
			return err
		}
	}
}

// values are what iteration i sees.
func (l *loop) values(i int, item any) map[string]any {
	values := maps.Clone(l.graph.Values)
	if values == nil {
		values = make(map[string]any, 3)
	}
	values[workflow.IndexName], values[l.As], values[workflow.LastName] = float64(i), item, nil
	if l.Parallel == 1 && i > 0 {
		values[workflow.LastName] = l.results[i-1]
	}
	return values
}

func (l *loop) start(i int, item any) (durable.Pending, error) {
	graph := l.graph
	graph.Values = l.values(i, item)
	body, err := encode(graph)
	if err != nil {
		return nil, err
	}
	return l.flow.Child(childID(l.flow.Run(), strconv.Itoa(i)), graphProgram, body), nil
}

// wait takes in how iteration i ended.
func (l *loop) wait(i int, pending durable.Pending) error {
	body, err := pending.Wait()
	if err != nil {
		return err
	}
	output, err := decode[graphOutput](body)
	if err != nil {
		return err
	}
	l.undo = append(slices.Clone(output.Undo), l.undo...)
	l.results = append(l.results, answers(output.Outcomes))
	if f := output.Fault.fault(); f != nil {
		return f.Kind.New(fmt.Sprintf("Iteration %d failed. %s", i, f.Message)).WithCode(f.Code)
	}
	return nil
}

// needed are the values that the actions of a loop refer to, so that an iteration
// does not carry all that the run knows.
func (s *service) needed(a workflow.Action, values map[string]any) map[string]any {
	kept := make(map[string]any)
	keep := func(name string) {
		if value, has := values[name]; has {
			kept[name] = value
		}
	}
	condition := func(text string) {
		if compiled, err := s.Compiler.Compile(text); err == nil {
			for _, name := range compiled.Names() {
				keep(name)
			}
		}
	}
	var collect func(a workflow.Action)
	collect = func(a workflow.Action) {
		configs := []any{a.Config}
		if a.Compensation != nil {
			configs = append(configs, a.Compensation.Config)
		}
		for _, r := range workflow.References(configs) {
			keep(r.Root)
		}
		if path, ok := a.Config["input_field"].(string); ok {
			root, _, _ := strings.Cut(path, ".")
			keep(root)
		}
		for _, text := range []any{a.Condition, a.Config["condition"], a.Config["while"]} {
			if text, ok := text.(string); ok && text != "" {
				condition(text)
			}
		}
		for _, inner := range a.Body {
			collect(inner)
		}
	}
	collect(a)
	delete(kept, "results")
	return kept
}
