package finding

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/document"
)

// definition is a line that defines a link; its label is the first group.
var definition = regexp.MustCompile(`(?m)^ {0,3}\[([^\[\]\n]+)\]:[ \t]*\S`)

// placeholders open what a site generator replaces before it reads the markup.
// Never written.
var placeholders = [][]byte{[]byte("{{"), []byte("{%")}

// TemplateDefinitions returns the labels of the link definitions in a paragraph
// that is one only because a placeholder, such as {{< param version >}}, stands
// in a target: the site generator puts text there first and reads definitions.
// It returns nil for any other paragraph.
func (p *Page) TemplateDefinitions(paragraph *document.Block) []string {
	source := paragraph.Source(p.Content)
	if at := definition.FindIndex(source); at == nil || at[0] != 0 || !holdsPlaceholder(source) {
		return nil
	}
	var labels []string
	for _, m := range definition.FindAllSubmatch(source, -1) {
		labels = append(labels, foldLabel(string(m[1])))
	}
	return labels
}

func holdsPlaceholder(source []byte) bool {
	for _, opening := range placeholders {
		if bytes.Contains(source, opening) {
			return true
		}
	}
	return false
}

// foldLabel spells a label in lower case and with single blanks, as links are
// compared with definitions.
func foldLabel(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), " ")) }
