package document

import "slices"

// Paths returns ways from one document to another along the direction of the
// links, of at most depth links, none visiting a document twice: the shortest
// first, ways of one length by their ids. It returns at most MaxPaths; complete
// tells that there are no more.
func (g *Graph) Paths(from, to ID, depth int) (paths [][]ID, complete bool) {
	if from == to || depth < 1 {
		return nil, true
	}
	w := walker{graph: g, reach: g.reach(from, to, depth), steps: maxSteps}
	for length := 1; length <= depth && !w.stopped; length++ {
		w.walk([]ID{from}, length)
	}
	return w.paths, !w.stopped
}

// reach tells, for every number of links up to depth, from which documents a
// walk of just that many ends at to. Walks through from or to are left out:
// no way that is looked for makes them.
func (g *Graph) reach(from, to ID, depth int) []map[ID]bool {
	back := make(map[ID][]ID, len(g.out))
	for source, targets := range g.out {
		for _, target := range targets {
			back[target] = append(back[target], source)
		}
	}
	reach := []map[ID]bool{{to: true}}
	for range depth {
		before := map[ID]bool{}
		for id := range reach[len(reach)-1] {
			if id == from {
				continue
			}
			for _, source := range back[id] {
				if source != to {
					before[source] = true
				}
			}
		}
		reach = append(reach, before)
	}
	return reach
}

// walker follows links only where the end can be met in the links that are left.
type walker struct {
	graph   *Graph
	reach   []map[ID]bool
	paths   [][]ID
	steps   int
	stopped bool
}

// walk gathers the ways that go on from path with just left more links.
func (w *walker) walk(path []ID, left int) {
	if left == 0 {
		if w.stopped = len(w.paths) == MaxPaths; !w.stopped {
			w.paths = append(w.paths, slices.Clone(path))
		}
		return
	}
	for _, next := range w.graph.out[path[len(path)-1]] {
		if w.stopped {
			return
		}
		if w.steps--; w.steps < 0 {
			w.stopped = true
			return
		}
		if w.reach[left-1][next] && !slices.Contains(path, next) {
			w.walk(append(path, next), left-1)
		}
	}
}
