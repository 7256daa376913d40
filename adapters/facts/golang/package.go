// Package golang reads the facts of Go source: what is declared, and the flags,
// variables, ports, routes, keys, commands and messages that the usual libraries
// are told about. It reads the syntax only, so that a file needs neither to build
// nor to be complete.
package golang

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"strconv"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/facts"
)

// source is the package that is being read: the files of one directory that name
// the same package.
type source struct {
	name      string
	files     []*file
	constants map[string]ast.Expr
	variables map[string]ast.Expr
	types     map[string]*structure
	named     map[string]bool // every type
	locals    []*structure    // types within functions
	commands  *commands
	libraries map[string]bool // the last words of every import
	env       environment
	standards standards
}

// file is one file of the package.
type file struct {
	*source
	path    string
	test    bool
	syntax  *ast.File
	tokens  *token.File
	imports map[string]string // by the name in the file
	facts   *lexical.Facts
	nested  map[*ast.StructType]bool // that belong to another structure
	joined  []ast.Expr               // values that are put together
}

// Extract returns the facts of one file. What does not parse is read as far as it
// does.
func Extract(name string, content []byte) []code.Fact {
	found, _ := ExtractPackage(context.Background(), []facts.File{{Path: name, Content: content}})
	return found
}

// ExtractPackage returns the facts of the files of one directory, in which names
// of constants and types are resolved, in the order of the files. It ends early
// with the error of ctx.
func ExtractPackage(ctx context.Context, files []facts.File) ([]code.Fact, error) {
	fset := token.NewFileSet()
	all := make([]*file, 0, len(files))
	packages := map[string]*source{}
	var order []*source
	for _, given := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f := parse(fset, given)
		if f == nil {
			continue
		}
		s := packages[f.syntax.Name.Name]
		if s == nil {
			s = newSource(f.syntax.Name.Name)
			packages[s.name] = s
			order = append(order, s)
		}
		f.source = s
		s.files = append(s.files, f)
		all = append(all, f)
	}
	for _, s := range order {
		if err := s.read(ctx); err != nil {
			return nil, err
		}
	}
	var found []code.Fact
	for _, f := range all {
		found = append(found, f.facts.Sorted()...)
	}
	return found, nil
}

func newSource(name string) *source {
	return &source{
		name: name, constants: map[string]ast.Expr{}, variables: map[string]ast.Expr{}, types: map[string]*structure{},
		named: map[string]bool{}, commands: newCommands(), libraries: map[string]bool{}, standards: standards{},
	}
}

func parse(fset *token.FileSet, given facts.File) *file {
	syntax, _ := parser.ParseFile(fset, given.Path, given.Content, parser.SkipObjectResolution)
	if syntax == nil || syntax.Name == nil {
		return nil
	}
	tokens := fset.File(syntax.FileStart)
	if tokens == nil {
		return nil
	}
	test := IsTest(given.Path)
	f := &file{path: given.Path, test: test, syntax: syntax, tokens: tokens, imports: map[string]string{}, facts: lexical.NewFacts(given.Path, test), nested: map[*ast.StructType]bool{}}
	for _, spec := range syntax.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		name := importName(imported)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		f.imports[name] = imported
	}
	return f
}

// IsTest reports whether a path is that of a test.
func IsTest(name string) bool {
	return strings.HasSuffix(name, "_test.go") || strings.Contains("/"+name, "/testdata/")
}

// importName is how a package is called that is imported without a name, as its
// path lets guess: the last element that is no version.
func importName(imported string) string {
	name := path.Base(imported)
	if len(name) > 1 && name[0] == 'v' && name[1] >= '0' && name[1] <= '9' {
		name = path.Base(path.Dir(imported))
	}
	if i := strings.Index(name, ".v"); i > 0 {
		name = name[:i]
	}
	return strings.TrimSuffix(strings.TrimPrefix(name, "go-"), "-go")
}

// read collects what the files declare, then walks them.
func (s *source) read(ctx context.Context) error {
	for _, f := range s.files {
		f.declare()
		for _, imported := range f.imports {
			s.libraries[importName(imported)] = true
		}
	}
	for _, f := range s.files {
		if err := ctx.Err(); err != nil {
			return err
		}
		f.tellJoined()
		(&walker{file: f}).walk()
	}
	s.env.tell()
	s.commands.tell()
	s.tellKeys()
	return nil
}

// line returns the line of a position.
func (f *file) line(at token.Pos) int {
	if at < token.Pos(f.tokens.Base()) || int(at) > f.tokens.Base()+f.tokens.Size() {
		return 1
	}
	return f.tokens.Line(at)
}
