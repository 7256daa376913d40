package claim

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

var (
	yamlLine   = regexp.MustCompile(`^([ \t]*)((?:- )*)["']?([A-Za-z_][\w.-]*)["']?:(?:[ \t]+(.*))?$`)
	listedEnv  = regexp.MustCompile(`^[ \t]*-[ \t]+["']?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)=`)
	schemaLine = regexp.MustCompile(`^([ \t]*)\[?[ \t]*(?:- )?([a-z_][a-z0-9_]*):.*<[a-z_]+>.*?(?:\|[ \t]*default[ \t]*=[ \t]*([^\]]*?)[ \t]*\]?)?$`)
	iniSection = regexp.MustCompile(`^[ \t]*\[+([\w.-]+)\]+[ \t]*$`)
	iniLine    = regexp.MustCompile(`^[ \t]*([A-Za-z_][\w.-]*)[ \t]*=`)
	// otherYAML opens the file of another program: Kubernetes, compose, pipelines.
	otherYAML = regexp.MustCompile(`(?m)^(?:apiVersion|kind|services|jobs|on|repos|steps|pipeline|stages|image|language|name|version|spec|metadata|openapi|swagger|tasks):`)
)

// level is a key whose mapping is open.
type level struct {
	indent int
	key    string
}

// yaml reads the keys of a configuration, dotted from the root of the block.
func (r *reader) yaml(start, end int, s spot) {
	if otherYAML.Match(r.content[start:end]) && s.reason == "" {
		s.reason = "The block is a file of another program."
	}
	var open []level
	literal := -1 // the indent of the key whose text block is open
	for from := start; from < end; {
		to := r.lineEnd(from, end)
		text := bytes.TrimRight(r.content[from:to], "\r\n")
		indent := len(text) - len(bytes.TrimLeft(text, " \t"))
		switch {
		case len(bytes.TrimSpace(text)) == 0:
		case literal >= 0 && indent > literal:
		case bytes.HasPrefix(text, []byte("---")):
			open, literal = open[:0], -1
		default:
			literal = -1
			open = r.yamlLine(from, text, open, s, &literal)
		}
		from = to
	}
}

func (r *reader) yamlLine(from int, text []byte, open []level, s spot, literal *int) []level {
	if m := listedEnv.FindSubmatchIndex(text); m != nil {
		s.reason = ""
		r.add(code.Variable, string(text[m[2]:m[3]]), from+m[2], from+m[3], s)
		return open
	}
	name, indent, value, at := []byte(nil), 0, []byte(nil), 0
	stated, described := false, false
	if m := schemaLine.FindSubmatchIndex(text); m != nil {
		name, indent, at, described = text[m[4]:m[5]], m[3], m[4], true
		if m[6] >= 0 {
			value, stated = text[m[6]:m[7]], true
		}
	} else if m := yamlLine.FindSubmatchIndex(text); m != nil {
		name, indent, at = text[m[6]:m[7]], m[5], m[6]
		if m[8] >= 0 && (bytes.HasPrefix(text[m[8]:], []byte("|")) || bytes.HasPrefix(text[m[8]:], []byte(">"))) {
			*literal = indent
		}
	}
	if name == nil {
		return open
	}
	for len(open) > 0 && open[len(open)-1].indent >= indent {
		open = open[:len(open)-1]
	}
	open = append(open, level{indent, string(name)})
	if upper(string(name)) && strings.ToUpper(string(name)) == string(name) {
		if !variableToken.Match(name) {
			return open // a name that the writer of the file chose
		}
		s.reason = ""
		r.add(code.Variable, string(name), from+at, from+at+len(name), s)
		return open
	}
	if c := r.add(code.Key, dotted(open), from+at, from+at+len(name), s); c != nil {
		c.Described = described
		if stated {
			c.Value, c.HasValue = string(value), true
		}
	}
	return open
}

func dotted(open []level) string {
	parts := make([]string, 0, len(open))
	for _, l := range open[max(0, len(open)-deepest):] {
		if l.key != "" {
			parts = append(parts, l.key)
		}
	}
	return strings.Join(parts, ".")
}

// ini reads "[section]" and "key = value".
func (r *reader) ini(start, end int, s spot) {
	section := ""
	for from := start; from < end; {
		to := r.lineEnd(from, end)
		text := bytes.TrimRight(r.content[from:to], "\r\n")
		if m := iniSection.FindSubmatch(text); m != nil {
			section = string(m[1]) + "."
		} else if m := iniLine.FindSubmatchIndex(text); m != nil {
			name := string(text[m[2]:m[3]])
			if variableToken.MatchString(name) {
				r.add(code.Variable, name, from+m[2], from+m[3], s)
			} else {
				r.add(code.Key, section+name, from+m[2], from+m[3], s)
			}
		}
		from = to
	}
}
