package document

import (
	"cmp"
	"slices"
)

// MaxPaths is how many paths Graph.Paths returns at most.
const MaxPaths = 100

// maxSteps bounds the search for paths, in links followed.
const maxSteps = 1_000_000

// Edge is a link between two documents.
type Edge struct {
	// Source and Target are its ends.
	Source, Target ID
	// Type is that of the relation.
	Type string
}

// Edge returns the relation as a link of a graph. The target of an external one is zero.
func (r Relation) Edge() Edge { return Edge{r.Source, r.Target, r.Type} }

// Graph is documents and the links between them.
type Graph struct {
	links int
	types map[string]int
	out   map[ID][]ID // sorted, each once
	near  map[ID][]ID // both directions, sorted, each once
}

// NewGraph returns the graph of the links. Links to the outside and of a
// document to itself are left out.
func NewGraph(edges []Edge) *Graph {
	g := &Graph{types: map[string]int{}, out: map[ID][]ID{}, near: map[ID][]ID{}}
	for _, e := range edges {
		if e.Source == e.Target || e.Source.IsZero() || e.Target.IsZero() {
			continue
		}
		g.links++
		g.types[e.Type]++
		g.out[e.Source] = append(g.out[e.Source], e.Target)
		g.near[e.Source] = append(g.near[e.Source], e.Target)
		g.near[e.Target] = append(g.near[e.Target], e.Source)
	}
	for _, lists := range []map[ID][]ID{g.out, g.near} {
		for id, list := range lists {
			slices.SortFunc(list, compareIDs)
			lists[id] = slices.Compact(list)
		}
	}
	return g
}

func compareIDs(a, b ID) int { return cmp.Compare(a.String(), b.String()) }

// Documents is how many documents have links.
func (g *Graph) Documents() int { return len(g.near) }

// Has reports whether a document has links.
func (g *Graph) Has(id ID) bool { return len(g.near[id]) > 0 }

// Linked is a document with how many others it is linked to, in either direction.
type Linked struct {
	ID     ID
	Others int
}

// MostLinked returns the documents that are linked to the most others, ties by id.
func (g *Graph) MostLinked(limit int) []Linked {
	all := make([]Linked, 0, len(g.near))
	for id, others := range g.near {
		all = append(all, Linked{id, len(others)})
	}
	slices.SortFunc(all, func(a, b Linked) int {
		return cmp.Or(cmp.Compare(b.Others, a.Others), cmp.Compare(a.ID.String(), b.ID.String()))
	})
	return all[:min(limit, len(all))]
}

// Links is how many links there are.
func (g *Graph) Links() int { return g.links }

// Types counts the links of each type.
func (g *Graph) Types() map[string]int { return g.types }

// Density is the part of all pairs of documents that are linked, 0 to 1:
// linked pairs / (n(n-1)/2), however many links a pair has; 0 for fewer than two.
func (g *Graph) Density() float64 {
	n, ends := len(g.near), 0
	if n < 2 {
		return 0
	}
	for _, neighbours := range g.near {
		ends += len(neighbours)
	}
	return float64(ends) / float64(n*(n-1))
}

// MeanDegree is how many links a document has on average: the ends of all links
// / n; 0 for none.
func (g *Graph) MeanDegree() float64 {
	if len(g.near) == 0 {
		return 0
	}
	return 2 * float64(g.links) / float64(len(g.near))
}

// Clustering is the mean of the local clustering coefficients of Watts and
// Strogatz (Nature 393, 1998), 0 to 1: of all pairs of a document's neighbours,
// the part that is linked. A document of fewer than two neighbours counts as 0.
// The direction of links does not matter.
func (g *Graph) Clustering() float64 {
	if len(g.near) == 0 {
		return 0
	}
	sum := 0.0
	for _, neighbours := range g.near {
		if len(neighbours) > 1 {
			pairs := len(neighbours) * (len(neighbours) - 1) / 2
			sum += float64(g.linkedAmong(neighbours)) / float64(pairs)
		}
	}
	return sum / float64(len(g.near))
}

// linkedAmong counts the linked pairs among sorted documents.
func (g *Graph) linkedAmong(ids []ID) int {
	n := 0
	for i, id := range ids {
		linked := g.near[id]
		for _, other := range ids[i+1:] {
			if _, ok := slices.BinarySearchFunc(linked, other, compareIDs); ok {
				n++
			}
		}
	}
	return n
}

// Components is how many parts the graph falls into, whatever the direction of
// the links.
func (g *Graph) Components() int {
	seen := make(map[ID]bool, len(g.near))
	parts := 0
	for start := range g.near {
		if seen[start] {
			continue
		}
		parts++
		seen[start] = true
		for queue := []ID{start}; len(queue) > 0; queue = queue[1:] {
			for _, next := range g.near[queue[0]] {
				if !seen[next] {
					seen[next] = true
					queue = append(queue, next)
				}
			}
		}
	}
	return parts
}
