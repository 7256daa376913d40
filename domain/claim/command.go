package claim

import (
	"path"
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

var (
	subcommand  = regexp.MustCompile(`^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$`)
	programName = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9._+-]*$`)
	assignment  = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_]*)\+?=`)
	target      = regexp.MustCompile(`^[a-zA-Z][\w./-]*$`)
	imageName   = regexp.MustCompile(`^(?:[a-z0-9.-]+(?::\d+)?/)*([a-z0-9._-]+)(?::[\w.-]+)?(?:@sha256:\w+)?$`)
)

// prefixes are words before the program that a command runs. Never written.
var prefixes = setOf(`sudo exec time nohup env command then do if ! else while until nice setsid \ doas`)

// line is one command: its words, and what is known of it.
type line struct {
	words []word
	s     spot
	// names tells that words behind the program may be its subcommands.
	names bool
}

// commands reads the commands of a range. Words behind a program count as its
// subcommands when names is set.
func (r *reader) commands(start, end int, s spot, names bool) {
	all := words(r.content, start, end)
	for len(all) > 0 {
		n := 1
		for n < len(all) && !all[n].ends {
			n++
		}
		r.command(line{words: all[:n], s: s, names: names})
		all = all[n:]
	}
}

func (r *reader) word(w word) string { return string(r.content[w.start:w.end]) }

// bare is a word without its quotes.
func (r *reader) bare(w word) string { return strings.Trim(r.word(w), `"'`) }

func (r *reader) command(l line) {
	for len(l.words) > 0 {
		text := r.word(l.words[0])
		switch {
		case text == "$" || text == "%" || text == ">" || prefixes[text]:
		case text == "export" || text == "set" || text == "setx":
			r.exports(l)
			return
		case assignment.MatchString(text):
			r.assigns(l)
		default:
			r.program(l)
			return
		}
		l.words = l.words[1:]
	}
}

// exports reads "export X=y Z".
func (r *reader) exports(l line) {
	for _, w := range l.words[1:] {
		name, _, _ := strings.Cut(r.word(w), "=")
		if variableToken.MatchString(name) {
			r.add(code.Variable, name, w.start, w.start+len(name), l.s)
		}
	}
}

// assigns reads the "X=y" before a program, which is then whom it is given to.
func (r *reader) assigns(l line) {
	w := l.words[0]
	name, _, _ := strings.Cut(r.word(w), "=")
	if !variableToken.MatchString(name) {
		return
	}
	c := r.add(code.Variable, name, w.start, w.start+len(name), l.s)
	for _, next := range l.words[1:] {
		if text := r.word(next); !assignment.MatchString(text) && !prefixes[text] {
			if c != nil {
				c.Command = r.programOf(text)
			}
			return
		}
	}
	r.set[name] = true
}

// programOf is the name of the program that the first word of a command runs;
// empty when it is not a name.
func (r *reader) programOf(text string) string {
	name := strings.TrimSuffix(path.Base(strings.ReplaceAll(strings.Trim(text, `"'`), `\`, "/")), ".exe")
	if !programName.MatchString(name) {
		return ""
	}
	return name
}

func (r *reader) program(l line) {
	name := r.programOf(r.word(l.words[0]))
	if name == "" {
		return
	}
	first, rest := l.words[0], l.words[1:]
	if strings.HasPrefix(r.word(first), "./") && strings.Count(r.word(first), "/") > 1 {
		r.path(first.start, first.end, r.word(first), l.s)
	}
	own := len(rest) // how many of the words are for the program itself
	switch name {
	case "docker", "podman", "nerdctl":
		own -= len(r.container(rest, l))
	case "kubectl", "oc", "docker-compose":
		r.behindDashes(rest, l)
	case "go":
		own -= len(r.goRun(rest, l))
	case "make", "gmake":
		r.targets(rest, l.s)
	case "curl", "wget", "http":
		r.request(rest, l.s)
	case "bash", "sh", "source", ".", "python", "python3", "cp":
		r.scripts(rest, l.s)
	}
	r.arguments(name, first, rest[:own], l)
}

// arguments reads the subcommand, the options and the variables of a program.
func (r *reader) arguments(name string, first word, rest []word, l line) {
	if l.names && !programs[name] {
		n := 0
		for n < len(rest) && n < 3 && subcommand.MatchString(r.word(rest[n])) {
			n++
		}
		if n > 0 {
			command := name
			for _, w := range rest[:n] {
				command += " " + r.word(w)
			}
			if c := r.add(code.Command, command, first.start, rest[n-1].end, l.s); c != nil {
				c.Command = name
			}
		}
	}
	for _, w := range rest {
		text := r.word(w)
		if text == "--" {
			break
		}
		if text[0] == '-' {
			r.flag(w.start, w.end, name, l.s)
		}
		if strings.Contains(text, "$") {
			r.uses(w.start, w.end, "", l.s)
		}
	}
}

// behindDashes reads the command that is run elsewhere, behind "--".
func (r *reader) behindDashes(rest []word, l line) {
	for i, w := range rest {
		if r.word(w) == "--" && i+1 < len(rest) {
			r.command(line{words: rest[i+1:], s: l.s, names: l.names})
			return
		}
	}
}

// goRun reads "go run ./cmd/x --flag" as a run of x, and returns its words.
func (r *reader) goRun(rest []word, l line) []word {
	if len(rest) < 2 || r.word(rest[0]) != "run" {
		return nil
	}
	for i, w := range rest[1:] {
		text := r.word(w)
		if text[0] == '-' {
			continue
		}
		if strings.HasPrefix(text, "./") && len(text) > 2 {
			r.path(w.start, w.end, text, l.s)
		}
		if name := r.programOf(strings.TrimSuffix(text, ".go")); name != "" {
			r.arguments(name, w, rest[i+2:], l)
		}
		return rest[i+1:]
	}
	return nil
}

// targets reads what make is asked to make, in the folder where it stands.
func (r *reader) targets(rest []word, s spot) {
	for _, w := range rest {
		if text := r.word(w); text == "-C" || text == "-f" || strings.HasPrefix(text, "-C") || strings.HasPrefix(text, "--") {
			return
		}
	}
	for _, w := range rest {
		if text := r.word(w); target.MatchString(text) {
			r.add(code.Target, text, w.start, w.end, s)
		}
	}
}
