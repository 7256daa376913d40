package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// ends tells where nodes end, for those whose syntax tree does not tell: the
// parsers below note the place while they have it at hand.
type ends map[ast.Node]int

var endsKey = parser.NewContextKey() // never written

func endsOf(pc parser.Context) ends { return pc.Get(endsKey).(ends) }

// inline notes where the inline nodes of another parser end.
type inline struct{ parser.InlineParser }

// Parse delegates and notes the position of the reader after the node.
func (p inline) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	node := p.InlineParser.Parse(parent, block, pc)
	switch node.(type) {
	case *ast.Link, *ast.Image, *ast.CodeSpan, *ast.AutoLink:
		_, at := block.Position()
		endsOf(pc)[node] = at.Start
	}
	return node
}

// closing is an inline parser that has work to do at the end of a block.
type closing struct{ inline }

// CloseBlock delegates.
func (p closing) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if closer, ok := p.InlineParser.(parser.CloseBlocker); ok {
		closer.CloseBlock(parent, block, pc)
	}
}

// fence notes the closing line of fenced code.
type fence struct{ parser.BlockParser }

// Continue delegates and notes the line that closes the block.
func (p fence) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	_, line := reader.PeekLine()
	state := p.BlockParser.Continue(node, reader, pc)
	if state == parser.Close {
		line = line.TrimRightSpace(reader.Source())
		endsOf(pc)[node] = line.Stop
	}
	return state
}

// setext notes the line under a heading.
type setext struct{ parser.BlockParser }

// Close delegates and notes the underline.
func (p setext) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	line := node.Lines().At(0)
	line = line.TrimRightSpace(reader.Source())
	endsOf(pc)[node] = line.Stop
	p.BlockParser.Close(node, reader, pc)
}
