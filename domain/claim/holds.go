package claim

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// Knows reports whether the code has what a page would call by that name, as Judge
// understands names: a file by the end of its path, a key by the end of its own. A
// History can ask it of the code as it was.
func (p *Project) Knows(kind code.Kind, name string) bool {
	_, known := p.holds(&Claim{Kind: kind, Name: code.NormalName(kind, name), Written: name}, Page{})
	return known
}

// found is how the code knows a name: by the facts, or for the reason alone.
type found struct {
	facts  []code.Fact
	reason string
}

// holds looks for what a claim names, as a reader would understand it. What history
// knows by this very name and the code has no more does not hold by another.
func (p *Project) holds(c *Claim, page Page) (found, bool) {
	if facts := told(p.index.Find(c.Kind, c.Name)); len(facts) > 0 {
		return found{facts, "The code has it."}, true
	}
	if p.existed(c) {
		return found{}, false
	}
	switch c.Kind {
	case code.Flag:
		return p.holdsFlag(c)
	case code.Variable:
		return p.holdsVariable(c)
	case code.Endpoint:
		return p.holdsEndpoint(c)
	case code.File:
		return p.holdsFile(c, page)
	case code.Symbol:
		return p.holdsSymbol(c)
	case code.Key:
		return p.holdsKey(c)
	case code.Command:
		return p.holdsCommand(c)
	case code.Target:
		return p.holdsTarget(c)
	case code.Message:
		return p.holdsMessage(c)
	}
	return found{}, false
}

// builtin are flags that libraries add by themselves. Never written.
var builtin = setOf(`h help version v completion log.level log.format web.config.file logtostderr alsologtostderr stderrthreshold vmodule kubeconfig help-long help-man`)

func (p *Project) holdsFlag(c *Claim) (found, bool) {
	if builtin[c.Name] {
		return found{reason: "Programs have it by themselves."}, true
	}
	if p.families[family{code.Flag, strings.ReplaceAll(c.Name, ".", "-")}] > 1 && strings.ContainsAny(c.Name, ".-") {
		return found{reason: "Flags begin with it."}, true
	}
	if base, negated := strings.CutPrefix(c.Name, "no-"); negated {
		if facts := p.index.Find(code.Flag, base); len(facts) > 0 {
			return found{reason: "It is the negation of --" + base + "."}, true
		}
	}
	for _, other := range [...]string{strings.ReplaceAll(c.Name, "_", "-"), strings.ReplaceAll(c.Name, "-", "_")} {
		if facts := p.index.Find(code.Flag, other); len(facts) > 0 {
			return found{facts, "The code has it."}, true
		}
	}
	if !strings.HasPrefix(c.Written, "--") && len(c.Name) > 1 && p.index.Has(code.Flag, c.Name[:1]) {
		return found{reason: "It is a short flag with others, or with its value."}, true
	}
	if name, ok := p.folded[family{code.Flag, strings.ToLower(c.Name)}]; ok && strings.ContainsAny(c.Name, "-._") {
		return found{p.index.Find(code.Flag, name), "The code has it in another case of letters."}, true
	}
	if strings.ContainsAny(c.Name, "-._") {
		for _, f := range p.index.Find(code.Key, c.Name) {
			if !f.Weak && code.NormalName(f.Kind, f.Name) == c.Name {
				return found{[]code.Fact{f}, "The configuration has it."}, true
			}
		}
	}
	return found{}, false
}

// holdsVariable knows variables that libraries derive from flags and keys:
// APP_LISTEN_ADDRESS from --listen-address.
func (p *Project) holdsVariable(c *Claim) (found, bool) {
	_, rest, more := strings.Cut(c.Name, "_")
	if !more {
		return found{}, false
	}
	rest = strings.ToLower(rest)
	for _, separator := range [...]string{"-", ".", "_"} {
		name := strings.ReplaceAll(rest, "_", separator)
		if strings.ContainsAny(name, "-._") && p.index.Has(code.Flag, name) {
			return found{reason: "It sets the flag --" + name + "."}, true
		}
	}
	if strings.Contains(rest, "_") && p.index.Has(code.Key, strings.ReplaceAll(rest, "_", ".")) {
		return found{reason: "It sets a key of the configuration."}, true
	}
	return found{}, false
}

func (p *Project) holdsEndpoint(c *Claim) (found, bool) {
	method, _, _ := strings.Cut(c.Name, " ")
	methods, ok := p.routes.find(c.Name)
	if !ok {
		if _, route, _ := strings.Cut(c.Name, " "); p.families[family{code.Endpoint, strings.Trim(route, "/")}] > 0 {
			return found{reason: "Routes begin with it."}, true
		}
		return found{}, false
	}
	if method != "*" && !slices.Contains(methods, method) && !slices.Contains(methods, "*") && method != "HEAD" && method != "OPTIONS" {
		return found{reason: fmt.Sprintf("The route exists; the code shows %s for it.", strings.Join(slices.Compact(methods), ", "))}, true
	}
	return found{reason: "The code has the route."}, true
}

