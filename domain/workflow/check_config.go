package workflow

import (
	"maps"
	"slices"
	"strings"
)

// required lists what the config of each type must hold. Never written.
var required = map[string][]string{
	ServiceCall:       {"service", "endpoint"},
	PromptExecution:   {"prompt_id"},
	ExternalAPICall:   {"url", "method"},
	ConditionalBranch: {branchCondition},
	SubWorkflow:       {subWorkflow},
}

// effects are the types that a compensation may have: they do something outside.
// Never written.
var effects = []string{ServiceCall, ExternalAPICall, Notification}

// config checks what the type of the action needs.
func (c *checker) config(at string, g graph, a Action) {
	if !slices.Contains(Types(), a.Type) {
		c.tell(at+".action_type", "enum", "must be one of "+strings.Join(Types(), ", "))
		return
	}
	c.needs(at+".config", a.Type, a.Config)
	switch a.Type {
	case TransformData:
		if wrong := checkTransformation(a.Config); wrong != "" {
			c.tell(at+".config", "transformation", wrong)
		}
	case ConditionalBranch:
		if len(idsOf(a.Config[thenWay]))+len(idsOf(a.Config[elseWay])) == 0 {
			c.tell(at+".config", "branch", "a branch names the actions of at least one way, in then or else")
		}
	case Wait:
		if len(References(a.Config)) == 0 {
			if err := WaitingOf(a.Config).Err(); err != nil {
				c.tell(at+".config", "wait", err.Error())
			}
		}
	case Loop:
		c.loop(at, a)
	}
	if a.Type != Loop && len(a.Body) > 0 {
		c.tell(at+".actions", "loop", "only a loop has actions")
	}
}

func (c *checker) needs(at, kind string, config map[string]any) {
	for _, name := range required[kind] {
		if text, ok := config[name].(string); !ok || strings.TrimSpace(text) == "" {
			c.tell(at+"."+name, "required", kind+" needs "+name)
		}
	}
}

func (c *checker) loop(at string, a Action) {
	if len(a.Body) == 0 {
		c.tell(at+".actions", "required", "a loop needs actions")
	}
	_, endless := a.Config[loopWhile]
	_, over := a.Config[loopOver]
	_, times := a.Config[loopTimes]
	if ways := count(endless, over, times); ways != 1 {
		c.tell(at+".config", "loop", "a loop has exactly one of over, times and while")
		return
	}
	if _, bounded := whole(a.Config[loopMax], 1, MaxIterations); endless && !bounded {
		c.tell(at+".config.max", "required", "a loop with while needs a bound: max, from 1 to 10000")
	}
	if !endless && len(References(a.Config)) == 0 {
		if err := IterationsOf(a.Config).Err(); err != nil {
			c.tell(at+".config", "loop", err.Error())
		}
	}
}

// body checks the actions of a loop: they may refer to what is around it.
func (c *checker) body(at string, a Action, ancestors map[string]bool, nesting int) {
	if a.Type != Loop {
		return
	}
	if nesting == MaxNesting {
		c.tell(at+".actions", "nesting", "loops may stand within each other five deep")
		return
	}
	as, _ := a.Config[loopAs].(string)
	if as == "" {
		as = ItemName
	}
	around := c.known
	c.known = maps.Clone(around)
	for _, name := range []string{IndexName, LastName, as} {
		c.known[name] = true
	}
	for id := range ancestors {
		c.known[id] = true
	}
	if text, ok := a.Config[loopWhile].(string); ok {
		c.condition(at+".config.while", text, graph{}, nil)
	}
	c.level(at+".actions", a.Body, nesting+1)
	c.known = around
}

func (c *checker) compensation(at string, a Action, g graph, ancestors map[string]bool) {
	if !slices.Contains(effects, a.Compensation.Type) {
		c.tell(at+".action_type", "enum", "must be one of "+strings.Join(effects, ", "))
		return
	}
	c.needs(at+".config", a.Compensation.Type, a.Compensation.Config)
	c.references(at+".config", a.Compensation.Config, g, ancestors, a.ID)
}

// references checks that what a config refers to is there when the action runs.
func (c *checker) references(at string, config any, g graph, ancestors map[string]bool, own string) {
	for _, r := range References(config) {
		c.reaches(at, r.Root, "{{"+r.String()+"}}", g, ancestors, own)
	}
}

func (c *checker) condition(at, text string, g graph, ancestors map[string]bool) {
	if text == "" {
		return
	}
	compiled, err := c.compiler.Compile(text)
	if err != nil {
		c.tell(at, "expression", err.Error())
		return
	}
	for _, name := range compiled.Names() {
		if name != resultsName {
			c.reaches(at, name, name, g, ancestors, "")
		}
	}
}

func (c *checker) reaches(at, root, shown string, g graph, ancestors map[string]bool, own string) {
	_, isAction := g.at[root]
	switch {
	case c.known[root] || ancestors[root] || root == own && own != "":
	case isAction:
		c.tell(at, "reference", shown+" refers to "+root+", which need not be through by then; add it to depends_on")
	default:
		c.tell(at, "reference", shown+" refers to nothing: there is no parameter or action "+root)
	}
}

func count(all ...bool) int {
	n := 0
	for _, b := range all {
		if b {
			n++
		}
	}
	return n
}
