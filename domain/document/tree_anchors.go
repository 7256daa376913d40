package document

import (
	"strconv"
	"strings"
	"unicode"
)

// Anchor is a place within a document that links can lead to.
type Anchor struct {
	// Name is the fragment of a link that leads here, without "#".
	Name string
	// Block is the heading, anchor or tag of HTML that carries the name.
	Block *Block
}

// Anchors returns the anchors of a document, in order: explicit ones, and for a
// heading without one the name that the format's usual renderer makes: GitHub's
// for Markdown (repeated names get "-1", "-2", …), Docutils' for reStructuredText,
// Asciidoctor's for AsciiDoc. HTML has explicit ones only.
func (t *Tree) Anchors(content []byte) []Anchor {
	var anchors []Anchor
	taken := make(map[string]int)
	t.Walk(func(b *Block) bool {
		switch {
		case b.Label != "" && (b.Kind == KindAnchor || b.Kind == KindHeading || b.Kind == KindInlineHTML):
			taken[b.Label] = max(taken[b.Label], 1)
			anchors = append(anchors, Anchor{b.Label, b})
		case b.Kind == KindHeading:
			if name := t.headingName(b, content); name != "" {
				anchors = append(anchors, Anchor{unique(name, t.separator(), taken), b})
			}
		}
		return true
	})
	return anchors
}

func (t *Tree) headingName(b *Block, content []byte) string {
	w := textWriter{content: content, skipImages: true}
	w.write(b)
	text := w.out.String()
	switch t.Format {
	case FormatHTML:
		return ""
	case FormatRST:
		return hyphenated(text)
	case FormatAsciiDoc:
		if name := strings.ReplaceAll(hyphenated(text), "-", "_"); name != "" {
			return "_" + name
		}
		return ""
	}
	return Slug(text)
}

// separator stands between a repeated name and its number.
func (t *Tree) separator() string {
	if t.Format == FormatAsciiDoc {
		return "_"
	}
	return "-"
}

// Slug returns the anchor that GitHub gives to a heading with this text: in lower
// case, spaces as hyphens, and of punctuation only hyphens and underscores.
func Slug(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range strings.TrimSpace(text) {
		switch {
		case r == ' ' || r == '\n' || r == '\t':
			b.WriteByte('-')
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || unicode.Is(unicode.Pc, r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// hyphenated keeps letters and digits and puts one hyphen for what lies between.
func hyphenated(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	return strings.Join(words, "-")
}

// unique numbers a repeated name. The first number is 1 for GitHub and Docutils,
// and 2 for Asciidoctor.
func unique(name, separator string, taken map[string]int) string {
	count, seen := taken[name]
	if !seen {
		taken[name] = 1
		return name
	}
	if separator == "_" && count == 1 {
		count = 2
	}
	for ; ; count++ {
		candidate := name + separator + strconv.Itoa(count)
		if _, used := taken[candidate]; !used {
			taken[name], taken[candidate] = count+1, 1
			return candidate
		}
	}
}
