package workflow

import (
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain"
)

// Named is the outcome of an action with its id.
type Named struct {
	ID string
	Outcome
}

// Outcomes lists how the actions ended, in the order in which they did.
func (p *Progress) Outcomes() []Named {
	all := make([]Named, len(p.order))
	for n, i := range p.order {
		all[n] = Named{ID: p.graph.actions[i].ID, Outcome: p.outcomes[i]}
	}
	return all
}

// Counts returns how many of all actions have ended.
func (p *Progress) Counts() (through, all int) { return len(p.order), len(p.graph.actions) }

// Fault is nil unless an action failed whose failure counts: it lets nothing
// continue and no handler completed. It has the kind of the first and names all.
func (p *Progress) Fault() *domain.Fault {
	var failed []string
	var first *domain.Fault
	for _, i := range p.order {
		a, o := p.graph.actions[i], p.outcomes[i]
		if o.Status != ActionFailed || a.ContinueOnError || p.handled(a) {
			continue
		}
		failed = append(failed, a.ID)
		if first == nil {
			first = o.Fault
		}
	}
	if len(failed) == 0 {
		return nil
	}
	fault := domain.FaultOf(first.Kind.New("Actions failed: " + strings.Join(failed, ", ") + ". The first of them: " + first.Message))
	return fault.WithDetail("actions", failed)
}

func (p *Progress) handled(a Action) bool {
	handler, known := p.graph.at[a.OnError]
	return known && a.OnError != "" && p.outcomes[handler].Status == ActionCompleted
}

// Undo lists what is to be undone, the last completed first, with the configs
// filled by what is known now. A compensation whose references lead to nothing has
// a fault in place of its config.
func (p *Progress) Undo() []Undoing {
	var all []Undoing
	for _, i := range slices.Backward(p.order) {
		a := p.graph.actions[i]
		if a.Compensation == nil || p.outcomes[i].Status != ActionCompleted {
			continue
		}
		u := Undoing{Action: a}
		filled, err := Fill(a.Compensation.Config, p.values)
		if err != nil {
			u.Fault = domain.FaultOf(err)
		}
		u.Filled, _ = filled.(map[string]any)
		all = append(all, u)
	}
	return all
}

// Undoing is a compensation that is to be carried out.
type Undoing struct {
	// Action is what is undone.
	Action Action
	// Filled is the config of the compensation, Fault why it has none.
	Filled map[string]any
	Fault  *domain.Fault
}

// TakeOver lists the outcomes of a failed run that another one need not find again:
// completed actions all of whose forerunners are taken over too. Where actions are
// undone when the run fails, nothing is.
func (d Definition) TakeOver(outcomes []Named) []Named {
	g := newGraph(d.Actions)
	if slices.ContainsFunc(d.Actions, undoes) {
		return nil
	}
	taken := make([]bool, len(d.Actions))
	var kept []Named
	for _, o := range outcomes {
		i, known := g.at[o.ID]
		if !known || o.Status != ActionCompleted || len(g.sources[i]) > 0 ||
			slices.ContainsFunc(g.before(i), func(b int) bool { return !taken[b] }) {
			continue
		}
		taken[i] = true
		kept = append(kept, o)
	}
	return kept
}

// undoes reports whether the action, or one within it, may be undone.
func undoes(a Action) bool {
	return a.Compensation != nil || a.Type == SubWorkflow || slices.ContainsFunc(a.Body, undoes)
}
