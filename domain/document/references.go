package document

import (
	"net/url"
	"path"
	"regexp"
	"strings"
)

// MaxReferences is how many references are read out of one document at most.
const MaxReferences = 1000

// Reference is something that a content points at.
type Reference struct {
	// ID is the document id that is named; empty when Path or URL tell the end.
	ID string
	// Path is the path that is linked to, from the root of the collection, as
	// metadata.path spells it; without a fragment.
	Path string
	// URL is an absolute http or https address.
	URL string
	// Certain is false for what is a reference only if there is such a document:
	// #name and @name are headings, issues and people as well.
	Certain bool
}

// Relation returns the type and the strength of the relation that the reference makes.
func (r Reference) Relation() (kind string, strength float64) {
	switch {
	case r.URL != "":
		return ExternalReference, 0.6
	case r.Path != "":
		return LinksTo, 0.8
	}
	return References, 0.8
}

var (
	mention = regexp.MustCompile(`(^|[^\pL\pN_/&.:-])(doc:|#|@)([\pL\pN_][\pL\pN_./:-]*)`)
	address = regexp.MustCompile(`https?://[^\s<>"'\x60\\^{|}]+`)
)

// ReadReferences returns what a document points at, each once, in the order of
// the content: links and images of its markup, and in running text doc:ID, #ID,
// @ID and addresses. Code is not read. Links to paths are resolved against
// metadata.path. A nil tree means plain text. At most MaxReferences are returned.
func ReadReferences(d State, tree *Tree) []Reference {
	r := referenceReader{content: []byte(d.Content), base: d.Metadata.Text("path"), seen: map[Reference]bool{}}
	if tree == nil {
		r.text(d.Content)
	} else {
		r.block(tree.Root)
	}
	return r.found
}

type referenceReader struct {
	content []byte
	base    string
	seen    map[Reference]bool
	found   []Reference
}

// block reads a node that holds blocks or inline nodes.
func (r *referenceReader) block(b *Block) {
	var running strings.Builder
	for _, child := range b.Children {
		r.inline(child, &running)
	}
	r.text(running.String())
}

// inline reads a child and adds what it says to the running text around it.
func (r *referenceReader) inline(b *Block, running *strings.Builder) {
	switch b.Kind {
	case KindText:
		if b.Text != "" {
			running.WriteString(b.Text)
		} else {
			running.Write(b.Source(r.content))
		}
	case KindLink, KindAutolink, KindImage, KindInlineHTML:
		r.target(b.Target)
		running.WriteByte(' ')
	case KindEmphasis, KindStrong, KindDeleted:
		for _, child := range b.Children {
			r.inline(child, running)
		}
	case KindCode, KindCodeSpan, KindComment, KindFrontMatter, KindDefinition, KindAnchor, KindHTML:
		running.WriteByte(' ')
	default:
		r.block(b)
	}
}

// text reads running text.
func (r *referenceReader) text(text string) {
	for _, place := range address.FindAllStringIndex(text, -1) {
		r.address(trimAddress(text[place[0]:place[1]]))
	}
	text = address.ReplaceAllString(text, " ")
	for _, m := range mention.FindAllStringSubmatch(text, -1) {
		r.add(Reference{ID: strings.TrimRight(m[3], ".:/-"), Certain: m[2] == "doc:"})
	}
}

// trimAddress takes off what ends a sentence and a bracket that was opened
// before the address.
func trimAddress(text string) string {
	for {
		trimmed := strings.TrimRight(text, ".,;:!?*_")
		if strings.HasSuffix(trimmed, ")") && strings.Count(trimmed, ")") > strings.Count(trimmed, "(") {
			trimmed = trimmed[:len(trimmed)-1]
		}
		if strings.HasSuffix(trimmed, "]") && strings.Count(trimmed, "]") > strings.Count(trimmed, "[") {
			trimmed = trimmed[:len(trimmed)-1]
		}
		if trimmed == text {
			return text
		}
		text = trimmed
	}
}

// target reads where a link leads.
func (r *referenceReader) target(text string) {
	if id, ok := strings.CutPrefix(text, "doc:"); ok {
		if plain, err := url.PathUnescape(id); err == nil {
			id = plain
		}
		r.add(Reference{ID: id, Certain: true})
		return
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Opaque != "":
	case u.Scheme == "http" || u.Scheme == "https":
		r.address(text)
	case u.Scheme == "" && u.Host == "" && u.Path != "":
		r.path(u.Path)
	}
}

func (r *referenceReader) address(text string) {
	if u, err := url.Parse(text); err == nil && u.Host != "" && len(text) <= MaxExternal {
		r.add(Reference{URL: text, Certain: true})
	}
}

// path resolves a path against that of the document. What leads out of the
// collection is left out.
func (r *referenceReader) path(target string) {
	resolved := path.Clean(strings.TrimPrefix(target, "/"))
	if !strings.HasPrefix(target, "/") {
		resolved = path.Join(path.Dir(strings.TrimPrefix(r.base, "/")), target)
	}
	if resolved != "." && resolved != ".." && !strings.HasPrefix(resolved, "../") {
		r.add(Reference{Path: resolved, Certain: true})
	}
}

func (r *referenceReader) add(reference Reference) {
	if reference == (Reference{Certain: true}) || len(r.found) == MaxReferences || r.seen[reference] {
		return
	}
	r.seen[reference] = true
	r.found = append(r.found, reference)
}
