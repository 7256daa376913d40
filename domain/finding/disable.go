package finding

import (
	"regexp"
	"slices"
	"strings"
)

// Disables are the places in which a document switches rules off in comments.
type Disables struct{ ranges []disabled }

// disabled is a range of lines, both inclusive, in which rules are off; no rules
// means all.
type disabled struct {
	from, to int
	rules    []string
}

// directive finds comments such as <!-- docsteward-disable-next-line broken-link -->
// in any markup, and those of markdownlint.
var directive = regexp.MustCompile(`(?:docsteward|markdownlint)-(disable-next-line|disable-line|disable-file|disable|enable)\b([^\n>]*)`)

// lastLine stands for the end of a document.
const lastLine = 1 << 30

// ReadDisables finds the directives of a document. Names are resolved by the
// catalogue; those that it does not know switch nothing.
func ReadDisables(content []byte, catalogue *Catalogue) *Disables {
	d := &Disables{}
	if !directive.Match(content) {
		return d
	}
	for i, line := range strings.Split(string(content), "\n") {
		match := directive.FindStringSubmatch(line)
		if match == nil {
			continue
		}
		number, rules := i+1, rulesIn(match[2], catalogue)
		switch match[1] {
		case "disable-file":
			d.ranges = append(d.ranges, disabled{1, lastLine, rules})
		case "disable-line":
			d.ranges = append(d.ranges, disabled{number, number, rules})
		case "disable-next-line":
			d.ranges = append(d.ranges, disabled{number + 1, number + 1, rules})
		case "disable":
			d.ranges = append(d.ranges, disabled{number, lastLine, rules})
		case "enable":
			d.enable(number, rules)
		}
	}
	return d
}

func rulesIn(text string, catalogue *Catalogue) []string {
	var rules []string
	for _, name := range strings.Fields(strings.TrimRight(strings.TrimSpace(text), "-")) {
		if r, ok := catalogue.Find(strings.Trim(name, ",")); ok {
			rules = append(rules, r.ID)
		} else if name != "--" {
			rules = append(rules, "\x00unknown")
		}
	}
	return rules
}

// enable ends the open ranges of the rules, or of all.
func (d *Disables) enable(line int, rules []string) {
	var kept []disabled
	for _, r := range d.ranges {
		if r.to != lastLine || r.from == 1 && len(rules) > 0 && len(r.rules) == 0 {
			kept = append(kept, r)
			continue
		}
		if len(rules) == 0 || len(r.rules) == 0 {
			r.to = line
			kept = append(kept, r)
			continue
		}
		off := slices.DeleteFunc(slices.Clone(r.rules), func(id string) bool { return !slices.Contains(rules, id) })
		still := slices.DeleteFunc(slices.Clone(r.rules), func(id string) bool { return slices.Contains(rules, id) })
		if len(off) > 0 {
			kept = append(kept, disabled{r.from, line, off})
		}
		if len(still) > 0 {
			kept = append(kept, disabled{r.from, lastLine, still})
		}
	}
	d.ranges = kept
}

// Covers reports whether the finding lies where its rule is switched off.
func (d *Disables) Covers(f Finding) bool {
	line := max(f.Line, 1)
	return slices.ContainsFunc(d.ranges, func(r disabled) bool {
		return r.from <= line && line <= r.to && (len(r.rules) == 0 || slices.Contains(r.rules, f.Rule))
	})
}
