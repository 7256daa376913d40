package claim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// What ties a name to the project, each adding to the score of which Alarm and
// Strong are bounds. No single observation but history reaches Alarm.
const (
	byHistory    = 0.9  // the project had the name once
	byProgram    = 0.45 // it is given to a program of the project
	byOwner      = 0.45 // the package, type, folder or command around it is the project's
	byParent     = 0.3  // only the outermost part around it is
	byFamily     = 0.4  // two or more known names begin with its first two words, or five with its first
	byKin        = 0.3  // two to four begin with its first word
	byNeighbours = 0.3  // two or more names beside it hold, and few do not
	byNeighbour  = 0.15 // the one name beside it holds
	byPage       = 0.2  // four or more names of its kind hold on the page, and few do not
	byNear       = 0.25 // the project has a name much like it
	byPlace      = 0.15 // it stands where names are meant exactly: in a command, a table
	// against it speaks that most names beside it do not hold either.
	againstGroup = -0.3
	// most names of its kind on the page do not hold
	againstPage = -0.2
	// the code has texts that begin with the word
	againstWord = -0.35
	// A bare word that says not where it is from.
	againstBare = -0.2
)

// fewPorts is up to how many ports a project has that each say something.
const fewPorts = 10

// support is what ties a name to the project.
type support struct {
	score   float64
	parts   []string
	nearest string
	gone    string
	proven  bool
	known   bool
}

func (s *support) add(weight float64, format string, args ...any) {
	s.score += weight
	if weight > 0 {
		s.parts = append(s.parts, fmt.Sprintf(format, args...))
	}
}

func (c *court) support(one *Claim) *support {
	s := &support{}
	c.history(one, s)
	c.kindred(one, s)
	rooted := s.score > 0 // before what stands around it
	c.neighbours(one, s)
	c.near(one, s)
	chosen := one.Kind == code.Key && !one.HasValue && !one.Described && one.Place != Table // by who wrote the file
	if !s.known && (chosen || !rooted && one.Kind != code.Flag) {
		s.score = min(s.score, Alarm-0.01) // names of all sorts stand beside each other
	}
	return s
}

// near weighs a name that the project has and that looks like this one.
func (c *court) near(one *Claim, s *support) {
	if s.nearest != "" || s.score < Alarm-byNear-0.01 {
		return
	}
	near, ok := c.project.index.Nearest(one.Kind, one.Name)
	if !ok || one.Kind == code.Symbol && !public(near) || !resembles(one.Kind, one.Name, near) {
		return
	}
	s.nearest = near
	s.add(byNear, "it is much like %s", spelled(one.Kind, near))
}

// resembles reports whether two names share most of their words, or differ by a
// slip of the hand: one letter in eight at most.
func resembles(kind code.Kind, a, b string) bool {
	if kind == code.Endpoint {
		_, a, _ = strings.Cut(a, " ")
		_, b, _ = strings.Cut(b, " ")
	}
	one, other := code.Words(a), code.Words(b)
	shared := 0
	for _, word := range one {
		if slices.Contains(other, word) {
			shared++
		}
	}
	if 2*shared*5 >= 3*(len(one)+len(other)) { // Dice of 0.6
		return true
	}
	short, long := strings.Join(one, ""), strings.Join(other, "")
	return slip(short, long, max(1, len(short)/8))
}

// slip reports whether two words differ by at most n bytes between equal beginnings
// and ends.
func slip(a, b string, n int) bool {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return max(len(a), len(b)) <= n
}

func (c *court) history(one *Claim, s *support) {
	h := c.project.options.History
	if h == nil {
		return
	}
	gone, existed := h.Existed(one.Kind, one.Name)
	if !existed && one.Kind == code.Command {
		gone, existed = h.Existed(one.Kind, subcommandOf(one.Name))
	}
	if !existed {
		return
	}
	s.add(byHistory, "the project had it")
	s.known = true
	if gone.Commit != "" {
		s.gone = fmt.Sprintf("It went with commit %.10s", gone.Commit)
		if !gone.Date.IsZero() {
			s.gone += " on " + gone.Date.Format("2006-01-02")
		}
		s.gone += "."
	}
	if gone.Successor != "" && c.project.index.Has(one.Kind, gone.Successor) {
		s.nearest, s.proven = code.NormalName(one.Kind, gone.Successor), true
	}
}

// neighbours weighs how names of the same kind around it fare.
func (c *court) neighbours(one *Claim, s *support) {
	if one.Kind == code.Port && c.project.counts[code.Port] > fewPorts {
		return // some hold by chance
	}
	group := c.groups[bench{one.Kind, one.Group}]
	if group == nil {
		group = &tally{}
	}
	others := group.misses - 1
	switch {
	case group.holds >= 2 && group.holds >= 2*others:
		s.add(byNeighbours, "%d other names beside it exist", group.holds)
	case group.holds == 1 && others <= 0:
		s.add(byNeighbour, "the other name beside it exists")
	case others >= 2 && others > group.holds:
		s.add(againstGroup, "")
	}
	if one.Place == Table && group.holds >= 2 {
		s.add(byPlace, "it stands in their table")
	}
	page := c.pages[one.Kind]
	switch {
	case one.Kind == code.Key || page == nil:
	case page.holds >= 4 && page.holds >= 3*(page.misses-1):
		s.add(byPage, "%d other such names on the page exist", page.holds)
	case page.misses > 3 && page.misses > page.holds:
		s.add(againstPage, "")
	}
}
