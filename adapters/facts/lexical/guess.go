package lexical

import (
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// GuessText adds weakly what a text looks like: a flag, a variable or an address.
func (f *Facts) GuessText(line int, text string) {
	if strings.HasPrefix(text, "--") {
		if name, ok := DashedFlag(text); ok {
			f.AddWeak(line, code.Flag, name)
		}
		return
	}
	if IsVariableName(text) {
		f.AddWeak(line, code.Variable, text)
		return
	}
	if port, ok := ListenPort(text); ok && len(port) > 1 {
		f.AddWeak(line, code.Port, port)
	}
}

// Flags adds the names of an option as it is spelled for a user: --name, -n, or
// --name/--no-name, each with the value when known. It reports how many.
func (f *Facts) Flags(line int, spelled []string, value string, known bool, scope string) int {
	added := 0
	for _, text := range spelled {
		for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '/' || r == ',' || r == ' ' || r == '|' }) {
			name, _, _ := strings.Cut(strings.TrimLeft(part, "-"), "=")
			if part[0] == '-' && IsFlagName(name) {
				negated := strings.HasPrefix(name, "no-") && strings.Contains(text, "/")
				f.AddKnown(line, code.Flag, name, value, known && !negated, scope)
				added++
			}
		}
	}
	return added
}

// PortText adds the port in a value that a name says is a port or an address.
func (f *Facts) PortText(line int, name, text string) {
	port, ok := ListenPort(text)
	if !ok && SaysPort(name) {
		port, ok = PortNumber(text)
	}
	if ok && (SaysAddress(name) || strings.HasPrefix(text, ":")) {
		f.Add(line, code.Port, port, name)
	}
}
