package archtest

import (
	"bytes"
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const (
	maxFileLines        = 300
	maxInterfaceMethods = 8
)

func TestFilesAndInterfacesStaySmall(t *testing.T) {
	for _, p := range packages(t) {
		for _, name := range p.GoFiles {
			if data, err := os.ReadFile(filepath.Join(p.Dir, name)); err != nil {
				t.Error(err)
			} else if lines := bytes.Count(data, []byte("\n")); lines > maxFileLines && !bytes.Contains(data, []byte("DO NOT EDIT")) {
				t.Errorf("%s/%s has %d lines, more than %d", p.path(), name, lines, maxFileLines)
			}
		}
		p.each(t, func(name string, _ *token.FileSet, file *ast.File) {
			ast.Inspect(file, func(n ast.Node) bool {
				spec, ok := n.(*ast.TypeSpec)
				if !ok {
					return true
				}
				if i, ok := spec.Type.(*ast.InterfaceType); ok && i.Methods.NumFields() > maxInterfaceMethods {
					t.Errorf("%s: the interface %s has %d methods, more than %d", name, spec.Name.Name, i.Methods.NumFields(), maxInterfaceMethods)
				}
				return true
			})
		})
	}
}

func TestEverythingExportedIsDocumented(t *testing.T) {
	for _, p := range packages(t) {
		documented := false
		p.each(t, func(name string, fset *token.FileSet, file *ast.File) {
			documented = documented || file.Doc != nil
			for _, decl := range file.Decls {
				switch d := decl.(type) {
				case *ast.FuncDecl:
					if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
						t.Errorf("%s: %s has no comment", name, d.Name.Name)
					}
				case *ast.GenDecl:
					checkDocs(t, name, d)
				}
			}
		})
		if len(p.GoFiles) > 0 && !documented && !p.in("ports/mocks") {
			t.Errorf("the package %s has no comment", p.path())
		}
	}
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	receiver := d.Recv.List[0].Type
	for {
		switch r := receiver.(type) {
		case *ast.StarExpr:
			receiver = r.X
		case *ast.IndexExpr:
			receiver = r.X
		case *ast.IndexListExpr:
			receiver = r.X
		case *ast.Ident:
			return r.IsExported()
		default:
			return false
		}
	}
}

func checkDocs(t *testing.T, name string, d *ast.GenDecl) {
	t.Helper()
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
				t.Errorf("%s: %s has no comment", name, s.Name.Name)
			}
		case *ast.ValueSpec:
			if s.Names[0].IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
				t.Errorf("%s: %s has no comment", name, s.Names[0].Name)
			}
		}
	}
}

var pathInText = regexp.MustCompile("`((?:domain|application|ports|adapters|bootstrap|examples)/[A-Za-z0-9_./-]+)`")

func TestThePathsInTheDocumentsExist(t *testing.T) {
	root := filepath.Join("..", "..")
	for _, name := range []string{"README.md", "ARCHITECTURE.md"} {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Error(err)
			continue
		}
		for _, match := range pathInText.FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(filepath.Join(root, strings.TrimSuffix(match[1], "/"))); err != nil {
				t.Errorf("%s speaks of %s, which does not exist", name, match[1])
			}
		}
	}
}
