package html

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"

	"github.com/docsteward/docsteward/domain/document"
)

// Fragment returns what a piece of raw HTML within another markup says: its text,
// its comments, and those of its tags that link or can be linked to.
func Fragment(source []byte, start, end int) []*document.Block {
	var nodes []*document.Block
	z := html.NewTokenizer(bytes.NewReader(source[start:end]))
	for at := start; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return nodes
		}
		from := at
		at += len(z.Raw())
		switch kind {
		case html.TextToken:
			if text := source[from:at]; len(bytes.TrimSpace(text)) > 0 {
				nodes = append(nodes, textBlock(source, from, at))
			}
		case html.CommentToken:
			nodes = append(nodes, &document.Block{Kind: document.KindComment, Start: from, End: at})
		case html.StartTagToken, html.SelfClosingTagToken:
			if tag := Tag(source, from, at); tag.Target != "" || tag.Label != "" {
				nodes = append(nodes, tag)
			}
		}
	}
}

// Tag returns the node of one tag: Target is its href or src, Label its id or the
// name of an <a>.
func Tag(source []byte, start, end int) *document.Block {
	b := &document.Block{Kind: document.KindInlineHTML, Start: start, End: end}
	z := html.NewTokenizer(bytes.NewReader(source[start:end]))
	if kind := z.Next(); kind == html.StartTagToken || kind == html.SelfClosingTagToken {
		describe(z, b)
	}
	return b
}

// describe reads the attributes of the current tag into the block and returns the
// name of the tag and its class.
func describe(z *html.Tokenizer, b *document.Block) (tag, class string) {
	name, more := z.TagName()
	tag = string(name)
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "href", "src":
			if tag != "script" && tag != "link" && b.Target == "" {
				b.Target = strings.TrimSpace(string(value))
			}
		case "id":
			b.Label = string(value)
		case "name":
			if tag == "a" && b.Label == "" {
				b.Label = string(value)
			}
		case "class":
			class = string(value)
		}
	}
	return tag, class
}

// textBlock is a text whose entities are decoded and whose edges are trimmed.
func textBlock(source []byte, start, end int) *document.Block {
	b := &document.Block{Kind: document.KindText, Start: start, End: end}
	if raw := source[start:end]; bytes.IndexByte(raw, '&') >= 0 {
		if text := html.UnescapeString(string(raw)); text != string(raw) {
			b.Text = text
		}
	}
	return b
}
