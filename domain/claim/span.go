package claim

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

var (
	flagToken     = regexp.MustCompile(`^--?[A-Za-z][A-Za-z0-9]*(?:[._-][A-Za-z0-9]+)*$`)
	variableToken = regexp.MustCompile(`^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$`)
	variableUse   = regexp.MustCompile(`\$(?:\{([A-Z][A-Z0-9_]{2,})(?::?[-=?+]([^}]*))?\}|([A-Z][A-Z0-9_]{2,}))`)
	portToken     = regexp.MustCompile(`^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])?:(\d{2,5})$`)
	routeToken    = regexp.MustCompile(`^/[A-Za-z0-9_.~:{}<>*$@=%+-]+(?:/[A-Za-z0-9_.~:{}<>*$@=%+-]*)*(?:\?\S*)?$`)
	methodRoute   = regexp.MustCompile(`^(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)\s+(/\S*)$`)
	symbolToken   = regexp.MustCompile(`^[*&]?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?:\([^()]*\))?$`)
	receiverToken = regexp.MustCompile(`^\(\*?[A-Za-z_]\w*\)\.[A-Za-z_]\w*(?:\([^()]*\))?$`)
	keyToken      = regexp.MustCompile(`^[a-z][a-zA-Z0-9_-]*(?:\[\])?(?:\.[a-zA-Z_<*][a-zA-Z0-9_<>*-]*(?:\[\])?)+$`)
	keyValue      = regexp.MustCompile(`^([a-z][\w-]*(?:\.[\w-]+)*): \S`)
	pathSegment   = regexp.MustCompile(`^[A-Za-z0-9_.@+-]+$`)
	camelToken    = regexp.MustCompile(`^[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+$`)
)

// extensions of files that a repository holds. Never written.
var extensions = map[string]bool{
	".go": true, ".py": true, ".js": true, ".ts": true, ".tsx": true, ".jsx": true, ".java": true, ".rs": true, ".rb": true, ".c": true, ".h": true,
	".cpp": true, ".cc": true, ".sh": true, ".md": true, ".rst": true, ".adoc": true, ".yaml": true, ".yml": true, ".json": true, ".toml": true,
	".proto": true, ".sql": true, ".mod": true, ".sum": true, ".tf": true, ".html": true, ".css": true, ".tmpl": true, ".txt": true, ".mk": true,
	".service": true, ".xml": true, ".ini": true, ".cfg": true, ".conf": true, ".jsonnet": true, ".libsonnet": true, ".y": true, ".l": true,
}

// span reads code within running text.
func (r *reader) span(start, end int, s spot) {
	start, end = r.trimmed(start, end)
	text := r.content[start:end]
	if len(text) == 0 || len(text) > 400 {
		return
	}
	if bytes.ContainsAny(text, " \t\n") {
		r.phrase(start, end, s)
		return
	}
	r.token(start, end, s)
}

// phrase reads code of several words.
func (r *reader) phrase(start, end int, s spot) {
	text := r.content[start:end]
	switch {
	case methodRoute.Match(text):
		r.add(code.Endpoint, string(text), start, end, s)
	case text[0] == '-':
		r.optionNames(start, end, s)
	case keyValue.Match(text):
		m := keyValue.FindSubmatchIndex(text)
		r.add(code.Key, string(text[m[2]:m[3]]), start, start+m[3], s)
	default:
		r.commands(start, end, s, true)
	}
}

// optionNames reads "-p, --port <number>": the flags, not what they are given.
func (r *reader) optionNames(start, end int, s spot) {
	for _, w := range words(r.content, start, end) {
		word := bytes.TrimRight(r.content[w.start:w.end], ",|")
		if len(word) == 0 || word[0] != '-' {
			continue
		}
		r.flag(w.start, w.start+len(word), "", s)
	}
}

