package workflow

import (
	"slices"
	"strings"
)

// graph is who waits for whom among the actions of one level.
type graph struct {
	actions []Action
	at      map[string]int
	// branches are the branches that decide over an action, by its place; sources
	// are the actions whose failure it handles.
	branches, sources [][]int
}

func newGraph(actions []Action) graph {
	g := graph{actions: actions, at: make(map[string]int, len(actions))}
	g.branches, g.sources = make([][]int, len(actions)), make([][]int, len(actions))
	for i, a := range actions {
		if _, twice := g.at[a.ID]; !twice {
			g.at[a.ID] = i
		}
	}
	for i, a := range actions {
		if to, known := g.at[a.OnError]; known && a.OnError != "" {
			g.sources[to] = append(g.sources[to], i)
		}
		if a.Type != ConditionalBranch {
			continue
		}
		for _, id := range slices.Concat(idsOf(a.Config[thenWay]), idsOf(a.Config[elseWay])) {
			if to, known := g.at[id]; known {
				g.branches[to] = append(g.branches[to], i)
			}
		}
	}
	return g
}

// before lists the actions that are through before the one at i begins.
func (g graph) before(i int) []int {
	all := slices.Concat(g.branches[i], g.sources[i])
	for _, id := range g.actions[i].DependsOn {
		if at, known := g.at[id]; known {
			all = append(all, at)
		}
	}
	return all
}

// cycle returns actions that wait for each other in a circle, or nil.
func (g graph) cycle() []string {
	const (
		unseen = iota
		open
		closed
	)
	state := make([]int, len(g.actions))
	var path []string
	var visit func(i int) []string
	visit = func(i int) []string {
		state[i] = open
		path = append(path, g.actions[i].ID)
		for _, next := range g.before(i) {
			if state[next] == open {
				start := slices.Index(path, g.actions[next].ID)
				return append(slices.Clone(path[start:]), g.actions[next].ID)
			}
			if state[next] == unseen {
				if found := visit(next); found != nil {
					return found
				}
			}
		}
		path = path[:len(path)-1]
		state[i] = closed
		return nil
	}
	for i := range g.actions {
		if state[i] == unseen {
			if found := visit(i); found != nil {
				return found
			}
		}
	}
	return nil
}

// levels returns the actions in the waves in which they can begin; the graph has
// no cycle.
func (g graph) levels() [][]string {
	level := make([]int, len(g.actions))
	var depth func(i int) int
	depth = func(i int) int {
		if level[i] == 0 {
			deepest := 0
			for _, b := range g.before(i) {
				deepest = max(deepest, depth(b))
			}
			level[i] = deepest + 1
		}
		return level[i]
	}
	var levels [][]string
	for i, a := range g.actions {
		for len(levels) < depth(i) {
			levels = append(levels, nil)
		}
		levels[level[i]-1] = append(levels[level[i]-1], a.ID)
	}
	return levels
}

// ancestors lists all that is through before each action begins.
func (g graph) ancestors() []map[string]bool {
	all := make([]map[string]bool, len(g.actions))
	var of func(i int) map[string]bool
	of = func(i int) map[string]bool {
		if all[i] == nil {
			all[i] = make(map[string]bool)
			for _, b := range g.before(i) {
				all[i][g.actions[b].ID] = true
				for id := range of(b) {
					all[i][id] = true
				}
			}
		}
		return all[i]
	}
	for i := range g.actions {
		of(i)
	}
	return all
}

// Plan returns the ids of the actions in the waves in which they can begin. It is
// nil where actions wait for each other.
func (d Definition) Plan() [][]string {
	g := newGraph(d.Actions)
	if g.cycle() != nil {
		return nil
	}
	return g.levels()
}

// idsOf reads a list of ids; a text is a list of one, or of several with commas.
func idsOf(value any) []string {
	switch v := value.(type) {
	case string:
		var ids []string
		for id := range strings.SplitSeq(v, ",") {
			if id = strings.TrimSpace(id); id != "" {
				ids = append(ids, id)
			}
		}
		return ids
	case []any:
		ids := make([]string, 0, len(v))
		for _, item := range v {
			if id, ok := item.(string); ok {
				ids = append(ids, id)
			}
		}
		return ids
	}
	return nil
}
