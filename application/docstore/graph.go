package docstore

import (
	"cmp"
	"context"
	"slices"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// findPaths reads the graph outwards from the start, one link at a time, and
// searches what it read.
func (s *service) findPaths(ctx context.Context, c docstore.FindPaths) (docstore.DocumentPaths, error) {
	from, to, err := ends(c.StartID, c.EndID, "start_id", "end_id")
	if err != nil {
		return docstore.DocumentPaths{}, err
	}
	if err := s.alive(ctx, from, to); err != nil {
		return docstore.DocumentPaths{}, err
	}
	answer := docstore.DocumentPaths{StartDocument: c.StartID, EndDocument: c.EndID, MaxDepth: c.MaxDepth, Paths: [][]string{}}
	var edges []document.Edge
	reached := map[document.ID]bool{from: true}
	for level := []document.ID{from}; len(level) > 0 && c.MaxDepth > 0; c.MaxDepth-- {
		relations, err := s.Relations.From(ctx, level)
		if err != nil {
			return docstore.DocumentPaths{}, err
		}
		level = nil
		for _, r := range relations {
			edges = append(edges, r.Edge())
			if !r.Target.IsZero() && !reached[r.Target] {
				reached[r.Target] = true
				level = append(level, r.Target)
			}
		}
	}
	paths, complete := document.NewGraph(edges).Paths(from, to, answer.MaxDepth)
	for _, path := range paths {
		ids := make([]string, len(path))
		for i, id := range path {
			ids[i] = id.String()
		}
		answer.Paths = append(answer.Paths, ids)
	}
	answer.TotalPaths, answer.Found, answer.Truncated = len(paths), len(paths) > 0, !complete
	return answer, nil
}

func (s *service) getRelationshipStats(ctx context.Context, _ docstore.GetRelationshipStats) (docstore.RelationshipStats, error) {
	edges, external, err := s.Relations.Edges(ctx)
	if err != nil {
		return docstore.RelationshipStats{}, err
	}
	return statsOf(document.NewGraph(edges), external), nil
}

func statsOf(g *document.Graph, external int) docstore.RelationshipStats {
	return docstore.RelationshipStats{
		TotalRelationships: g.Links(), ExternalReferences: external, UniqueDocuments: g.Documents(), RelationshipTypes: g.Types(),
		AvgDegree: g.MeanDegree(), Density: g.Density(), AvgClustering: g.Clustering(), ConnectedComponents: g.Components(),
	}
}

func (s *service) getGraph(ctx context.Context, c docstore.GetGraph) (docstore.DocumentGraph, error) {
	n := neighbourhood{limit: c.Limit, place: map[document.ID]int{}, seen: map[document.Edge]bool{}}
	err := s.around(ctx, c, &n)
	if err != nil {
		return docstore.DocumentGraph{}, err
	}
	nodes, err := s.Directory.Nodes(ctx, n.ids)
	if err != nil {
		return docstore.DocumentGraph{}, err
	}
	slices.SortStableFunc(nodes, func(a, b document.Node) int { return cmp.Compare(n.place[a.ID], n.place[b.ID]) })
	answer := docstore.DocumentGraph{Nodes: make([]docstore.GraphNode, len(nodes)), Edges: n.between(), Truncated: n.truncated}
	for i, node := range nodes {
		answer.Nodes[i] = docstore.GraphNode{ID: node.ID.String(), Title: node.Title, Type: node.Type}
	}
	answer.NodeCount, answer.EdgeCount = len(answer.Nodes), len(answer.Edges)
	return answer, nil
}

// around gathers the neighbourhood of the documents that c names, or all there is.
func (s *service) around(ctx context.Context, c docstore.GetGraph, n *neighbourhood) error {
	if len(c.DocumentIDs) == 0 {
		edges, _, err := s.Relations.Edges(ctx)
		n.grow(edges)
		return err
	}
	for _, text := range c.DocumentIDs {
		id, err := document.ParseID(text)
		if err != nil {
			return err
		}
		n.add(id)
	}
	level := slices.Clone(n.ids)
	if err := s.alive(ctx, level...); err != nil {
		return err
	}
	for range c.MaxDepth {
		if len(level) == 0 {
			break
		}
		relations, err := s.Relations.Touching(ctx, level)
		if err != nil {
			return err
		}
		edges := make([]document.Edge, len(relations))
		for i, r := range relations {
			edges[i] = r.Edge()
		}
		before := len(n.ids)
		n.grow(edges)
		level = n.ids[before:]
	}
	return nil
}

// neighbourhood is a growing part of the graph, of limit documents at most.
type neighbourhood struct {
	limit     int
	ids       []document.ID // in the order in which they were reached
	place     map[document.ID]int
	seen      map[document.Edge]bool
	truncated bool
}

func (n *neighbourhood) add(id document.ID) {
	if _, in := n.place[id]; in {
		return
	}
	if len(n.ids) >= n.limit {
		n.truncated = true
		return
	}
	n.place[id] = len(n.ids)
	n.ids = append(n.ids, id)
}

// grow takes in links with their ends, by the ids of the ends.
func (n *neighbourhood) grow(edges []document.Edge) {
	var fresh []document.ID
	for _, e := range edges {
		n.seen[e] = true
		fresh = append(fresh, e.Source, e.Target)
	}
	slices.SortFunc(fresh, func(a, b document.ID) int { return cmp.Compare(a.String(), b.String()) })
	for _, id := range fresh {
		n.add(id)
	}
}

// between returns the links whose ends are both in.
func (n *neighbourhood) between() []docstore.GraphEdge {
	edges := []docstore.GraphEdge{}
	for e := range n.seen {
		_, source := n.place[e.Source]
		_, target := n.place[e.Target]
		if source && target {
			edges = append(edges, docstore.GraphEdge{Source: e.Source.String(), Target: e.Target.String(), RelationshipType: e.Type})
		}
	}
	slices.SortFunc(edges, func(a, b docstore.GraphEdge) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Target, b.Target), cmp.Compare(a.RelationshipType, b.RelationshipType))
	})
	return edges
}
