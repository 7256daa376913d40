package golang

import (
	"go/ast"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// commands are the literals of cobra.Command and what holds them: variables and
// the functions that make them.
type commands struct {
	all     []*command
	holders map[string]*command
	adds    []addition
	places  map[place]*command
}

// place is where a literal says what its command is called.
type place struct {
	file *file
	line int
}

// command is one literal.
type command struct {
	file    *file
	line    int
	name    string
	aliases []string
	parent  *command
}

// addition is parent.AddCommand(child).
type addition struct {
	parent, child string
	function      string
}

func newCommands() *commands {
	return &commands{holders: map[string]*command{}, places: map[place]*command{}}
}

// cobraLiteral reads cobra.Command{Use: "check FILE", Aliases: []string{"c"}}.
func (w *walker) cobraLiteral(c *ast.CompositeLit, name string) {
	if name != "Command" {
		return
	}
	use, ok := w.text(field(c, "Use"))
	first := strings.Fields(use)
	if !ok || len(first) == 0 {
		return
	}
	made := &command{file: w.file, line: w.line(field(c, "Use").Pos()), name: first[0]}
	if aliases, ok := field(c, "Aliases").(*ast.CompositeLit); ok {
		for _, e := range aliases.Elts {
			if alias, ok := w.text(e); ok {
				made.aliases = append(made.aliases, alias)
			}
		}
	}
	w.commands.all = append(w.commands.all, made)
	w.commands.places[place{made.file, made.line}] = made
	if function := w.functionName(); function != "" && w.commands.holders[function] == nil {
		w.commands.holders[function] = made
	}
	w.tell(field(c, "Use"))
	w.help(made.line)
	if field(c, "Version") != nil {
		w.facts.AddWeak(made.line, code.Flag, "version")
	}
}

// functionName returns the function that is being walked, marked as a call.
func (w *walker) functionName() string {
	if w.function == nil {
		return ""
	}
	return w.function.Name.Name + "()"
}

// commandAssign keeps which variable holds the command that is about to be read.
func (w *walker) commandAssign(name string, right ast.Expr) {
	switch e := right.(type) {
	case *ast.UnaryExpr:
		w.commandAssign(name, e.X)
	case *ast.CompositeLit:
		if typeName(e.Type) != "Command" {
			return
		}
		if use, ok := w.text(field(e, "Use")); ok && use != "" {
			at := w.line(field(e, "Use").Pos())
			w.commands.holders[w.scoped(name)] = &command{file: w.file, line: at} // found by its line
		}
	case *ast.CallExpr:
		if _, method := callee(e); method == "Command" && len(e.Args) >= 2 && w.uses("kingpin") {
			w.kingpinOwner(name, e)
		} else if method != "" {
			w.commands.adds = append(w.commands.adds, addition{parent: "=", child: w.scoped(name), function: method + "()"})
		}
	}
}

// kingpinOwner keeps the full name of a command for those that are made of it.
func (w *walker) kingpinOwner(name string, c *ast.CallExpr) {
	receiver, _ := callee(c)
	if own, ok := w.text(c.Args[0]); ok {
		w.owners[name] = strings.TrimSpace(w.owners[written(receiver)] + " " + own)
	}
}

// scoped is the name of a variable within the function that is walked.
func (w *walker) scoped(name string) string {
	if w.function == nil {
		return name
	}
	return w.functionName() + name
}

// commandCall reads parent.AddCommand(child, makeChild()).
func (w *walker) commandCall(c *ast.CallExpr, receiver ast.Expr, method string) {
	if method != "AddCommand" {
		return
	}
	parent := w.holder(receiver)
	for _, arg := range c.Args {
		if child := w.holder(arg); child != "" {
			w.commands.adds = append(w.commands.adds, addition{parent: parent, child: child, function: w.functionName()})
		}
	}
}

// holder names what holds a command: a variable, or a function that returns it.
func (w *walker) holder(e ast.Expr) string {
	if call, ok := e.(*ast.CallExpr); ok {
		if _, method := callee(call); method != "" {
			return method + "()"
		}
		return ""
	}
	return written(e)
}

// scopeOf returns the command that a flag is declared on; it is not known yet
// when the command is read after the flag.
func (s *commands) scopeOf(c *ast.CallExpr) string {
	fn, ok := c.Fun.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	call, ok := fn.X.(*ast.CallExpr)
	if !ok {
		return ""
	}
	receiver, _ := callee(call)
	if receiver == nil {
		return ""
	}
	if held := s.resolve(written(receiver), ""); held != nil {
		return held.name
	}
	return ""
}

// resolve finds the command that a holder holds.
func (s *commands) resolve(name, function string) *command {
	held := s.holders[function+name]
	if held == nil {
		held = s.holders[name]
	}
	if held == nil || held.name != "" {
		return held
	}
	return s.places[place{held.file, held.line}] // what was assigned before it was read
}

// tell nests the commands and tells their full names.
func (s *commands) tell() {
	for _, a := range s.adds {
		if a.parent == "=" {
			if made := s.resolve(a.function, ""); made != nil && s.holders[a.child] == nil {
				s.holders[a.child] = made
			}
		}
	}
	for _, a := range s.adds {
		if a.parent == "=" {
			continue
		}
		parent, child := s.resolve(a.parent, a.function), s.resolve(a.child, a.function)
		if parent != nil && child != nil && parent != child && child.parent == nil {
			child.parent = parent
		}
	}
	for _, c := range s.all {
		prefix := ""
		for up, depth := c.parent, 0; up != nil && depth < 8; up, depth = up.parent, depth+1 {
			prefix = up.name + " " + prefix
		}
		c.file.facts.Add(c.line, code.Command, prefix+c.name, "")
		for _, alias := range c.aliases {
			c.file.facts.Add(c.line, code.Command, prefix+alias, "")
		}
	}
}
