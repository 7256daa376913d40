package archtest

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// banned are packages of the standard library that reach outside the program.
// Never written.
var banned = []string{"os", "net", "net/http", "math/rand", "math/rand/v2", "crypto/rand", "io/ioutil", "os/exec", "syscall", "log", "log/slog", "database/sql", "unsafe"}

func TestTheDomainTouchesNothingOutside(t *testing.T) {
	for _, p := range packages(t) {
		if !p.in("domain") {
			continue
		}
		for _, imported := range p.Imports {
			if slices.Contains(banned, imported) {
				t.Errorf("%s imports %s", p.path(), imported)
			}
		}
		p.each(t, func(name string, fset *token.FileSet, file *ast.File) {
			ast.Inspect(file, func(n ast.Node) bool {
				if selector, ok := n.(*ast.SelectorExpr); ok && readsClock(selector) {
					t.Errorf("%s reads the clock at %s", name, fset.Position(n.Pos()))
				}
				return true
			})
		})
	}
}

func readsClock(s *ast.SelectorExpr) bool {
	x, ok := s.X.(*ast.Ident)
	return ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "Sleep", "After", "NewTimer", "NewTicker", "Tick", "AfterFunc"}, s.Sel.Name)
}

func TestTheDomainCarriesNoTags(t *testing.T) {
	for _, p := range packages(t) {
		if !p.in("domain") {
			continue
		}
		p.each(t, func(name string, fset *token.FileSet, file *ast.File) {
			ast.Inspect(file, func(n ast.Node) bool {
				if field, ok := n.(*ast.Field); ok && field.Tag != nil {
					t.Errorf("%s tags a field at %s", name, fset.Position(n.Pos()))
				}
				return true
			})
		})
	}
}

func TestNoInitAndNoVariableState(t *testing.T) {
	for _, p := range packages(t) {
		if p.in("examples") || strings.HasSuffix(p.path(), "test") { // suites and what tests stand on
			continue
		}
		p.each(t, func(name string, fset *token.FileSet, file *ast.File) {
			for _, decl := range file.Decls {
				switch d := decl.(type) {
				case *ast.FuncDecl:
					if d.Name.Name == "init" && d.Recv == nil {
						t.Errorf("%s has an init", name)
					}
				case *ast.GenDecl:
					if d.Tok == token.VAR {
						checkVariables(t, name, fset, d)
					}
				}
			}
		})
	}
}

// checkVariables accepts interface guards, embedded files, errors, compiled
// expressions, and tables whose comment promises that they are never written.
func checkVariables(t *testing.T, name string, fset *token.FileSet, d *ast.GenDecl) {
	t.Helper()
	for _, spec := range d.Specs {
		v := spec.(*ast.ValueSpec)
		comment := d.Doc.Text() + v.Doc.Text() + v.Comment.Text()
		if strings.Contains(strings.ToLower(comment), "never written") || embeds(d.Doc) || embeds(v.Doc) || v.Names[0].Name == "_" {
			continue
		}
		for _, value := range v.Values {
			if !harmless(value) {
				t.Errorf("%s: the package variable %s at %s is neither an error, a compiled expression, an embed nor a guard", name, v.Names[0].Name, fset.Position(v.Pos()))
			}
		}
		if len(v.Values) == 0 {
			t.Errorf("%s: the package variable %s can change", name, v.Names[0].Name)
		}
	}
}

func embeds(doc *ast.CommentGroup) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:embed") })
}

// harmless accepts calls of New, MustCompile, Must, NewReplacer and the like.
func harmless(value ast.Expr) bool {
	call, ok := value.(*ast.CallExpr)
	if !ok {
		return false
	}
	var name string
	switch fn := call.Fun.(type) {
	case *ast.SelectorExpr:
		name = fn.Sel.Name
	case *ast.Ident:
		name = fn.Name
	}
	return slices.Contains([]string{"New", "NewSet", "Wrap", "MustCompile", "Must", "NewReplacer", "OnceValue", "OnceValues"}, name)
}
