package claim

import (
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// mentioned is why a name that no fact tells of may be there all the same: the code
// has the word. Empty when it has not, or has it for something else that is known.
func (p *Project) mentioned(c *Claim) string {
	if p.existed(c) {
		return ""
	}
	if c.Kind == code.Key && p.toldElsewhere(c.Name) {
		return "Another module tells which keys there are in this part of the configuration."
	}
	v := p.options.Vocabulary
	if v == nil {
		return ""
	}
	const reason = "The code has the word, though not where its facts are read."
	switch c.Kind {
	case code.Flag:
		if !strings.HasPrefix(c.Written, "--") && len(c.Name) <= 5 && !strings.ContainsAny(c.Name, "-._") {
			return "It is one letter, or several together, that may mean anything."
		}
		if !strings.ContainsAny(c.Name, "-._") {
			if v.Quotes(c.Name) {
				return reason
			}
			return "" // any word may open a text: see support
		}
		if v.composed(c.Name) {
			return composedReason
		}
		if v.Has(c.Name) {
			return reason
		}
		if v.Opens(strings.ReplaceAll(c.Name, "-", "_")) {
			return reason
		}
		tail := c.Name[strings.IndexAny(c.Name, "-._")+1:]
		if v.Opens(tail) || v.Opens(strings.ReplaceAll(tail, "-", "_")) {
			return "The code has the end of the name, of which the flag may be made."
		}
	case code.Command:
		if p.commands[c.Command] < manyCommands && v.Opens(subcommandOf(c.Name)) {
			return reason
		}
	case code.Variable:
		if v.Has(c.Name) {
			return reason
		}
		if v.derived(c.Name) || v.composed(c.Name) {
			return "The code has the end of the name, of which the variable may be made."
		}
		if library := p.libraryOf(c.Name); library != "" {
			return "The name may be one of " + library + ", on which the project builds."
		}
	case code.Symbol:
		if strings.Contains(c.Name, ".") && v.Has(c.Name) {
			return reason
		}
		if _, last, _ := cutLast(c.Name, '.'); v.Declares(last) && !p.index.Has(c.Kind, last) {
			return reason
		}
	case code.Key:
		if strings.Contains(c.Name, ".") && (v.Has(c.Name) || v.composed(c.Name)) {
			return reason
		}
		if _, last, _ := cutLast(c.Name, '.'); v.Has(last) && !p.index.Has(c.Kind, last) {
			return reason
		}
	case code.Target:
		if v.Has(c.Name) && strings.ContainsAny(c.Name, "-._/") || v.Opens(c.Name) {
			return reason
		}
	}
	return ""
}

const composedReason = "The code has the end of the name, and puts it behind what it does not tell."

// manyCommands is from how many known subcommands on a program's are all known.
const manyCommands = 5

// existed reports whether history knows the name.
func (p *Project) existed(c *Claim) bool {
	if p.options.History == nil {
		return false
	}
	_, existed := p.options.History.Existed(c.Kind, c.Name)
	if !existed && c.Kind == code.Command {
		_, existed = p.options.History.Existed(c.Kind, subcommandOf(c.Name))
	}
	return existed
}

// subcommandOf is the word behind the program; the program where there is none.
func subcommandOf(command string) string {
	program, rest, found := strings.Cut(command, " ")
	if !found {
		return program
	}
	rest, _, _ = strings.Cut(rest, " ")
	return rest
}
