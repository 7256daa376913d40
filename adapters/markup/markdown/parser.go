// Package markdown parses Markdown: CommonMark with the tables, strikethrough,
// task lists and bare links of GitHub, explicit anchors {#name}, front matter.
package markdown

import (
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/docsteward/docsteward/adapters/markup/frontmatter"
	"github.com/docsteward/docsteward/adapters/markup/outline"
	"github.com/docsteward/docsteward/domain/document"
)

// Parser parses Markdown. Many goroutines may use one at once.
type Parser struct{ inner parser.Parser }

// New returns a parser.
func New() *Parser {
	blocks := []util.PrioritizedValue{
		util.Prioritized(setext{parser.NewSetextHeadingParser(parser.WithHeadingAttribute())}, 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewATXHeadingParser(parser.WithHeadingAttribute()), 600),
		util.Prioritized(fence{parser.NewFencedCodeBlockParser()}, 700),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	}
	inlines := []util.PrioritizedValue{
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
		util.Prioritized(inline{parser.NewCodeSpanParser()}, 100),
		util.Prioritized(closing{inline{parser.NewLinkParser()}}, 200),
		util.Prioritized(inline{parser.NewAutoLinkParser()}, 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(parser.NewEmphasisParser(), 500),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
		util.Prioritized(closing{inline{extension.NewLinkifyParser()}}, 999),
	}
	return &Parser{parser.NewParser(
		parser.WithBlockParsers(blocks...),
		parser.WithInlineParsers(inlines...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200))...),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)}
}

// Parse returns the tree of a source, which is UTF-8 without NUL bytes.
func (p *Parser) Parse(source []byte) *document.Tree {
	tree := &document.Tree{Format: document.FormatMarkdown, Root: &document.Block{End: len(source)}}
	matter, ok := frontmatter.Cut(source)
	if matter.Problem != nil {
		tree.Problems = append(tree.Problems, *matter.Problem)
	}
	c := &converter{whole: source}
	if ok {
		tree.FrontMatter, tree.FrontMatterStart, tree.FrontMatterEnd = matter.Data, matter.Start, matter.End
		tree.Root.Children = append(tree.Root.Children, &document.Block{
			Kind: document.KindFrontMatter, Start: matter.Start, End: outline.TrimRight(source, matter.Start, matter.End),
		})
		c.base = matter.End
	} else if len(source) >= 3 && string(source[:3]) == "\xef\xbb\xbf" {
		c.base = 3
	}
	body := source[c.base:]
	c.source = body
	ctx := parser.NewContext()
	c.ends = make(ends)
	ctx.Set(endsKey, c.ends)
	root := p.inner.Parse(text.NewReader(body), parser.WithContext(ctx))
	tree.Root.Children = append(tree.Root.Children, c.children(root)...)
	outline.Settle(tree.Root, len(source))
	return tree
}
