package finding

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain"
)

// Rule is something that documents are held to.
type Rule struct {
	// ID is its readable name, such as "broken-link".
	ID string
	// Aliases are names that other tools have for it, such as "MD051".
	Aliases []string
	// Severity is that of its findings unless configured.
	Severity Severity
	// Off rules run only when configured.
	Off bool
	// Doc says in one sentence what is wanted.
	Doc string
}

// Catalogue finds rules by their ids and aliases.
type Catalogue struct {
	rules []Rule
	names map[string]int
}

// NewCatalogue returns a catalogue of the rules. It fails with Internal when two
// share a name.
func NewCatalogue(rules []Rule) (*Catalogue, error) {
	c := &Catalogue{rules: rules, names: make(map[string]int)}
	for i, r := range rules {
		for _, name := range append([]string{r.ID}, r.Aliases...) {
			name = strings.ToLower(name)
			if _, taken := c.names[name]; taken {
				return nil, domain.Internal.New("Two rules are named " + name + ".")
			}
			c.names[name] = i
		}
	}
	return c, nil
}

// Rules returns the rules, in their order.
func (c *Catalogue) Rules() []Rule { return c.rules }

// ids returns the id of every rule.
func (c *Catalogue) ids() []string {
	all := make([]string, len(c.rules))
	for i, r := range c.rules {
		all[i] = r.ID
	}
	return all
}

// Find returns the rule of an id or alias, in any case.
func (c *Catalogue) Find(name string) (Rule, bool) {
	i, ok := c.names[strings.ToLower(name)]
	if !ok {
		return Rule{}, false
	}
	return c.rules[i], true
}

// named returns the rules that an id, an alias, or an id with * for any letters
// names, such as drift-*.
func (c *Catalogue) named(name string) []Rule {
	if r, ok := c.Find(name); ok {
		return []Rule{r}
	}
	if !strings.Contains(name, "*") {
		return nil
	}
	var all []Rule
	for _, r := range c.rules {
		if ok, err := path.Match(strings.ToLower(name), r.ID); ok && err == nil {
			all = append(all, r)
		}
	}
	return all
}

// Config chooses rules and their options. The zero Config is the default.
type Config struct {
	// Enable and Disable list rules by id or alias; Disable may hold "*".
	Enable, Disable []string
	// Severity gives rules, by id or alias, another severity.
	Severity map[string]Severity
	// Ignore lists globs of paths that are not checked, such as "vendor/**".
	Ignore []string
	// Overrides choose rules for paths that match a glob.
	Overrides []Override
	// MaxLineLength is for line-length; 0 means 80 characters.
	MaxLineLength int
	// ListIndent is for list-indent; 0 means 2 spaces.
	ListIndent int
	// MaxSentenceWords is for long-sentence; 0 means 45 words.
	MaxSentenceWords int
	// MaxGrade is for readability; 0 means grade 18.
	MaxGrade float64
	// StaleDays is for stale-document; 0 means 730 days.
	StaleDays int
	// Terms maps the wanted spelling of a term to spellings that are not wanted.
	Terms map[string][]string
}

// Override chooses rules for some paths.
type Override struct {
	// Paths are globs.
	Paths           []string
	Enable, Disable []string
	Severity        map[string]Severity
}

// Check fails with Invalid and names every rule that the catalogue does not know
// and every glob that is malformed.
func (c Config) Check(catalogue *Catalogue) error {
	fault := domain.Invalid.New("The configuration of the rules is not valid.")
	known := func(field string, names []string) {
		for _, name := range names {
			if len(catalogue.named(name)) == 0 {
				fault = fault.WithField(field, "unknown", "names the rule "+name+", which does not exist")
			}
		}
	}
	globs := func(field string, patterns []string) {
		for _, pattern := range patterns {
			if _, err := path.Match(strings.ReplaceAll(pattern, "**", "*"), "x"); err != nil {
				fault = fault.WithField(field, "glob", "holds the malformed pattern "+pattern)
			}
		}
	}
	severities := func(field string, wanted map[string]Severity) {
		known(field, slices.Sorted(maps.Keys(wanted)))
		for _, name := range slices.Sorted(maps.Keys(wanted)) {
			if s := wanted[name]; s < Info || s > Critical {
				fault = fault.WithField(field, "enum", "gives the rule "+name+" a severity that does not exist")
			}
		}
	}
	known("enable", c.Enable)
	known("disable", c.Disable)
	severities("severity", c.Severity)
	globs("ignore", c.Ignore)
	for _, o := range c.Overrides {
		known("overrides.enable", o.Enable)
		known("overrides.disable", o.Disable)
		severities("overrides.severity", o.Severity)
		globs("overrides.paths", o.Paths)
	}
	if len(fault.Fields) > 0 {
		return fault
	}
	return nil
}

// Choice is what a configuration decides about each rule for one path.
type Choice struct {
	severity map[string]Severity
}

// Choose decides for a path.
func (c Config) Choose(catalogue *Catalogue, name string) Choice {
	on := make(map[string]bool, len(catalogue.rules))
	severity := make(map[string]Severity, len(catalogue.rules))
	for _, r := range catalogue.rules {
		on[r.ID], severity[r.ID] = !r.Off, r.Severity
	}
	set := func(names []string, value bool) {
		for _, n := range names {
			for _, r := range catalogue.named(n) {
				on[r.ID] = value
			}
		}
	}
	weigh := func(wanted map[string]Severity) {
		for _, n := range slices.Sorted(maps.Keys(wanted)) {
			for _, r := range catalogue.named(n) {
				severity[r.ID] = wanted[n]
			}
		}
	}
	set(c.Disable, false)
	set(c.Enable, true)
	weigh(c.Severity)
	for _, o := range c.Overrides {
		if Matches(o.Paths, name) {
			set(o.Disable, false)
			set(o.Enable, true)
			weigh(o.Severity)
		}
	}
	for id := range severity {
		if !on[id] {
			delete(severity, id)
		}
	}
	return Choice{severity: severity}
}

// Severity returns the severity of a rule's findings, and false when it is off.
func (c Choice) Severity(rule string) (Severity, bool) {
	s, on := c.severity[rule]
	return s, on
}

// Matches reports whether a path, or a folder above it, matches a glob. ** stands
// for any number of folders.
func Matches(globs []string, name string) bool {
	return slices.ContainsFunc(globs, func(glob string) bool {
		return matchParts(strings.Split(strings.Trim(glob, "/"), "/"), strings.Split(name, "/"))
	})
}

func matchParts(pattern, parts []string) bool {
	if len(pattern) == 0 {
		return true // the pattern named a folder above
	}
	if pattern[0] == "**" {
		for i := range len(parts) + 1 {
			if matchParts(pattern[1:], parts[i:]) && (len(pattern) > 1 || i < len(parts)) {
				return true
			}
		}
		return false
	}
	if len(parts) == 0 {
		return false
	}
	ok, err := path.Match(pattern[0], parts[0])
	return err == nil && ok && matchParts(pattern[1:], parts[1:])
}