// holdsFile understands a path from the root, from the page, and from any folder.
func (p *Project) holdsFile(c *Claim, page Page) (found, bool) {
	name := strings.TrimSuffix(c.Name, "/")
	if p.folders[name] || c.Written == "." || c.Written == "./" {
		return found{reason: "The folder exists."}, true
	}
	if page.Path != "" {
		near := path.Join(path.Dir(page.Path), c.Written)
		for _, extension := range [...]string{"", ".md", ".mdx", ".rst"} {
			if p.index.Has(code.File, near+extension) || p.folders[near] {
				return found{reason: "It exists beside the page."}, true
			}
		}
	}
	for _, full := range p.paths[path.Base(name)] {
		if full == name || strings.HasSuffix(full, "/"+name) {
			return found{p.index.Find(code.File, full), "The file exists."}, true
		}
	}
	if rest, ok := strings.CutPrefix(name, p.options.Module+"/"); ok && p.options.Module != "" && (p.folders[rest] || p.index.Has(code.File, rest)) {
		return found{reason: "The folder exists."}, true
	}
	if path.Ext(name) == "" {
		for _, extension := range [...]string{".go", ".md", ".py", ".js", ".ts", ".rst"} {
			if p.index.Has(code.File, name+extension) {
				return found{reason: "The file exists."}, true
			}
		}
		if folder, ok := p.folderEnding(name); ok {
			return found{reason: "The folder " + folder + " exists."}, true
		}
	}
	return found{}, false
}

func (p *Project) holdsSymbol(c *Claim) (found, bool) {
	parts := strings.Split(c.Name, ".")
	if len(parts) < 2 {
		return found{}, false
	}
	if p.packages[parts[0]] && len(parts) == 2 {
		// app.Name for app.App.Name, as pages shorten it
		for _, f := range p.index.Find(code.Symbol, parts[1]) {
			if f.Scope[strings.LastIndexAny(f.Scope, "./")+1:] == parts[0] {
				return found{reason: "Something in the package has the name " + parts[1] + "."}, true
			}
		}
	} else if !p.packages[parts[0]] && !standard[parts[0]] {
		// client.Do: the value of a type whose method Do is.
		if last := parts[len(parts)-1]; upper(last) && !upper(parts[0]) && p.index.Has(code.Symbol, last) {
			return found{reason: "Something in the code has the name " + last + "."}, true
		}
	}
	return found{}, false
}

// holdsKey knows a key by the end of its path, as sections may be mounted
// anywhere, and keys that are spelled as flags without dashes.
func (p *Project) holdsKey(c *Claim) (found, bool) {
	for name := c.Name; ; {
		_, rest, more := strings.Cut(name, ".")
		if !more {
			break
		}
		name = rest
		if facts := told(p.index.Find(code.Key, name)); len(facts) > 0 {
			return found{facts, "The configuration has it."}, true
		}
	}
	if name, ok := p.folded[family{code.Key, strings.ToLower(c.Name)}]; ok {
		return found{p.index.Find(code.Key, name), "The configuration has it in another case of letters."}, true
	}
	for _, kind := range [...]code.Kind{code.Flag, code.Symbol} {
		if facts := p.index.Find(kind, c.Name); len(facts) > 0 {
			return found{facts, "The code has it as a " + kind.String() + "."}, true
		}
	}
	return found{}, false
}

// holdsCommand accepts words behind a subcommand that are its arguments, and
// subcommands of which the code does not tell the program.
func (p *Project) holdsCommand(c *Claim) (found, bool) {
	if _, rest, _ := strings.Cut(c.Name, " "); rest == "help" || strings.HasPrefix(rest, "help ") {
		return found{reason: "Libraries of command lines give every program a help."}, true
	}
	if facts := p.index.Find(code.Command, subcommandOf(c.Name)); len(facts) > 0 {
		return found{facts, "The code has a command of that name."}, true
	}
	for name := c.Name; ; {
		at := strings.LastIndexByte(name, ' ')
		if at < 0 {
			return found{}, false
		}
		if name = name[:at]; !strings.Contains(name, " ") {
			return found{}, false
		}
		if facts := p.index.Find(code.Command, name); len(facts) > 0 {
			return found{facts, "The code has the command " + name + "."}, true
		}
	}
}

func (p *Project) holdsTarget(c *Claim) (found, bool) {
	if strings.Contains(c.Name, "/") && (p.index.Has(code.File, c.Name) || p.folders[c.Name]) {
		return found{reason: "The file exists."}, true
	}
	if facts := p.index.Find(code.Target, "common-"+c.Name); len(facts) > 0 {
		return found{facts, "A pattern makes it of common-" + c.Name + "."}, true
	}
	for _, name := range p.patterns {
		if name == "%" {
			return found{reason: "The pattern % makes what is asked for."}, true
		}
		head, tail, _ := strings.Cut(name, "%")
		if head+tail != "" && len(c.Name) > len(head)+len(tail) && strings.HasPrefix(c.Name, head) && strings.HasSuffix(c.Name, tail) {
			return found{reason: "The pattern " + name + " makes it."}, true
		}
	}
	return found{}, false
}
