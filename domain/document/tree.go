package document

import "sort"

// Names of the formats that a tree can come from.
const (
	FormatMarkdown = "markdown"
	FormatRST      = "rst"
	FormatAsciiDoc = "asciidoc"
	FormatHTML     = "html"
	FormatPlain    = "plain"
	FormatOpenAPI  = "openapi"
)

// Tree is what a markup parser understood of a source.
type Tree struct {
	// Format is the name of the markup.
	Format string
	// Root is the KindDocument that spans the whole source.
	Root *Block
	// FrontMatter is the metadata before the text; nil where there is none or it
	// could not be read, in which case Problems says why.
	FrontMatter Metadata
	// FrontMatterStart and FrontMatterEnd bound the front matter with its fences;
	// both are 0 where there is none.
	FrontMatterStart, FrontMatterEnd int
	// Problems lists what the parser could not understand, in order of the source.
	Problems []Problem
}

// Problem is a piece of the source that its markup does not allow.
type Problem struct {
	// Start and End bound the piece [Start, End) in bytes of the source.
	Start, End int
	// Message says what is wrong and what is expected.
	Message string
}

// Walk visits every node as Block.Walk does, from the root.
func (t *Tree) Walk(visit func(*Block) bool) { t.Root.Walk(visit) }

// Headings returns the headings in order.
func (t *Tree) Headings() []*Block {
	return t.collect(func(b *Block) bool { return b.Kind == KindHeading })
}

// Links returns, in order, every node that leads somewhere: links, autolinks,
// images, and tags of HTML with an href or a src. Link reference definitions are
// left out, since the links that use them carry their target.
func (t *Tree) Links() []*Block {
	return t.collect(func(b *Block) bool {
		switch b.Kind {
		case KindLink, KindAutolink, KindImage:
			return true
		case KindInlineHTML:
			return b.Target != ""
		}
		return false
	})
}

func (t *Tree) collect(wanted func(*Block) bool) []*Block {
	var found []*Block
	t.Walk(func(b *Block) bool {
		if wanted(b) {
			found = append(found, b)
		}
		return true
	})
	return found
}

// At returns the chain of nodes whose range holds the byte offset, from the root
// to the innermost; nil for an offset outside the source.
func (t *Tree) At(offset int) []*Block {
	var chain []*Block
	for b := t.Root; b != nil && b.Start <= offset && offset < b.End; {
		chain = append(chain, b)
		i := sort.Search(len(b.Children), func(i int) bool { return b.Children[i].End > offset })
		if i == len(b.Children) {
			break
		}
		b = b.Children[i]
	}
	return chain
}
