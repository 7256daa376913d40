package workflow

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
)

// Check lists everything that is wrong with the definition, field by field, in the
// order in which it is written; none when it can run. A definition without actions
// is right: it cannot be activated.
func (d Definition) Check(compiler Compiler) []domain.FieldError {
	c := &checker{compiler: compiler, known: map[string]bool{runName: true}}
	if strings.TrimSpace(d.Name) == "" {
		c.tell("name", "required", "the name must not be blank")
	}
	if utf8.RuneCountInString(d.Name) > 255 {
		c.tell("name", "maxLength", "the name must be at most 255 characters long")
	}
	if d.Timeout < 0 {
		c.tell("timeout_seconds", "minimum", "must not be negative")
	}
	c.parameters(d.Parameters)
	c.level("actions", d.Actions, 0)
	if c.actions > MaxActions {
		c.tell("actions", "maxItems", fmt.Sprintf("must be at most %d actions, those of loops too", MaxActions))
	}
	return c.faults
}

// runName is what every run knows of itself: {{run.id}}, {{run.workflow_id}} and
// {{run.user_id}}.
const runName = "run"

type checker struct {
	compiler Compiler
	// known are the names that the level may refer to from outside of it.
	known   map[string]bool
	actions int
	faults  []domain.FieldError
}

func (c *checker) tell(field, rule, message string) {
	c.faults = append(c.faults, domain.FieldError{Field: field, Rule: rule, Message: message})
}

func (c *checker) parameters(parameters []Parameter) {
	seen := make(map[string]bool)
	for i, p := range parameters {
		field := fmt.Sprintf("parameters[%d]", i)
		switch {
		case strings.TrimSpace(p.Name) == "":
			c.tell(field+".name", "required", "the name of a parameter must not be blank")
		case seen[p.Name]:
			c.tell(field+".name", "unique", "duplicate parameter name "+p.Name)
		case p.Name == runName:
			c.tell(field+".name", "reserved", "the name run is taken by the run itself")
		}
		seen[p.Name], c.known[p.Name] = true, true
		if !slices.Contains(ParameterTypes(), p.Type) {
			c.tell(field+".type", "enum", "must be one of "+strings.Join(ParameterTypes(), ", "))
			continue
		}
		if wrong := p.checkRules(); wrong != "" {
			c.tell(field+".validation_rules", "rules", wrong)
		}
		if wrong := p.Check(p.Default); p.Default != nil && wrong != "" {
			c.tell(field+".default_value", "default", "the default of "+p.Name+" "+wrong)
		}
	}
}

// level checks actions that wait for each other only.
func (c *checker) level(field string, actions []Action, nesting int) {
	c.actions += len(actions)
	g := newGraph(actions)
	for i, a := range actions {
		at := fmt.Sprintf("%s[%d]", field, i)
		c.named(at, g, i)
		c.edges(at, g, a)
		c.limits(at, a)
		c.config(at, g, a)
	}
	if circle := g.cycle(); circle != nil {
		c.tell(field, "acyclic", "circular dependency: "+strings.Join(circle, " waits for "))
		return
	}
	ancestors := g.ancestors()
	for i, a := range actions {
		at := fmt.Sprintf("%s[%d]", field, i)
		c.references(at+".config", a.Config, g, ancestors[i], "")
		c.condition(at+".condition", a.Condition, g, ancestors[i])
		if a.Type == ConditionalBranch {
			text, _ := a.Config[branchCondition].(string)
			c.condition(at+".config.condition", text, g, ancestors[i])
		}
		if a.Compensation != nil {
			c.compensation(at+".compensation", a, g, ancestors[i])
		}
		c.body(at, a, ancestors[i], nesting)
	}
}

func (c *checker) named(at string, g graph, i int) {
	a := g.actions[i]
	switch {
	case strings.TrimSpace(a.ID) == "":
		c.tell(at+".action_id", "required", "the action_id must not be blank")
	case g.at[a.ID] != i:
		c.tell(at+".action_id", "unique", "duplicate action_id "+a.ID)
	case c.known[a.ID]:
		c.tell(at+".action_id", "unique", "the name "+a.ID+" is taken by a parameter or by what stands around it")
	case strings.ContainsAny(a.ID, ".{}[] \t\n"):
		c.tell(at+".action_id", "pattern", "the action_id must hold no dots, braces, brackets or blanks")
	}
	if strings.TrimSpace(a.Name) == "" {
		c.tell(at+".name", "required", "the name of an action must not be blank")
	}
}

func (c *checker) edges(at string, g graph, a Action) {
	for _, id := range a.DependsOn {
		if _, known := g.at[id]; !known {
			c.tell(at+".depends_on", "reference", "unknown dependency "+id+": no action has that action_id")
		}
	}
	if a.OnError != "" {
		if _, known := g.at[a.OnError]; !known {
			c.tell(at+".on_error", "reference", "no action has the action_id "+a.OnError)
		}
	}
	for _, way := range []string{thenWay, elseWay} {
		for _, id := range idsOf(a.Config[way]) {
			if _, known := g.at[id]; !known && a.Type == ConditionalBranch {
				c.tell(at+".config."+way, "reference", "no action has the action_id "+id)
			}
		}
	}
}

func (c *checker) limits(at string, a Action) {
	if a.Retries < 0 || a.Retries > MaxRetries {
		c.tell(at+".retry_count", "range", fmt.Sprintf("must be from 0 to %d", MaxRetries))
	}
	if a.RetryDelay < 0 || a.RetryDelay > MaxTimeout {
		c.tell(at+".retry_delay", "range", "must be from 0 to 86400 seconds")
	}
	if a.Timeout <= 0 || a.Timeout > MaxTimeout {
		c.tell(at+".timeout_seconds", "range", "must be more than 0 and at most 86400 seconds")
	}
}
