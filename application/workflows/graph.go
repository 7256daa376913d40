package workflows

import (
	"errors"
	"slices"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/durable"
)

// walk is a run through a graph of actions, on a flow that does them or on one that
// only knows what was recorded.
type walk struct {
	service  *service
	flow     durable.Flow
	input    graphInput
	progress *workflow.Progress
	// ready are the actions of the wave that have no outcome yet.
	ready []workflow.Ready
	// within is what is to be undone of the runs within this one, by action.
	within map[string][]undo
}

// throughGraph runs the actions to the end. Its error is ErrStopped, or one that no
// action is to blame for.
func (s *service) throughGraph(flow durable.Flow, input graphInput) (graphOutput, error) {
	w, err := s.newWalk(flow, input)
	if err != nil {
		return graphOutput{Fault: faultRecord(domain.FaultOf(err))}, nil
	}
	if err := w.through(); err != nil {
		return graphOutput{}, err
	}
	return w.output(), nil
}

func (s *service) newWalk(flow durable.Flow, input graphInput) (*walk, error) {
	progress, err := workflow.Begin(actionsOf(input.Actions), input.Values, s.Compiler).Unwrap()
	if err != nil {
		return nil, err
	}
	for _, n := range namedOf(input.Done) {
		progress.Record(n.ID, n.Outcome)
	}
	return &walk{service: s, flow: flow, input: input, progress: progress, within: make(map[string][]undo)}, nil
}

// through goes wave by wave: the actions of a wave are started in the order of the
// definition, and awaited in it.
func (w *walk) through() error {
	for {
		w.ready = w.progress.Next()
		if len(w.ready) == 0 {
			return nil
		}
		waits := make([]func() (workflow.Outcome, error), len(w.ready))
		for i, r := range w.ready {
			waits[i] = w.start(r)
		}
		var stop error
		var left []workflow.Ready
		for i, r := range w.ready {
			outcome, err := waits[i]()
			if err != nil {
				stop, left = err, append(left, r)
				continue
			}
			w.progress.Record(r.ID, outcome)
		}
		if stop != nil {
			w.ready = left
			return stop
		}
	}
}

// start begins an action; what it returns waits for the outcome, and fails only
// with ErrStopped.
func (w *walk) start(r workflow.Ready) func() (workflow.Outcome, error) {
	switch r.Type {
	case workflow.Wait:
		return w.startWait(r)
	case workflow.Loop:
		graph := graphInput{Actions: actionViews(r.Body), Values: w.service.needed(r.Action, w.progress.Values()), User: w.input.User, Correlation: w.input.Correlation, Depth: w.input.Depth}
		return w.child(r, loopProgram, loopInput{Config: r.Filled, Graph: graph})
	case workflow.SubWorkflow:
		name, parameters := workflow.SubOf(r.Filled)
		return w.child(r, subProgram, subInput{Workflow: name, Parameters: parameters, User: w.input.User, Correlation: w.input.Correlation, Depth: w.input.Depth + 1})
	}
	body, err := encode(task{Type: r.Type, Config: r.Filled, User: w.input.User, Correlation: w.input.Correlation})
	if err != nil {
		return at(workflow.FailedWith(err))
	}
	pending := w.flow.Go(durable.Task{
		Step: r.Type, Name: r.ID, Input: body, Timeout: r.Timeout, Retry: durable.Retry{Attempts: r.Retries + 1, Delay: r.RetryDelay},
	})
	return func() (workflow.Outcome, error) {
		body, err := pending.Wait()
		return settle[any](body, err)
	}
}

// settle makes an outcome of what a step answered.
func settle[T any](body []byte, err error) (workflow.Outcome, error) {
	if stopped(err) {
		return workflow.Outcome{}, err
	}
	if err != nil {
		return workflow.FailedWith(err), nil
	}
	output, err := decode[T](body)
	if err != nil {
		return workflow.FailedWith(err), nil
	}
	return workflow.Completed(output), nil
}

func at(o workflow.Outcome) func() (workflow.Outcome, error) {
	return func() (workflow.Outcome, error) { return o, nil }
}

