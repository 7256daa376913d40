// Package expression compiles the conditions of workflows with expr, and bounds
// what they may cost: their size, the memory that they take, and their time, which
// is at most proportional to the values that they read.
package expression

import (
	"regexp"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/vm"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
)

// Bounds of a condition.
const (
	maxLength = 4096
	maxNodes  = 500
	// maxMemory is in values that an evaluation may make.
	maxMemory = 100_000
)

// functions are what conditions can call. Those that go over a list cannot stand
// within each other, or the cost would grow with powers of its length. Never written.
var (
	functions = []string{"len", "lower", "upper", "trim", "abs", "min", "max", "int", "float", "string", "keys", "values"}
	overLists = []string{"all", "any"}
)

// Compiler compiles conditions. The zero value is ready.
type Compiler struct{}

var _ workflow.Compiler = Compiler{}

// Compile compiles an expression such as "len(paths) > 0 and ticket is not None".
// The spellings of Python for and, or, not, None, True and False are understood.
// It fails with Invalid and says where the expression is wrong.
func (Compiler) Compile(text string) (workflow.Condition, error) {
	if len(text) > maxLength {
		return nil, domain.TooLarge.New("The condition is longer than 4096 bytes; compute a part of it in an action before.")
	}
	names := &namesOf{}
	options := []expr.Option{expr.AllowUndefinedVariables(), expr.MaxNodes(maxNodes), expr.DisableAllBuiltins(), expr.Patch(names)}
	for _, name := range slices.Concat(functions, overLists) {
		options = append(options, expr.EnableBuiltin(name))
	}
	program, err := expr.Compile(spelled(text), options...)
	if err != nil {
		return nil, domain.Invalid.Wrap(err, "The condition is no expression: "+firstLine(err.Error())+".")
	}
	if nested(program.Node()) {
		return nil, domain.Invalid.New("In a condition " + strings.Join(overLists, " and ") + " cannot stand within each other.")
	}
	return &condition{program: program, names: names.found}, nil
}

type condition struct {
	program *vm.Program
	names   []string
}

func (c *condition) Names() []string { return c.names }

func (c *condition) Holds(values map[string]any) (bool, error) {
	machine := vm.VM{MemoryBudget: maxMemory}
	result, err := machine.Run(c.program, values)
	if err != nil {
		return false, domain.Rejected.Wrap(err, firstLine(err.Error()))
	}
	switch v := result.(type) {
	case bool:
		return v, nil
	case nil:
		return false, nil
	}
	return false, domain.Rejected.New("it is neither true nor false; compare the value with something")
}

// namesOf collects the variables of an expression.
type namesOf struct{ found []string }

// Visit implements ast.Visitor.
func (n *namesOf) Visit(node *ast.Node) {
	if id, ok := (*node).(*ast.IdentifierNode); ok && !slices.Contains(n.found, id.Value) {
		n.found = append(n.found, id.Value)
	}
}

// nested reports whether a predicate stands within another.
func nested(node ast.Node) bool {
	found := false
	walkPredicates(node, func(inner ast.Node) { found = found || holdsPredicate(inner) })
	return found
}

// walkPredicates calls visit with the body of every predicate.
func walkPredicates(node ast.Node, visit func(ast.Node)) {
	ast.Walk(&node, visitor(func(n ast.Node) {
		if p, ok := n.(*ast.PredicateNode); ok {
			visit(p.Node)
		}
	}))
}

func holdsPredicate(node ast.Node) bool {
	found := false
	walkPredicates(node, func(ast.Node) { found = true })
	return found
}

type visitor func(ast.Node)

// Visit implements ast.Visitor.
func (v visitor) Visit(node *ast.Node) { v(*node) }

var (
	quoted = regexp.MustCompile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`")
	// Never written.
	python = []struct {
		word *regexp.Regexp
		ours string
	}{
		{regexp.MustCompile(`\bis\s+not\s+(None|null|nil)\b`), "!= nil"},
		{regexp.MustCompile(`\bis\s+(None|null|nil)\b`), "== nil"},
		{regexp.MustCompile(`\b(None|null)\b`), "nil"},
		{regexp.MustCompile(`\bTrue\b`), "true"},
		{regexp.MustCompile(`\bFalse\b`), "false"},
	}
)

// spelled returns the text with Python's words replaced, those in strings kept.
func spelled(text string) string {
	var b strings.Builder
	end := 0
	plain := func(part string) {
		for _, p := range python {
			part = p.word.ReplaceAllString(part, p.ours)
		}
		b.WriteString(part)
	}
	for _, at := range quoted.FindAllStringIndex(text, -1) {
		plain(text[end:at[0]])
		b.WriteString(text[at[0]:at[1]])
		end = at[1]
	}
	plain(text[end:])
	return b.String()
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSuffix(line, ".")
}
