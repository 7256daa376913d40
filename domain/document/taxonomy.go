package document

import (
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// MaxSynonyms is how many synonyms a node of the taxonomy has at most.
const MaxSynonyms = 50

// TaxonomyNode gives a tag its place among the others.
type TaxonomyNode struct {
	// Tag is the name of the tag, unique, in lower case.
	Tag string
	// Category says what kind of thing the tag names.
	Category Category
	// Description is for people.
	Description string
	// Parent is the tag above it; empty for a root.
	Parent string
	// Synonyms are other names of it, in lower case, sorted, each once.
	Synonyms []string
	// CreatedAt is in UTC, in whole microseconds.
	CreatedAt time.Time
}

// Taxonomy is the order of tags: a forest of nodes, none above itself.
type Taxonomy struct {
	nodes   []TaxonomyNode
	byName  map[string]string // tag of every tag and synonym
	byTag   map[string]TaxonomyNode
	beneath map[string][]TaxonomyNode // by parent, sorted by tag
}

// NewTaxonomy returns the taxonomy of stored nodes.
func NewTaxonomy(nodes []TaxonomyNode) *Taxonomy {
	t := &Taxonomy{nodes: slices.Clone(nodes), byName: map[string]string{}, byTag: map[string]TaxonomyNode{}, beneath: map[string][]TaxonomyNode{}}
	slices.SortFunc(t.nodes, func(a, b TaxonomyNode) int { return strings.Compare(a.Tag, b.Tag) })
	for _, n := range t.nodes {
		t.byTag[n.Tag] = n
		t.beneath[n.Parent] = append(t.beneath[n.Parent], n)
		for _, synonym := range n.Synonyms {
			t.byName[synonym] = n.Tag
		}
	}
	for _, n := range t.nodes {
		t.byName[n.Tag] = n.Tag
	}
	return t
}

// Admit returns n normalised, as it may be added at now. It fails with Invalid
// when a name is none, the category is unknown, or the parent is unknown or of
// another category, and with Conflict when a name is taken; details.tag tells by
// which node.
func (t *Taxonomy) Admit(n TaxonomyNode, now time.Time) (TaxonomyNode, error) {
	var err error
	if n.Tag, err = TagName(n.Tag); err != nil {
		return TaxonomyNode{}, err
	}
	if n.Category, err = ParseCategory(string(n.Category)); err != nil {
		return TaxonomyNode{}, err
	}
	if n.Synonyms, err = synonyms(n); err != nil {
		return TaxonomyNode{}, err
	}
	if n.Parent != "" {
		n.Parent = strings.ToLower(strings.TrimSpace(n.Parent))
		parent, ok := t.byTag[n.Parent]
		if !ok || parent.Category != n.Category {
			return TaxonomyNode{}, domain.Invalid.New("The parent does not fit.").
				WithField("parent_tag", "unknown", "must be a tag of the taxonomy with the same category")
		}
	}
	for _, name := range append([]string{n.Tag}, n.Synonyms...) {
		if owner, taken := t.byName[name]; taken {
			return TaxonomyNode{}, domain.Conflict.New("The name "+name+" is taken in the taxonomy.").WithDetail("tag", owner)
		}
	}
	n.Description, n.CreatedAt = storable(n.Description), instant(now)
	return n, nil
}

func synonyms(n TaxonomyNode) ([]string, error) {
	names := []string{}
	for _, text := range n.Synonyms {
		name, err := TagName(text)
		if err != nil || name == n.Tag {
			return nil, domain.Invalid.New("A synonym is not acceptable.").
				WithField("synonyms", "maxLength", "must be other names than the tag, of 1 to 100 characters")
		}
		names = append(names, name)
	}
	slices.Sort(names)
	if names = slices.Compact(names); len(names) > MaxSynonyms {
		return nil, domain.Invalid.New("There are too many synonyms.").WithField("synonyms", "maxItems", "must be at most 50")
	}
	return names, nil
}

// Canonical returns the tag that a name stands for: that of the node that has it
// as tag or synonym, or else the name itself.
func (t *Taxonomy) Canonical(name string) string {
	if tag, ok := t.byName[name]; ok {
		return tag
	}
	return name
}

// Node returns the node of a tag and whether there is one.
func (t *Taxonomy) Node(tag string) (TaxonomyNode, bool) {
	n, ok := t.byTag[tag]
	return n, ok
}

// Each visits every node, parents before what is beneath them, siblings by tag.
// A root has depth 0.
func (t *Taxonomy) Each(visit func(n TaxonomyNode, depth int)) { t.each("", 0, visit) }

func (t *Taxonomy) each(parent string, depth int, visit func(TaxonomyNode, int)) {
	for _, n := range t.beneath[parent] {
		visit(n, depth)
		t.each(n.Tag, depth+1, visit)
	}
}
