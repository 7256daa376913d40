package claim

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// Judge returns a verdict for each claim of one page, in their order.
func (p *Project) Judge(page Page, claims []Claim) []Verdict {
	court := &court{project: p, page: page, claims: claims, verdicts: make([]Verdict, len(claims)), excuse: p.excuse(page)}
	for i := range claims {
		court.first(i)
	}
	court.strangers()
	court.count()
	for i := range claims {
		if court.open[i] {
			court.second(i)
		}
	}
	withdraw([][]Verdict{court.verdicts})
	return court.verdicts
}

// court judges the claims of one page: first those that hold or are not to be
// judged, then, by what their neighbours are, those that the code does not know.
type court struct {
	project  *Project
	page     Page
	claims   []Claim
	verdicts []Verdict
	excuse   string
	open     map[int]bool
	groups   map[bench]*tally
	pages    map[code.Kind]*tally
	written  map[named]bool
}

// bench is where claims of one kind are neighbours.
type bench struct {
	kind  code.Kind
	group int
}

type named struct {
	kind code.Kind
	name string
}

// tally counts the different names that hold, and those that do not.
type tally struct{ holds, misses int }

func (c *court) first(i int) {
	one := &c.claims[i]
	v := &c.verdicts[i]
	v.Claim = *one
	if v.Reason = c.whyNot(one); v.Reason != "" {
		v.foreign = strings.HasSuffix(v.Reason, foreignCommand)
		return
	}
	if one.Kind == code.Version {
		c.project.judgeVersion(one, v)
		return
	}
	match, ok := c.project.holds(one, c.page)
	if !ok {
		if v.Reason = c.project.mentioned(one); v.Reason != "" {
			return
		}
		if c.open == nil {
			c.open = map[int]bool{}
		}
		c.open[i] = true
		return
	}
	v.State, v.Reason, v.Confidence = Holds, match.reason, 0.9
	if len(match.facts) > 0 {
		v.Fact = &match.facts[0]
	}
	c.project.judgeValue(one, match.facts, v)
}

// whyNot is why a claim is not judged; empty when it is.
func (c *court) whyNot(one *Claim) string {
	if c.excuse != "" {
		return c.excuse
	}
	if strings.HasSuffix(one.Name, "{}") && one.Kind == code.Key {
		return "It stands for any name."
	}
	if one.Source != "" && !c.project.hosted(one.Source) {
		return "It is named in a link to " + one.Source + "."
	}
	own := c.project.owns(one.Command)
	if one.Reason != "" && !(own && one.Reason == foreignProgram(one.Command)) {
		return one.Reason
	}
	if one.Command != "" && !own && (one.Kind == code.Flag || one.Kind == code.Command || one.Kind == code.Variable) {
		return "It is given to " + one.Command + foreignCommand
	}
	return ""
}

// foreignCommand ends the reason of what is given to a program of somebody else.
const foreignCommand = ", which is not a command of this project."

// hosted reports whether a repository may be that of the project: its module is of
// that name, or nobody knows.
func (p *Project) hosted(repository string) bool {
	_, own, known := cutLast(strings.TrimSuffix(versionTail.ReplaceAllString(p.options.Module, ""), "/"), '/')
	_, name, _ := cutLast(repository, '/')
	return !known || strings.EqualFold(own, strings.TrimSuffix(name, ".git"))
}

var versionTail = regexp.MustCompile(`/v\d+$`)

// count tallies the names of each group and of the page.
func (c *court) count() {
	c.groups, c.pages, c.written = map[bench]*tally{}, map[code.Kind]*tally{}, map[named]bool{}
	type seen struct {
		bench
		name string
	}
	once := map[seen]bool{}
	for i := range c.claims {
		one := &c.claims[i]
		if c.verdicts[i].State == Unknown && !c.open[i] {
			continue
		}
		if key := (seen{bench{one.Kind, one.Group}, one.Name}); !once[key] {
			once[key] = true
			c.tally(&c.groups, key.bench).note(!c.open[i])
		}
		if name := (named{one.Kind, one.Name}); !c.written[name] {
			c.written[name] = true
			if c.pages[one.Kind] == nil {
				c.pages[one.Kind] = &tally{}
			}
			c.pages[one.Kind].note(!c.open[i])
		}
	}
}

func (c *court) tally(groups *map[bench]*tally, at bench) *tally {
	if (*groups)[at] == nil {
		(*groups)[at] = &tally{}
	}
	return (*groups)[at]
}

func (t *tally) note(holds bool) {
	if holds {
		t.holds++
	} else {
		t.misses++
	}
}

// second judges a name that the code does not have.
func (c *court) second(i int) {
	one, v := &c.claims[i], &c.verdicts[i]
	s := c.support(one)
	v.Confidence = min(1, max(0, s.score))
	if s.score < Alarm {
		v.Reason = "The code does not have it, and too little ties it to this project."
		if len(s.parts) > 0 {
			v.Reason = "The code does not have it; that " + strings.Join(s.parts, " and that ") + " is too little to tie it to this project."
		}
		return
	}
	v.State, v.Suggestion, v.Proven, v.known = Gone, s.nearest, s.proven, s.known
	if s.nearest != "" && (s.proven || !c.written[named{one.Kind, s.nearest}]) {
		v.State = Renamed
	}
	v.Reason = fmt.Sprintf("The code has no %s %s; it is taken for this project's because %s.", one.Kind, spelled(one.Kind, one.Name), strings.Join(s.parts, ", and "))
	if s.gone != "" {
		v.Reason += " " + s.gone
	}
	if s.nearest != "" {
		v.Suggestion = spelled(one.Kind, s.nearest)
		v.Reason += fmt.Sprintf(" Nearest: %s.", v.Suggestion)
	}
}

// spelled is a name as a page writes it.
func spelled(kind code.Kind, name string) string {
	switch kind {
	case code.Flag:
		if len(name) == 1 {
			return "-" + name
		}
		return "--" + name
	case code.Endpoint:
		return strings.TrimPrefix(name, "* ")
	}
	return name
}
