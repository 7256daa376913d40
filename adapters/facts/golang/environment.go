package golang

import (
	"go/ast"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// environmentCall reads os.Getenv("NAME") and the functions that programs write
// around it, as getEnv("NAME", "default").
func (w *walker) environmentCall(c *ast.CallExpr, library, method string) {
	lower := strings.ToLower(method)
	if !strings.Contains(lower, "env") || strings.HasSuffix(lower, "envar") {
		return
	}
	argument := 0
	name, ok := w.text(c.Args[0])
	if !ok && len(c.Args) > 1 && (written(c.Args[0]) == "ctx" || written(c.Args[0]) == "t") {
		name, ok = w.text(c.Args[1])
		argument = 1
	}
	if !ok || !lexical.IsIdentifier(name) {
		return
	}
	line := w.line(c.Args[argument].Pos())
	w.tell(c.Args[argument])
	switch lower {
	case "getenv", "lookupenv":
		if library == "os" || library == "syscall" {
			w.facts.Add(line, code.Variable, name, "")
			return
		}
	case "setenv", "unsetenv":
		w.facts.AddWeak(line, code.Variable, name)
		return
	}
	if library == "os" || strings.HasPrefix(lower, "bindenv") || strings.HasPrefix(lower, "setenv") || strings.HasSuffix(lower, "prefix") {
		return
	}
	if strings.Contains(lower, "envvar") && !strings.HasPrefix(lower, "get") && !strings.HasPrefix(lower, "lookup") {
		w.facts.AddWeak(line, code.Variable, name)
		return
	}
	if strings.ToUpper(name) != name {
		return // a key in lower case names something else
	}
	standard, known := "", false
	if len(c.Args) == argument+2 {
		standard, known = w.printed(c.Args[argument+1], strings.Contains(lower, "duration"))
		w.portFlag(name, c.Args[argument+1])
	}
	w.facts.AddKnown(line, code.Variable, name, standard, known, "")
}

// environment is what viper is told about the environment of the program.
type environment struct {
	prefix string
	bound  []binding
}

// binding is a key that a variable sets.
type binding struct {
	file     *file
	line     int
	key      string
	names    []string
	standard string
	known    bool
	weak     bool
}

// viperCall reads SetDefault, BindEnv, SetEnvPrefix, AutomaticEnv and Get.
func (w *walker) viperCall(c *ast.CallExpr, receiver ast.Expr, library, method string) {
	if !w.libraries["viper"] {
		return
	}
	key, ok := w.text(c.Args[0])
	if !ok {
		return
	}
	line := w.line(c.Args[0].Pos())
	switch {
	case method == "SetEnvPrefix":
		w.env.prefix = key
	case method == "SetDefault" && len(c.Args) == 2:
		standard, known := w.printed(c.Args[1], false)
		w.facts.AddKnown(line, code.Key, key, standard, known, "")
		w.portFlag(key, c.Args[1])
		w.env.bound = append(w.env.bound, binding{file: w.file, line: line, key: key, standard: standard, known: known, weak: true})
	case method == "BindEnv" || method == "MustBindEnv":
		b := binding{file: w.file, line: line, key: key}
		for _, arg := range c.Args[1:] {
			if name, ok := w.text(arg); ok {
				b.names = append(b.names, name)
			}
		}
		w.facts.Add(line, code.Key, key, "")
		w.env.bound = append(w.env.bound, b)
	case method == "BindPFlag" || method == "RegisterAlias":
		w.facts.Add(line, code.Key, key, "")
	case strings.HasPrefix(method, "Get") || method == "IsSet" || method == "UnmarshalKey":
		if library == "github.com/spf13/viper" || strings.Contains(strings.ToLower(written(receiver)), "v") && len(c.Args) == 1 {
			w.facts.AddWeak(line, code.Key, key)
		}
		return
	default:
		return
	}
	w.tell(c.Args...)
}

// tell tells the variables of the bound keys, once the prefix is known.
func (e *environment) tell() {
	for _, b := range e.bound {
		switch {
		case len(b.names) > 0:
			for _, name := range b.names {
				b.file.facts.Add(b.line, code.Variable, name, b.key)
			}
		case !b.weak:
			b.file.facts.Add(b.line, code.Variable, e.variable(b.key), b.key)
		case e.prefix != "":
			b.file.facts.AddWeak(b.line, code.Variable, e.variable(b.key))
		}
	}
}

func (e *environment) variable(key string) string {
	name := strings.NewReplacer(".", "_", "-", "_").Replace(key)
	if e.prefix != "" {
		name = e.prefix + "_" + name
	}
	return strings.ToUpper(name)
}
