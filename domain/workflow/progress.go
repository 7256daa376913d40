package workflow

import (
	"maps"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain"
)

// resultsName is what conditions know all outcomes by: results.fetch.status.
const resultsName = "results"

// Progress is a run on its way through a definition. It decides and does nothing:
// Next says what is to be done, Record tells how it ended. The same outcomes,
// recorded in the same order, lead to the same decisions.
type Progress struct {
	graph      graph
	compiler   Compiler
	conditions []Condition
	values     map[string]any
	results    map[string]any
	outcomes   []Outcome
	order      []int
}

// Ready is an action that is to be done now.
type Ready struct {
	Action
	// Filled is the config with its references replaced. The expression of a loop
	// is as it was written.
	Filled map[string]any
}

// Begin returns the progress of a new run. values are those of the parameters, and
// of what stands around the actions of a loop. It fails with Rejected where a
// condition does not compile or actions wait for each other: Check would have told.
func Begin(actions []Action, values map[string]any, compiler Compiler) domain.DomainResult[*Progress] {
	p := &Progress{graph: newGraph(actions), compiler: compiler, values: maps.Clone(values), results: make(map[string]any)}
	if p.values == nil {
		p.values = make(map[string]any)
	}
	p.values[resultsName] = p.results
	p.outcomes, p.conditions = make([]Outcome, len(actions)), make([]Condition, len(actions))
	if circle := p.graph.cycle(); circle != nil {
		return domain.Fail[*Progress](domain.Rejected.New("The actions wait for each other: " + strings.Join(circle, ", ") + "."))
	}
	for i, a := range actions {
		p.outcomes[i].Status = ActionPending
		text := a.Condition
		if text == "" {
			continue
		}
		compiled, err := compiler.Compile(text)
		if err != nil {
			return domain.Fail[*Progress](domain.Rejected.Wrap(err, "The condition of "+a.ID+" is no expression."))
		}
		p.conditions[i] = compiled
	}
	return domain.Ok(p)
}

// Values are what an expression or a reference sees now.
func (p *Progress) Values() map[string]any { return p.values }

// Record tells how an action ended. One that is not of this run, or has ended, is
// left as it is.
func (p *Progress) Record(id string, outcome Outcome) {
	i, known := p.graph.at[id]
	if !known || p.outcomes[i].Status != ActionPending {
		return
	}
	p.outcomes[i] = outcome
	p.order = append(p.order, i)
	p.values[id] = outcome.Value()
	p.results[id] = p.values[id]
}

// Next returns the actions that can begin, in the order of the definition; none
// when the run is through or all that can begin has. Actions that are skipped, and
// those that only compute, are settled on the way.
func (p *Progress) Next() []Ready {
	for {
		var ready []Ready
		settled := false
		for i := range p.graph.actions {
			if p.outcomes[i].Status != ActionPending {
				continue
			}
			now, reason := p.mayBegin(i)
			if reason != "" {
				p.Record(p.graph.actions[i].ID, Skipped(reason))
				settled = true
			}
			if !now {
				continue
			}
			action, outcome := p.prepare(i)
			if outcome == nil {
				ready = append(ready, action)
				continue
			}
			p.Record(action.ID, *outcome)
			settled = true
		}
		if !settled {
			return ready
		}
	}
}

// mayBegin reports whether the action at i can begin, or why it never will.
func (p *Progress) mayBegin(i int) (now bool, never string) {
	a := p.graph.actions[i]
	for _, b := range p.graph.before(i) {
		if p.outcomes[b].Status == ActionPending {
			return false, ""
		}
	}
	for _, b := range p.graph.branches[i] {
		if reason := p.branchAway(b, a.ID); reason != "" {
			return false, reason
		}
	}
	if sources := p.graph.sources[i]; len(sources) > 0 &&
		!slices.ContainsFunc(sources, func(s int) bool { return p.outcomes[s].Status == ActionFailed }) {
		return false, "nothing failed that it handles"
	}
	for _, id := range a.DependsOn {
		b := p.graph.at[id]
		if slices.Contains(p.graph.sources[i], b) {
			continue // the failure is what it waits for
		}
		switch o := p.outcomes[b]; {
		case o.Status == ActionCompleted, o.Status == ActionFailed && p.graph.actions[b].ContinueOnError:
		case o.Status == ActionFailed:
			return false, id + " failed"
		default:
			return false, id + " was skipped"
		}
	}
	return true, ""
}

// branchAway says why the branch at b keeps the action from running.
func (p *Progress) branchAway(b int, id string) string {
	branch, o := p.graph.actions[b], p.outcomes[b]
	if o.Status != ActionCompleted {
		return branch.ID + " did not decide"
	}
	taken, _ := o.Value()["taken"].(string)
	if slices.Contains(idsOf(branch.Config[taken]), id) {
		return ""
	}
	return branch.ID + " went the other way"
}

// prepare fills the config of the action at i; the outcome is there when that
// settles the action.
func (p *Progress) prepare(i int) (Ready, *Outcome) {
	a := p.graph.actions[i]
	ready := Ready{Action: a}
	if p.conditions[i] != nil {
		holds, err := p.conditions[i].Holds(p.values)
		if err != nil {
			return ready, ended(FailedWith(domain.Rejected.Wrap(err, "The condition of "+a.ID+" cannot be decided: "+domain.FaultOf(err).Message)))
		}
		if !holds {
			return ready, ended(Skipped("its condition does not hold"))
		}
	}
	filled, err := Fill(a.Config, p.values)
	if err != nil {
		return ready, ended(FailedWith(err))
	}
	ready.Filled, _ = filled.(map[string]any)
	switch a.Type {
	case TransformData:
		output, err := Transform(ready.Filled, p.values)
		if err != nil {
			return ready, ended(FailedWith(err))
		}
		return ready, ended(Completed(output))
	case ConditionalBranch:
		return ready, ended(p.decide(a))
	case Loop:
		if text, ok := a.Config[loopWhile]; ok {
			ready.Filled[loopWhile] = text
		}
	}
	return ready, nil
}

// decide takes one of the ways of a branch.
func (p *Progress) decide(a Action) Outcome {
	text, _ := a.Config[branchCondition].(string)
	condition, err := p.compiler.Compile(text)
	if err != nil {
		return FailedWith(domain.Rejected.Wrap(err, "The condition of "+a.ID+" is no expression."))
	}
	holds, err := condition.Holds(p.values)
	if err != nil {
		return FailedWith(domain.Rejected.Wrap(err, "The condition of "+a.ID+" cannot be decided: "+domain.FaultOf(err).Message))
	}
	way := elseWay
	if holds {
		way = thenWay
	}
	return Completed(map[string]any{"taken": way, "holds": holds})
}

func ended(o Outcome) *Outcome { return &o }
