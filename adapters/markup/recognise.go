package markup

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/adapters/markup/openapi"
	"github.com/docsteward/docsteward/domain/document"
)

// extensions tells the format by the end of a name. Never written.
var extensions = map[string]string{
	".md": document.FormatMarkdown, ".markdown": document.FormatMarkdown, ".mdown": document.FormatMarkdown,
	".mkd": document.FormatMarkdown, ".mdx": document.FormatMarkdown, ".qmd": document.FormatMarkdown,
	".rst": document.FormatRST, ".rest": document.FormatRST,
	".adoc": document.FormatAsciiDoc, ".asciidoc": document.FormatAsciiDoc, ".asc": document.FormatAsciiDoc,
	".html": document.FormatHTML, ".htm": document.FormatHTML, ".xhtml": document.FormatHTML,
	".txt": document.FormatPlain, ".text": document.FormatPlain, ".log": document.FormatPlain,
}

var (
	markdownSign = regexp.MustCompile("(?m)^(#{1,6} \\S|```|~~~|\\|? *:?-{3,}:? *\\||[*-] \\S|> \\S)|\\]\\([^)\\s]+\\)|\\*\\*\\S")
	rstSign      = regexp.MustCompile("(?m)^\\.\\. [\\w-]+::|^\\.\\. _[^:]+:|`_\\b|^(={4,}|-{4,}|~{4,})\\r?\\n.+\\r?\\n(={4,}|-{4,}|~{4,})\\r?$")
	asciidocSign = regexp.MustCompile(`(?m)^={1,5} \S|^\[\[[\w-]+\]\]\r?$|^\[source`)
	htmlSign     = regexp.MustCompile(`(?i)^\s*(<!doctype html|<html|<head|<body|<\?xml[^>]*>\s*<!doctype html)`)
	setextSign   = regexp.MustCompile(`(?m)^\S.*\r?\n(={3,}|-{3,})\r?$`)
)

// recognise tells the format of a source by the extension of its name, and where
// that tells nothing by what the source looks like; plain when it looks like none.
func recognise(name string, source []byte) string {
	switch extension := strings.ToLower(path.Ext(name)); extension {
	case ".yaml", ".yml", ".json":
		if openapi.Recognises(source) {
			return document.FormatOpenAPI
		}
		return document.FormatPlain
	default:
		if format, ok := extensions[extension]; ok {
			return format
		}
	}
	head := source[:min(len(source), 16<<10)]
	for _, sign := range []struct {
		format string
		seen   bool
	}{
		{document.FormatOpenAPI, openapi.Recognises(head)},
		{document.FormatHTML, htmlSign.Match(head)},
		{document.FormatAsciiDoc, asciidocSign.Match(head)},
		{document.FormatRST, rstSign.Match(head)},
		{document.FormatMarkdown, markdownSign.Match(head) || setextSign.Match(head) || bytes.HasPrefix(head, []byte("---\n"))},
	} {
		if sign.seen {
			return sign.format
		}
	}
	return document.FormatPlain
}
