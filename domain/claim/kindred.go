package claim

import (
	"path"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// kindred weighs what is around the name itself.
func (c *court) kindred(one *Claim, s *support) {
	p := c.project
	switch one.Kind {
	case code.Flag, code.Variable:
		if p.owns(one.Command) {
			s.add(byProgram, "it is given to %s", one.Command)
		}
		if v := p.options.Vocabulary; v != nil && one.Kind == code.Flag && v.Opens(one.Name) {
			s.add(againstWord, "")
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
	case code.Message:
		c.message(one, s)
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
	if !nested || n < 3 || len(told(p.index.Find(code.Key, parent+open))) > 0 {
		return // the reader may choose the name
	}
	s.add(byParent, "%d known keys begin with %s", n, parent)
	if one.HasValue || one.Described || one.Place == Table {
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
