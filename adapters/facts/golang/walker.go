package golang

import (
	"go/ast"
	"go/token"
	"strings"
)

// walker reads the bodies and values of one file, once.
type walker struct {
	*file
	function *ast.FuncDecl
	variable *ast.ValueSpec // at the top
	// next is the call that is made on the result of a call, as in a chain.
	next map[*ast.CallExpr]*ast.CallExpr
	// prefixes are the paths of groups of routes by the variable that holds them.
	prefixes map[string]string
	// owners are the commands of kingpin by the variable that holds them.
	owners map[string]string
	// told are literals that were understood by what surrounds them.
	told map[*ast.BasicLit]bool
}

func (w *walker) walk() {
	w.next, w.told = map[*ast.CallExpr]*ast.CallExpr{}, map[*ast.BasicLit]bool{}
	w.prefixes, w.owners = map[string]string{}, map[string]string{}
	for _, decl := range w.syntax.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Body == nil {
				continue
			}
			w.function = d
			clear(w.prefixes)
			ast.Inspect(d.Body, w.visit)
			w.function = nil
		case *ast.GenDecl:
			if d.Tok != token.IMPORT {
				ast.Inspect(d, w.visit)
			}
		}
	}
}

func (w *walker) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		return w.call(n)
	case *ast.CompositeLit:
		w.composite(n)
	case *ast.AssignStmt:
		if len(n.Lhs) == len(n.Rhs) {
			for i, left := range n.Lhs {
				w.assign(left, n.Rhs[i])
			}
		}
	case *ast.ValueSpec:
		w.values(n)
	case *ast.BasicLit:
		w.literal(n)
	case *ast.StructType:
		for _, field := range n.Fields.List {
			if field.Tag != nil {
				w.told[field.Tag] = true
			}
		}
		w.flagTags(n)
		w.localStructure(n)
	case *ast.SwitchStmt:
		w.commandSwitch(n)
	}
	return true
}

// call reads what a call declares; false when it has walked the arguments itself.
func (w *walker) call(c *ast.CallExpr) bool {
	if fn, ok := c.Fun.(*ast.SelectorExpr); ok {
		if inner, ok := fn.X.(*ast.CallExpr); ok {
			w.next[inner] = c
		}
	}
	receiver, method := callee(c)
	if len(c.Args) == 0 {
		if method == "Parse" && written(receiver) == "flag" {
			w.help(w.line(c.Pos()))
		}
		return true
	}
	if method == "" {
		return true
	}
	library, imported := w.library(receiver)
	w.environmentCall(c, library, method)
	w.messageCall(c, receiver, method)
	w.portCall(c, method)
	w.kingpinCall(c, receiver, method)
	if receiver == nil {
		return true
	}
	w.impliedFlags(c, library, imported, method)
	w.flagCall(c, receiver, library, imported, method)
	w.viperCall(c, receiver, library, method)
	w.commandCall(c, receiver, method)
	return w.routeCall(c, receiver, imported, method)
}

// callee returns what a call is made on, if anything, and its name.
func callee(c *ast.CallExpr) (ast.Expr, string) {
	fun := c.Fun
	switch generic := fun.(type) {
	case *ast.IndexExpr:
		fun = generic.X
	case *ast.IndexListExpr:
		fun = generic.X
	}
	switch fn := fun.(type) {
	case *ast.SelectorExpr:
		return fn.X, fn.Sel.Name
	case *ast.Ident:
		return nil, fn.Name
	}
	return nil, ""
}

// library returns the import path of the package that an expression names.
func (w *walker) library(e ast.Expr) (string, bool) {
	name, ok := e.(*ast.Ident)
	if !ok {
		return "", false
	}
	imported, ok := w.imports[name.Name]
	return imported, ok
}

// chain yields the calls made on the result of c, with their names.
func (w *walker) chain(c *ast.CallExpr) func(func(string, *ast.CallExpr) bool) {
	return func(yield func(string, *ast.CallExpr) bool) {
		for n := 0; n < 40; n++ {
			if c = w.next[c]; c == nil {
				return
			}
			if fn, ok := c.Fun.(*ast.SelectorExpr); ok && !yield(fn.Sel.Name, c) {
				return
			}
		}
	}
}

func (w *walker) composite(c *ast.CompositeLit) {
	name := typeName(c.Type)
	w.cobraLiteral(c, name)
	w.urfaveLiteral(c, name)
	w.routeLiteral(c)
	w.defaults(c, name)
	for _, e := range c.Elts {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if key, ok := pair.Key.(*ast.Ident); ok {
			w.portValue(key.Name, pair.Value)
		}
	}
}

func (w *walker) values(s *ast.ValueSpec) {
	if w.function == nil {
		w.variable = s
	}
	for i, name := range s.Names {
		if i < len(s.Values) {
			w.portValue(name.Name, s.Values[i])
			w.assign(name, s.Values[i])
		}
	}
}

// assign follows what a variable holds.
func (w *walker) assign(left, right ast.Expr) {
	name := written(left)
	if name == "" {
		return
	}
	if prefix, ok := w.groupPrefix(right); ok {
		w.prefixes[name] = prefix
	}
	w.commandAssign(name, right)
	w.portValue(name, right)
}

// written returns a variable or a field as it is spelled: a, a.b.
func written(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		if x := written(e.X); x != "" {
			return x + "." + e.Sel.Name
		}
	case *ast.ParenExpr:
		return written(e.X)
	case *ast.StarExpr:
		return written(e.X)
	}
	return ""
}

// field returns the value of a key in a literal of a structure.
func field(c *ast.CompositeLit, name string) ast.Expr {
	for _, e := range c.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok && key.Name == name {
				return pair.Value
			}
		}
	}
	return nil
}

// tell marks literals as understood, so that they are not guessed at again.
func (w *walker) tell(expressions ...ast.Expr) {
	for _, e := range expressions {
		if literal, ok := e.(*ast.BasicLit); ok {
			w.told[literal] = true
		}
	}
}

// uses reports whether the package imports a library whose path has that word.
func (w *walker) uses(word string) bool {
	for name := range w.libraries {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}
