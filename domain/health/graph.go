package health

import (
	"maps"
	"slices"
)

// Graph says what each service needs: names of services by the name of the one that
// calls them. It may hold cycles.
type Graph map[string][]string

// Cause is what explains why services fail: one service, or several that need each
// other in a circle and cannot be told apart.
type Cause struct {
	// Services are the root, sorted; nearly always one.
	Services []string
	// Explains are those that fail because of the root, sorted, directly or through
	// others.
	Explains []string
}

// RootCauses returns the failing services that no failing dependency explains, each
// with those that it explains, in the order of their names. Services that fail in a
// circle are one cause, unless the circle needs a failing service outside of it. A
// service with several causes is explained by each of them.
//
// The failing services and the needs between them form a graph whose strongly
// connected components (R. Tarjan, Depth-first search and linear graph algorithms,
// 1972) form one without cycles; its sinks are the causes. Time and space grow with
// services and needs.
func RootCauses(g Graph, failing map[string]bool) []Cause {
	components, of := components(g, failing)
	explained := make([]bool, len(components))
	for from, needs := range g {
		for _, to := range needs {
			if failing[from] && failing[to] && of[from] != of[to] {
				explained[of[from]] = true
			}
		}
	}
	dependants := inverse(g, failing)
	var causes []Cause
	for i, members := range components {
		if !explained[i] {
			causes = append(causes, Cause{Services: members, Explains: reached(dependants, members)})
		}
	}
	slices.SortFunc(causes, func(a, b Cause) int { return slices.Compare(a.Services, b.Services) })
	return causes
}

// inverse returns who needs whom among the failing.
func inverse(g Graph, failing map[string]bool) map[string][]string {
	dependants := make(map[string][]string)
	for from, needs := range g {
		for _, to := range needs {
			if failing[from] && failing[to] {
				dependants[to] = append(dependants[to], from)
			}
		}
	}
	return dependants
}

// reached returns what is reached from members, without them, sorted.
func reached(next map[string][]string, members []string) []string {
	seen := make(map[string]bool)
	for _, m := range members {
		seen[m] = true
	}
	found := []string{}
	for queue := slices.Clone(members); len(queue) > 0; queue = queue[1:] {
		for _, n := range next[queue[0]] {
			if !seen[n] {
				seen[n] = true
				found = append(found, n)
				queue = append(queue, n)
			}
		}
	}
	slices.Sort(found)
	return found
}

// tarjan finds strongly connected components without recursion, so that a long
// chain of services cannot exhaust the stack.
type tarjan struct {
	needs      map[string][]string
	index, low map[string]int
	on         map[string]bool
	stack      []string
	components [][]string
}

// components returns the strongly connected components of the failing part of the
// graph, members sorted, and the number of each service's component.
func components(g Graph, failing map[string]bool) ([][]string, map[string]int) {
	t := tarjan{needs: make(map[string][]string), index: map[string]int{}, low: map[string]int{}, on: map[string]bool{}}
	names := slices.Sorted(maps.Keys(failing))
	for _, name := range names {
		for _, to := range g[name] {
			if failing[name] && failing[to] {
				t.needs[name] = append(t.needs[name], to)
			}
		}
	}
	for _, name := range names {
		if _, seen := t.index[name]; failing[name] && !seen {
			t.walk(name)
		}
	}
	of := make(map[string]int)
	for i, members := range t.components {
		slices.Sort(members)
		for _, m := range members {
			of[m] = i
		}
	}
	return t.components, of
}

// visit is a service under way, and which of its needs comes next.
type visit struct {
	name string
	next int
}

func (t *tarjan) walk(root string) {
	path := []visit{t.enter(root)}
	for len(path) > 0 {
		at := &path[len(path)-1]
		if at.next < len(t.needs[at.name]) {
			to := t.needs[at.name][at.next]
			at.next++
			if _, seen := t.index[to]; !seen {
				path = append(path, t.enter(to))
			} else if t.on[to] {
				t.low[at.name] = min(t.low[at.name], t.index[to])
			}
			continue
		}
		t.leave(at.name)
		path = path[:len(path)-1]
		if len(path) > 0 {
			above := path[len(path)-1].name
			t.low[above] = min(t.low[above], t.low[at.name])
		}
	}
}

func (t *tarjan) enter(name string) visit {
	t.index[name], t.low[name] = len(t.index), len(t.index)
	t.stack, t.on[name] = append(t.stack, name), true
	return visit{name: name}
}

// leave closes the component that begins with name, if one does.
func (t *tarjan) leave(name string) {
	if t.low[name] != t.index[name] {
		return
	}
	from := slices.Index(t.stack, name)
	members := slices.Clone(t.stack[from:])
	for _, m := range members {
		t.on[m] = false
	}
	t.stack = t.stack[:from]
	t.components = append(t.components, members)
}
