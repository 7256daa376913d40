package claim

import (
	"fmt"
	"path"
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
	chosen := one.Kind == code.Key && !one.HasValue && one.Place != Table && s.nearest == "" // by who wrote the file
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
		gone, existed = h.Existed(one.Kind, strings.Fields(one.Name)[1])
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

// kindred weighs what is around the name itself.
func (c *court) kindred(one *Claim, s *support) {
	p := c.project
	switch one.Kind {
	case code.Flag, code.Variable:
		if p.owns(one.Command) {
			s.add(byProgram, "it is given to %s", one.Command)
		}
		if one.Kind == code.Flag && !strings.HasPrefix(one.Written, "--") && !strings.ContainsAny(one.Name, "-._") {
			s.add(againstBare, "")
		}
		c.family(one, s)
	case code.Key:
		c.key(one, s)
	case code.Endpoint:
		c.family(one, s)
		if method, _, _ := strings.Cut(one.Name, " "); method != "*" || one.Place == CodeBlock {
			s.add(byPlace, "it is called as a route")
		}
	case code.Port:
		c.port(one, s)
	case code.File:
		c.file(one, s)
	case code.Symbol:
		c.symbol(one, s)
	case code.Target:
		if p.counts[code.Target] >= 3 {
			s.add(byOwner, "the Makefile has %d other targets", p.counts[code.Target])
		}
		s.add(byPlace, "make is told to make it")
	case code.Command:
		if n := p.commands[one.Command]; p.owns(one.Command) && n >= 2 {
			s.add(byOwner, "%s has %d other subcommands", one.Command, n)
			s.add(byPlace, "it is run as one")
		}
	}
}

// family weighs how many known names begin as this one does.
func (c *court) family(one *Claim, s *support) {
	for _, prefix := range prefixesOf(one.Kind, one.Name) {
		n := c.project.families[family{one.Kind, prefix}]
		if one.Kind == code.Endpoint && !strings.Contains(prefix, "/") {
			if n >= 2 {
				s.add(byKin, "%d known routes begin with /%s", n, prefix)
			}
			return
		}
		if n >= 5 || n >= 2 && strings.ContainsAny(prefix, "-_/.") {
			s.add(byFamily, "%d known names begin with %s", n, prefix)
			return
		}
		if n >= 2 {
			s.add(byKin, "%d known names begin with %s", n, prefix)
			return
		}
	}
}

func (c *court) key(one *Claim, s *support) {
	p := c.project
	if p.counts[code.Key] < 5 {
		return
	}
	parent, _, nested := cutLast(one.Name, '.')
	n := p.families[family{code.Key, parent}]
	if !nested || n < 3 || p.index.Has(code.Key, parent+".{}") {
		return // the reader may choose the name
	}
	s.add(byParent, "%d known keys begin with %s", n, parent)
	if one.HasValue || one.Place == Table {
		s.add(byPlace, "it is described as a key")
	}
}

func (c *court) port(one *Claim, s *support) {
	p := c.project
	if one.Companion != "" {
		if _, known := p.routes.find(one.Companion); known {
			s.add(byOwner, "the route %s behind it exists", spelled(code.Endpoint, one.Companion))
			if strings.Count(one.Companion, "/") > 1 {
				s.add(byPlace, "no other program is likely to have that route")
			}
		}
	}
	if p.owns(one.Command) {
		s.add(byProgram, "it is published for %s", one.Command)
		s.add(byPlace, "it is the port within the container")
	}
	if p.counts[code.Port] >= 1 && p.counts[code.Port] <= 3 {
		s.add(byPlace, "the project has few ports")
	}
}

func (c *court) file(one *Claim, s *support) {
	p := c.project
	name := one.Name
	if one.Place == Link && c.page.Path != "" {
		name = path.Join(path.Dir(c.page.Path), one.Written)
	}
	folder := path.Dir(name)
	switch depth := strings.Count(folder, "/"); {
	case folder == "." || !p.folders[folder]:
		if moved := p.paths[path.Base(name)]; len(moved) == 1 && folder != "." && p.folders[root(name)] && len(path.Base(name)) > 8 {
			s.nearest = moved[0]
			s.add(byOwner, "the project has its folder %s", root(name))
			s.add(byNear, "%s has its name", moved[0])
		}
		return
	case depth >= 1:
		s.add(byOwner, "the project has its folder %s", folder)
	default:
		s.add(byParent, "the project has its folder %s", folder)
	}
	if extensions[path.Ext(name)] {
		s.add(byPlace, "it is named as a source file")
		if p.alike[folder+"*"+path.Ext(name)] >= 2 && sources[path.Ext(name)] {
			s.add(byPlace, "there are others of its kind")
		}
	} else {
		s.add(againstBare, "")
	}
	if moved := p.paths[path.Base(name)]; len(moved) == 1 && len(path.Base(name)) > 8 {
		s.nearest = moved[0]
		s.add(byNear, "%s has its name", moved[0])
	}
}

// sources are endings of files that only the project itself writes. Never written.
var sources = setOf(`.go .py .js .ts .tsx .jsx .java .rs .rb .c .h .cc .cpp .proto .sh .jsonnet .libsonnet`)

func root(name string) string {
	name, _, _ = strings.Cut(name, "/")
	return name
}

// standard are packages of Go's library whose names others share. Never written.
var standard = setOf(`bufio bytes context crypto embed errors expvar flag fmt hash html http image io json log maps math net os path plugin rand reflect regexp rpc
runtime slices slog sort sql strconv strings sync syscall template testing textproto time tls tar unicode url user utf8 xml yaml zip atomic filepath signal exec`)

func (c *court) symbol(one *Claim, s *support) {
	p := c.project
	head, rest, nested := strings.Cut(one.Name, ".")
	switch {
	case !nested:
		s.add(againstBare, "")
		return
	case one.Companion != "" && !p.within(one.Companion):
		s.add(-1, "")
		return
	case one.Companion != "":
		s.add(byOwner+byPlace, "%s is a package of this project", one.Companion)
	case standard[head] || slices.Contains([]string{"this", "self", "window", "document"}, head):
		s.add(againstGroup, "")
	case p.packages[head] && upper(rest):
		s.add(byOwner, "%s is a package of this project", head)
	case upper(head) && p.index.Has(code.Symbol, head):
		s.add(byParent, "%s is a type of this project", head)
	}
}

// within reports whether an import path lies in the project.
func (p *Project) within(from string) bool {
	module := p.options.Module
	if module == "" {
		return p.folderOf(from)
	}
	return from == module || strings.HasPrefix(from, module+"/")
}

// folderOf reports whether an import path ends with a folder of the project.
func (p *Project) folderOf(from string) bool {
	parts := strings.Split(from, "/")
	for n := 1; n < len(parts); n++ {
		if p.folders[strings.Join(parts[n:], "/")] {
			return true
		}
	}
	return false
}

func cutLast(s string, separator byte) (before, after string, found bool) {
	if at := strings.LastIndexByte(s, separator); at >= 0 {
		return s[:at], s[at+1:], true
	}
	return s, "", false
}

// public reports whether every part of a symbol but the first begins with a capital
// letter, as what packages offer does in Go; other languages have no such rule.
func public(name string) bool {
	for i, part := range strings.Split(name, ".") {
		if !upper(part) && (i > 0 || !strings.Contains(name, ".")) {
			return false
		}
	}
	return true
}