func stopped(err error) bool { return errors.Is(err, durable.ErrStopped) }

// child runs a program within this run, whose output is that of a graph.
func (w *walk) child(r workflow.Ready, program string, input any) func() (workflow.Outcome, error) {
	body, err := encode(input)
	if err != nil {
		return at(workflow.FailedWith(err))
	}
	pending := w.flow.Child(childID(w.flow.Run(), r.ID), program, body)
	return func() (workflow.Outcome, error) {
		body, err := pending.Wait()
		if err != nil || program == timerProgram {
			return settle[any](body, err)
		}
		output, err := decode[graphOutput](body)
		if err != nil {
			return workflow.FailedWith(err), nil
		}
		w.within[r.ID] = output.Undo
		if output.Fault != nil {
			return workflow.FailedWith(output.Fault.fault()), nil
		}
		return workflow.Completed(answers(output.Outcomes)), nil
	}
}

// answers are what a run within this one answered: of a loop its one outcome, else
// the answers of its actions by id.
func answers(outcomes []outcome) any {
	if len(outcomes) == 1 && outcomes[0].ID == loopAnswer {
		return outcomes[0].Output
	}
	all := make(map[string]any, len(outcomes))
	for _, o := range outcomes {
		if o.Status == workflow.ActionCompleted {
			all[o.ID] = o.Output
		}
	}
	return all
}

// startWait begins to wait. Events are awaited in this run, since signals come to
// it; times in one of their own, so that several pass at once.
func (w *walk) startWait(r workflow.Ready) func() (workflow.Outcome, error) {
	waiting, err := workflow.WaitingOf(r.Filled).Unwrap()
	if err != nil {
		return at(workflow.FailedWith(err))
	}
	if waiting.Event == "" {
		input := timerInput{Seconds: waiting.For.Seconds()}
		if !waiting.Until.IsZero() {
			input = timerInput{Until: waiting.Until.Format(time.RFC3339)}
		}
		return w.child(r, timerProgram, input)
	}
	return func() (workflow.Outcome, error) {
		payload, came, err := w.flow.Receive(waiting.Event, waiting.Timeout)
		if err != nil {
			return settle[any](nil, err)
		}
		body, err := encode(map[string]any{"came": came, "payload": string(payload)})
		if err != nil {
			return workflow.FailedWith(err), nil
		}
		body, err = w.flow.Go(durable.Task{Step: noteStep, Name: r.ID, Input: body}).Wait()
		if err != nil {
			return settle[any](nil, err)
		}
		return received(waiting.Event, body)
	}
}

// received makes an outcome of the note of an event.
func received(event string, body []byte) (workflow.Outcome, error) {
	noted, err := decode[struct {
		Came    bool   `json:"came"`
		Payload string `json:"payload"`
	}](body)
	if err != nil {
		return workflow.FailedWith(err), nil
	}
	if !noted.Came {
		return workflow.FailedWith(domain.Timeout.New("The event " + event + " did not come in time.")), nil
	}
	return settle[any]([]byte(noted.Payload), nil)
}

// output is how the run ended.
func (w *walk) output() graphOutput {
	return graphOutput{Outcomes: records(w.progress.Outcomes()), Fault: faultRecord(w.progress.Fault()), Undo: w.undo()}
}

// undo lists what is to be undone, the last done first.
func (w *walk) undo() []undo {
	own := make(map[string]workflow.Undoing)
	for _, u := range w.progress.Undo() {
		own[u.Action.ID] = u
	}
	var all []undo
	for _, o := range slices.Backward(w.progress.Outcomes()) {
		if u, has := own[o.ID]; has {
			all = append(all, undo{
				Name: childID(w.flow.Run(), o.ID), Action: o.ID, Fault: faultRecord(u.Fault),
				task: task{Type: u.Action.Compensation.Type, Config: u.Filled, User: w.input.User, Correlation: w.input.Correlation},
			})
		}
		all = append(all, w.within[o.ID]...)
	}
	return all
}
