package document

// Kind says what a block of a document is.
type Kind uint8

// The kinds of blocks. A block of one of the first group holds blocks, one of
// the second holds inline nodes, one of the third is an inline node.
const (
	// KindDocument is the root, the whole source.
	KindDocument Kind = iota
	// KindQuote is a block quotation.
	KindQuote
	// KindList holds items. FlagOrdered tells a numbered one.
	KindList
	// KindItem is one item of a list. FlagTask and FlagDone tell a check box.
	KindItem
	// KindTable holds rows.
	KindTable
	// KindRow is a row of a table and holds cells. FlagHeader tells a heading row.
	KindRow
	// KindAdmonition is a note, warning or the like; Label is its name.
	KindAdmonition

	// KindHeading opens a section of Level 1 and up; Label is its explicit anchor.
	KindHeading
	// KindParagraph is running text.
	KindParagraph
	// KindCell is a cell of a table.
	KindCell
	// KindCode is a code block of a Language; FlagFenced tells one between fences.
	KindCode
	// KindHTML is a block of raw HTML.
	KindHTML
	// KindThematicBreak is a line across the page.
	KindThematicBreak
	// KindComment is not shown to readers.
	KindComment
	// KindDefinition is a link reference definition: Label is its name, Target
	// where it leads.
	KindDefinition
	// KindFrontMatter is the metadata before the text, fences included.
	KindFrontMatter

	// KindText is plain characters, KindCodeSpan and the like hold it.
	KindText
	// KindLink leads to Target; its children are what it shows.
	KindLink
	// KindAutolink is a link that shows its own Target.
	KindAutolink
	// KindImage shows Target; its children are the text in its place.
	KindImage
	// KindEmphasis is stressed text.
	KindEmphasis
	// KindStrong is strongly stressed text.
	KindStrong
	// KindDeleted is text struck through.
	KindDeleted
	// KindCodeSpan is code within running text.
	KindCodeSpan
	// KindInlineHTML is a tag of raw HTML; Target is its href or src, Label its id or
	// the name of an <a>.
	KindInlineHTML
	// KindAnchor is a place that links can lead to, named Label.
	KindAnchor
)

// kindNames is never written.
var kindNames = [...]string{
	KindDocument: "document", KindQuote: "quote", KindList: "list", KindItem: "item", KindTable: "table", KindRow: "row",
	KindAdmonition: "admonition", KindHeading: "heading", KindParagraph: "paragraph", KindCell: "cell", KindCode: "code",
	KindHTML: "html", KindThematicBreak: "thematic break", KindComment: "comment", KindDefinition: "definition",
	KindFrontMatter: "front matter", KindText: "text", KindLink: "link", KindAutolink: "autolink", KindImage: "image",
	KindEmphasis: "emphasis", KindStrong: "strong", KindDeleted: "deleted", KindCodeSpan: "code span",
	KindInlineHTML: "inline html", KindAnchor: "anchor",
}

// String returns the name of the kind in words.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown kind"
}

// Inline reports whether a node of this kind stands within running text.
func (k Kind) Inline() bool { return k >= KindText && int(k) < len(kindNames) }

// Flags tells variants of a kind.
type Flags uint8

// The flags. Each belongs to the kind that its comment names.
const (
	// FlagOrdered is a numbered KindList.
	FlagOrdered Flags = 1 << iota
	// FlagFenced is a KindCode between fences, not an indented one.
	FlagFenced
	// FlagHeader is a KindRow of column names.
	FlagHeader
	// FlagTask is a KindItem with a check box.
	FlagTask
	// FlagDone is a KindItem whose check box is ticked.
	FlagDone
	// FlagReference is a KindLink or KindImage whose target stands elsewhere: in a
	// definition, or at a label of the document.
	FlagReference
)

// Block is a node of a block tree, a block or an inline node. Its range slices
// the source; the children lie within it, in order, and do not overlap.
type Block struct {
	// Kind says what the block is.
	Kind Kind
	// Flags tells its variant.
	Flags Flags
	// Level is that of a heading, from 1; 0 for other kinds.
	Level int
	// Start and End bound the whole node [Start, End) in bytes of the source, with
	// its markers and fences and without the line's end.
	Start, End int
	// Target is where a link or image leads, as the source spells it but decoded.
	Target string
	// Language is that of a code block, in lower case; empty when not told.
	Language string
	// Label is the explicit anchor of a heading, the name of an anchor, of a
	// definition or of an admonition, and the label that a reference uses.
	Label string
	// Text is what a KindText says where that differs from its source, as where an
	// entity is decoded or an escape undone; empty means that the source says it.
	Text string
	// Children are the nodes within, in order.
	Children []*Block
}

// Has reports whether all the flags are set.
func (b *Block) Has(flags Flags) bool { return b.Flags&flags == flags }

// Source returns the bytes of the content in the block's range.
func (b *Block) Source(content []byte) []byte { return content[b.Start:b.End] }

// Walk visits the block and, as long as visit returns true for a node, the nodes
// within it, each before its children and in the order of the source.
func (b *Block) Walk(visit func(*Block) bool) {
	if !visit(b) {
		return
	}
	for _, child := range b.Children {
		child.Walk(visit)
	}
}
