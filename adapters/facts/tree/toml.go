package tree

import (
	"strings"
)

// TOML reads tables and "key = value" lines. Arrays and strings may span lines;
// what it does not know it leaves out.
func TOML(source []byte) *Node {
	root := &Node{Line: 1}
	table := root
	line, nodes := 0, 0
	var open *Node // whose value the next lines go on with
	var read value
	for raw := range strings.Lines(string(source)) {
		line++
		trimmed := strings.TrimSpace(raw)
		if open != nil {
			if read.add(raw) {
				open.set(read.text.String())
				open = nil
			}
			continue
		}
		if trimmed == "" || trimmed[0] == '#' {
			continue
		}
		if nodes++; nodes > mostNodes {
			break
		}
		if trimmed[0] == '[' {
			table = root.header(trimmed, line)
			continue
		}
		key, text, ok := strings.Cut(trimmed, "=")
		if !ok {
			continue
		}
		n := table.descend(keys(key), line)
		n.Line = line
		if read = (value{}); read.add(text + "\n") {
			n.set(read.text.String())
		} else {
			open = n
		}
	}
	return root
}

// header returns the node of [a.b], or a new element of [[a.b]].
func (n *Node) header(text string, line int) *Node {
	name := strings.Trim(strings.SplitN(text, "#", 2)[0], "[] \t")
	at := n.descend(keys(name), line)
	if !strings.HasPrefix(text, "[[") {
		return at
	}
	at.List = true
	element := &Node{Line: line}
	at.Fields = append(at.Fields, element)
	return element
}

// keys splits a.b."c.d".
func keys(name string) []string {
	var parts []string
	var b strings.Builder
	quote := rune(0)
	for _, r := range strings.TrimSpace(name) {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote = r
		case quote == 0 && r == '.':
			parts = append(parts, strings.TrimSpace(b.String()))
			b.Reset()
		default:
			b.WriteRune(r)
		}
	}
	return append(parts, strings.TrimSpace(b.String()))
}

// descend returns the node under the keys, which it makes where there is none. In
// a list it goes on in the last element.
func (n *Node) descend(names []string, line int) *Node {
	for _, name := range names[:min(len(names), deepest)] {
		if n.List && len(n.Fields) > 0 {
			n = n.Fields[len(n.Fields)-1]
		}
		next := n.field(name)
		if next == nil {
			next = &Node{Key: name, Line: line}
			n.Fields = append(n.Fields, next)
		}
		n = next
	}
	return n
}

// value is one that may go on with the next lines.
type value struct {
	text  strings.Builder
	mark  string // of a string over several lines
	depth int    // of the brackets that are open
}

// add reads one more line; true when the value ends with it.
func (v *value) add(line string) bool {
	if v.text.Len() == 0 {
		line = strings.TrimLeft(line, " \t")
		for _, mark := range []string{`"""`, `'''`} {
			if strings.HasPrefix(line, mark) {
				v.mark = mark
				v.text.WriteString(mark)
				line = line[len(mark):]
			}
		}
		if v.mark == "" && !strings.HasPrefix(line, "[") && !strings.HasPrefix(line, "{") {
			v.text.WriteString(line)
			return true
		}
	}
	v.text.WriteString(line)
	if v.mark != "" {
		return strings.Contains(line, v.mark)
	}
	quote := byte(0)
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quote != 0:
			if c == '\\' && quote == '"' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '#':
			return v.depth <= 0
		case c == '[' || c == '{':
			v.depth++
		case c == ']' || c == '}':
			v.depth--
		}
	}
	return v.depth <= 0
}

// set reads a value into the node.
func (n *Node) set(value string) {
	value = strings.TrimSpace(value)
	switch {
	case value == "":
	case value[0] == '"' || value[0] == '\'':
		n.Text, n.Scalar = quotedText(value), true
	case value[0] == '[' || value[0] == '{':
		n.List = value[0] == '['
		n.items(value)
	default:
		value, _, _ = strings.Cut(value, "#")
		n.Text, n.Scalar = strings.TrimSpace(value), true
	}
}

func quotedText(value string) string {
	for _, mark := range []string{`"""`, `'''`} {
		if strings.HasPrefix(value, mark) {
			text, _, _ := strings.Cut(value[3:], mark)
			return strings.TrimPrefix(text, "\n")
		}
	}
	quote := value[0]
	for i := 1; i < len(value); i++ {
		if value[i] == '\\' && quote == '"' {
			i++
		} else if value[i] == quote {
			return strings.NewReplacer(`\"`, `"`, `\\`, `\`, `\n`, "\n", `\t`, "\t").Replace(value[1:i])
		}
	}
	return value[1:]
}

// items reads the elements of an array, or of a table in braces.
func (n *Node) items(value string) {
	depth, quote, from := 0, byte(0), 1
	add := func(text string) {
		text = strings.TrimSpace(text)
		for strings.HasPrefix(text, "#") {
			_, text, _ = strings.Cut(text, "\n")
			text = strings.TrimSpace(text)
		}
		if text == "" {
			return
		}
		item := &Node{Line: n.Line}
		if !n.List {
			key, rest, ok := strings.Cut(text, "=")
			if !ok {
				return
			}
			item = n.descend(keys(key), n.Line)
			text = rest
		} else {
			n.Fields = append(n.Fields, item)
		}
		item.set(text)
	}
	for i := 0; i < len(value); i++ {
		c := value[i]
		switch {
		case quote != 0:
			if c == '\\' && quote == '"' {
				i++
			} else if c == quote || c == '\n' {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '[' || c == '{':
			if depth++; depth > deepest {
				return
			}
		case c == ']' || c == '}':
			if depth--; depth <= 0 {
				add(value[from:i])
				return
			}
		case c == ',' && depth == 1:
			add(value[from:i])
			from = i + 1
		}
	}
}
