package docstore

import (
	"context"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// taxonomy reads the order of tags.
func (s *service) taxonomy(ctx context.Context) (*document.Taxonomy, error) {
	nodes, err := s.Taxonomy.All(ctx)
	if err != nil {
		return nil, err
	}
	return document.NewTaxonomy(nodes), nil
}

func (s *service) addTaxonomyNode(ctx context.Context, c docstore.AddTaxonomyNode) (docstore.TaxonomyNode, error) {
	var view docstore.TaxonomyNode
	err := s.Unit.Within(ctx, func(ctx context.Context) error {
		taxonomy, err := s.taxonomy(ctx)
		if err != nil {
			return err
		}
		node, err := taxonomy.Admit(document.TaxonomyNode{
			Tag: c.Tag, Category: document.Category(c.Category), Description: c.Description, Parent: c.ParentTag, Synonyms: c.Synonyms,
		}, s.Clock.Now())
		if err != nil {
			return err
		}
		depth := 0
		for parent := node.Parent; parent != ""; depth++ {
			above, _ := taxonomy.Node(parent)
			parent = above.Parent
		}
		view = taxonomyView(node, depth)
		return s.Taxonomy.Add(ctx, node)
	})
	return view, err
}

func (s *service) getTaxonomyTree(ctx context.Context, c docstore.GetTaxonomyTree) (docstore.TaxonomyTree, error) {
	taxonomy, err := s.taxonomy(ctx)
	if err != nil {
		return docstore.TaxonomyTree{}, err
	}
	tree := docstore.TaxonomyTree{Categories: map[string][]docstore.TaxonomyNode{}}
	taxonomy.Each(func(n document.TaxonomyNode, depth int) {
		category := string(n.Category)
		if c.RootCategory == "" || c.RootCategory == category {
			tree.Categories[category] = append(tree.Categories[category], taxonomyView(n, depth))
			tree.Total++
		}
	})
	return tree, nil
}

func taxonomyView(n document.TaxonomyNode, depth int) docstore.TaxonomyNode {
	return docstore.TaxonomyNode{
		Tag: n.Tag, Category: string(n.Category), Description: n.Description, ParentTag: n.Parent, Synonyms: n.Synonyms,
		Depth: depth, CreatedAt: n.CreatedAt,
	}
}