// flag reads one option with or without its value.
func (r *reader) flag(start, end int, program string, s spot) *Claim {
	name, _, _ := bytes.Cut(r.content[start:end], []byte("="))
	name, _, _ = bytes.Cut(name, []byte("["))
	if !flagToken.Match(name) {
		return nil
	}
	if len(name) == 2 && program == "" && s.place != Table { // -v of whatever
		return nil
	}
	c := r.add(code.Flag, string(name), start, start+len(name), s)
	if c != nil {
		c.Command = program
		if reason := foreignProgram(program); reason != "" {
			c.blame(reason)
		}
	}
	return c
}

// token reads one word of code.
func (r *reader) token(start, end int, s spot) {
	text := string(r.content[start:end])
	switch {
	case text[0] == '-':
		r.flag(start, end, "", s)
	case text[0] == '$':
		r.uses(start, end, "", s)
	case variableToken.MatchString(text):
		r.add(code.Variable, text, start, end, s)
	case assigned(text) != "":
		r.add(code.Variable, assigned(text), start, start+len(assigned(text)), s)
	case strings.Contains(text, "://"):
		r.url(start, end, "", s)
	case portToken.MatchString(text):
		r.add(code.Port, text, start, end, s)
	case text[0] == '/':
		r.rooted(start, end, text, s)
	case strings.Contains(text, "/"):
		r.path(start, end, text, s)
	case extensions[path.Ext(text)] && pathSegment.MatchString(text) || text == "Makefile" || text == "Dockerfile":
		r.add(code.File, text, start, end, s)
	default:
		r.name(start, end, text, s)
	}
}

// assigned returns the variable of VAR=value; empty when text is none.
func assigned(text string) string {
	name, _, found := strings.Cut(text, "=")
	if found && variableToken.MatchString(name) {
		return name
	}
	return ""
}

// uses reads the variables that $X and ${X:-d} mean.
func (r *reader) uses(start, end int, program string, s spot) {
	text := r.content[start:end]
	for _, m := range variableUse.FindAllSubmatchIndex(text, -1) {
		from, to := m[2], m[3]
		if from < 0 {
			from, to = m[6], m[7]
		}
		if c := r.add(code.Variable, string(text[from:to]), start+from, start+to, s); c != nil {
			c.Command = program
		}
	}
}

// rooted reads a word that begins with a slash: a route, or a file of the system.
func (r *reader) rooted(start, end int, text string, s spot) {
	if !routeToken.MatchString(text) {
		return
	}
	c := r.add(code.Endpoint, text, start, end, s)
	if systemPath(text) || extensions[path.Ext(text)] {
		c.blame("The path is a file of the reader's system.")
	}
}

func (r *reader) path(start, end int, text string, s spot) {
	if !pathLike(strings.TrimPrefix(text, "./")) {
		return
	}
	r.add(code.File, text, start, end, s)
}

// pathLike reports whether text spells a path below a root, not an import path,
// a fraction or a media type.
func pathLike(text string) bool {
	parts := strings.Split(strings.TrimSuffix(text, "/"), "/")
	for i, p := range parts {
		if !pathSegment.MatchString(p) || strings.Contains(p, "...") || strings.Contains(p, "@") {
			return false
		}
		if i == 0 && len(parts) > 1 && (mediaTypes[p] || strings.Contains(p[1:], ".")) {
			return false
		}
	}
	return !digitsOnly(parts[len(parts)-1])
}

func digitsOnly(s string) bool { return strings.Trim(s, "0123456789.") == "" }

// name reads a symbol or a key of the configuration.
func (r *reader) name(start, end int, text string, s spot) {
	switch {
	case receiverToken.MatchString(text):
		r.add(code.Symbol, text, start, end, s)
	case symbolToken.MatchString(text) && (strings.HasSuffix(text, ")") || qualified(text)):
		r.add(code.Symbol, text, start, end, s)
	case keyToken.MatchString(text) && !hostOrFile(text):
		r.add(code.Key, text, start, end, s)
	case camelToken.MatchString(text):
		r.add(code.Symbol, text, start, end, s)
	}
}

// qualified reports whether text is a.B or A.b: a name within another, of which
// one is exported.
func qualified(text string) bool {
	head, tail, found := strings.Cut(text, ".")
	return found && (upper(tail) || upper(head))
}

func upper(s string) bool { return s != "" && s[0] >= 'A' && s[0] <= 'Z' }
