package golang

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// declare tells the symbols of a file, and keeps its constants and structures for
// the other files of the package.
func (f *file) declare() {
	for _, decl := range f.syntax.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			name := d.Name.Name
			if receiver := receiverName(d); receiver != "" {
				name = receiver + "." + name
			}
			f.symbol(d.Name, name)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					f.symbol(s.Name, s.Name.Name)
					f.named[s.Name.Name] = true
					f.declareType(s)
				case *ast.ValueSpec:
					f.declareValues(d.Tok, s)
				}
			}
		}
	}
}

func (f *file) symbol(at *ast.Ident, name string) {
	if name != "_" && !strings.HasSuffix(name, "._") {
		f.facts.Add(f.line(at.Pos()), code.Symbol, name, f.name)
	}
}

func receiverName(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return ""
	}
	return typeName(d.Recv.List[0].Type)
}

// typeName returns the name of a type without package, pointer and parameters.
func typeName(t ast.Expr) string {
	for {
		switch e := t.(type) {
		case *ast.StarExpr:
			t = e.X
		case *ast.ParenExpr:
			t = e.X
		case *ast.IndexExpr:
			t = e.X
		case *ast.IndexListExpr:
			t = e.X
		case *ast.SelectorExpr:
			return e.Sel.Name
		case *ast.Ident:
			return e.Name
		default:
			return ""
		}
	}
}

func (f *file) declareType(s *ast.TypeSpec) {
	switch t := s.Type.(type) {
	case *ast.StructType:
		f.declareFields(s.Name.Name, t, 0)
		f.types[s.Name.Name] = newStructure(f, s.Name.Name, t)
	case *ast.InterfaceType:
		for _, method := range t.Methods.List {
			for _, name := range method.Names {
				f.symbol(name, s.Name.Name+"."+name.Name)
			}
		}
	}
}

func (f *file) declareFields(owner string, t *ast.StructType, depth int) {
	if depth > 8 {
		return
	}
	for _, field := range t.Fields.List {
		for _, name := range field.Names {
			f.symbol(name, owner+"."+name.Name)
			if inner, ok := elementType(field.Type).(*ast.StructType); ok {
				f.declareFields(owner+"."+name.Name, inner, depth+1)
			}
		}
		if len(field.Names) == 0 {
			if name := typeName(field.Type); name != "" {
				f.facts.Add(f.line(field.Pos()), code.Symbol, owner+"."+name, f.name)
			}
		}
	}
}

// elementType strips pointers, slices and arrays.
func elementType(t ast.Expr) ast.Expr {
	for {
		switch e := t.(type) {
		case *ast.StarExpr:
			t = e.X
		case *ast.ArrayType:
			t = e.Elt
		case *ast.ParenExpr:
			t = e.X
		default:
			return t
		}
	}
}

func (f *file) declareValues(tok token.Token, s *ast.ValueSpec) {
	for i, name := range s.Names {
		f.symbol(name, name.Name)
		if i >= len(s.Values) {
			continue
		}
		if tok == token.CONST {
			f.constants[name.Name] = s.Values[i]
		} else {
			f.variables[name.Name] = s.Values[i]
		}
		if _, joined := s.Values[i].(*ast.BinaryExpr); joined {
			f.joined = append(f.joined, s.Values[i])
		}
		if lower := strings.ToLower(name.Name); lower == "version" || lower == "appversion" || strings.HasSuffix(lower, "pkgversion") {
			if text, ok := f.text(s.Values[i]); ok && lexical.IsVersion(text) {
				f.facts.AddValue(f.line(name.Pos()), code.Version, f.name, text, "")
			}
		}
	}
}

// tellJoined guesses at constants that are joined of others: PREFIX + "_NAME".
func (f *file) tellJoined() {
	for _, e := range f.joined {
		if text, ok := f.text(e); ok && lexical.IsVariableName(text) {
			f.facts.AddWeak(f.line(e.Pos()), code.Variable, text)
		}
	}
}
