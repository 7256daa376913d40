package claim

import (
	"regexp"

	"github.com/docsteward/docsteward/domain/code"
)

// otherJSON is in the file of another program: Kubernetes, npm, TypeScript, editors.
var otherJSON = regexp.MustCompile(`"(?:apiVersion|dependencies|devDependencies|scripts|compilerOptions|\$schema|\$ref|jsonrpc|mcpServers|swagger|openapi)"[ \t]*:`)

// deepest is how far keys are nested at most.
const deepest = 12

// json reads the keys of an object, dotted from its root. It takes what is no JSON
// as well: comments, dots in place of more, commas at ends.
func (r *reader) json(start, end int, s spot) {
	if otherJSON.Match(r.content[start:end]) {
		s.reason = "The block is a file of another program."
	}
	var path []level // of the objects around; those of lists have no key
	key := ""
	for at := start; at < end; {
		switch c := r.content[at]; c {
		case '"':
			from := at + 1
			at = r.stringEnd(from, end)
			if next := r.past(at+1, end); next < end && r.content[next] == ':' {
				key = string(r.content[from:at])
				if len(path) > 0 && len(path) <= deepest && name(key) {
					r.add(code.Key, dotted(append(path[:len(path):len(path)], level{key: key})), from, at, s)
				}
			}
			at++
		case '{', '[':
			path = append(path, level{key: key})
			key = ""
			at++
		case '}', ']':
			path, key = path[:max(0, len(path)-1)], ""
			at++
		case ',':
			key = ""
			at++
		case '/', '#':
			if c == '#' || at+1 < end && r.content[at+1] == '/' {
				at = r.lineEnd(at, end)
				continue
			}
			at++
		default:
			at++
		}
	}
}

var keyName = regexp.MustCompile(`^[A-Za-z_][\w-]*$`)

func name(key string) bool { return len(key) < 80 && keyName.MatchString(key) }

// stringEnd is the offset of the quote that ends a text, or the end.
func (r *reader) stringEnd(from, end int) int {
	for at := from; at < end; at++ {
		switch r.content[at] {
		case '\\':
			at++
		case '"', '\n':
			return at
		}
	}
	return end
}

// past is the offset behind blanks.
func (r *reader) past(from, end int) int {
	for from < end && blank(r.content[from]) {
		from++
	}
	return from
}
