package config

import (
	"path"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/adapters/facts/tree"
	"github.com/docsteward/docsteward/domain/code"
)

// isCompose reports whether a file with services is one of compose: its name says
// so, or its services have an image or are built.
func isCompose(name string, root *tree.Node) bool {
	if base := path.Base(name); strings.Contains(base, "compose") {
		return true
	}
	for s := range root.At("services").Each {
		if s.At("image") != nil || s.At("build") != nil {
			return true
		}
	}
	return false
}

// compose tells the ports, variables and flags of services.
func compose(found *lexical.Facts, root *tree.Node) {
	for service := range root.At("services").Each {
		for p := range service.At("ports").Each {
			text, ok := p.Value()
			if !ok {
				text, _ = p.At("published").Value()
			}
			for port := range strings.SplitSeq(strings.SplitN(text, "/", 2)[0], ":") {
				if number, ok := lexical.PortNumber(defaultOf(port)); ok {
					found.Add(p.Line, code.Port, number, service.Key)
				}
			}
		}
		for e := range service.At("environment").Each {
			name := e.Key
			if text, ok := e.Value(); ok && name == "" {
				name, _, _ = strings.Cut(text, "=")
			}
			if lexical.IsIdentifier(name) {
				found.AddWeak(e.Line, code.Variable, name)
			}
		}
		for _, key := range []string{"command", "entrypoint"} {
			arguments(found, service.At(key))
		}
	}
	substituted(found, root)
}

// defaultOf returns what ${NAME:-value} stands for, or the text.
func defaultOf(text string) string {
	if _, standard, ok := strings.Cut(text, "-"); ok && strings.Contains(text, "${") {
		return strings.TrimSuffix(standard, "}")
	}
	return strings.TrimSpace(text)
}

// substituted tells the variables that a file is filled in with.
func substituted(found *lexical.Facts, root *tree.Node) {
	for _, n := range root.Scalars {
		text := n.Text
		for range 20 {
			start := strings.Index(text, "${")
			if start < 0 {
				break
			}
			text = text[start+2:]
			end := strings.IndexByte(text, '}')
			if end < 0 {
				break
			}
			name, _, _ := strings.Cut(text[:end], ":")
			if lexical.IsIdentifier(name) {
				found.AddWeak(n.Line, code.Variable, name)
			}
		}
	}
}

// arguments tells the flags that a command is given.
func arguments(found *lexical.Facts, n *tree.Node) {
	if n == nil {
		return
	}
	if text, ok := n.Value(); ok {
		for word := range strings.FieldsSeq(text) {
			argument(found, n.Line, word)
		}
		return
	}
	for a := range n.Each {
		for word := range strings.FieldsSeq(a.Text) {
			argument(found, a.Line, word)
		}
	}
}

func argument(found *lexical.Facts, line int, text string) {
	if name, ok := lexical.DashedFlag(text); ok && len(name) > 1 {
		found.AddWeak(line, code.Flag, name)
	}
}

// manifest tells the containers of a Kubernetes object, wherever they are nested,
// and the ports of a service.
func manifest(found *lexical.Facts, root *tree.Node) {
	if kind, _ := root.At("kind").Value(); kind == "ConfigMap" {
		for f := range root.At("data").Each {
			if lexical.IsVariableName(f.Key) {
				found.AddWeak(f.Line, code.Variable, f.Key)
			}
		}
	}
	containers(found, root, 0)
}

func containers(found *lexical.Facts, n *tree.Node, depth int) {
	if depth > 30 {
		return
	}
	for f := range n.Each {
		switch f.Key {
		case "env":
			for e := range f.Each {
				if name, ok := e.At("name").Value(); ok && lexical.IsIdentifier(name) {
					found.AddWeak(e.Line, code.Variable, name)
				}
			}
		case "args", "command":
			arguments(found, f)
		case "containerPort", "hostPort", "targetPort", "nodePort", "port":
			if text, ok := f.Value(); ok {
				if number, ok := lexical.PortNumber(text); ok {
					found.Add(f.Line, code.Port, number, "")
				}
			}
		}
		containers(found, f, depth+1)
	}
}

// workflow tells the name of a GitHub workflow, its jobs, and its variables.
func workflow(found *lexical.Facts, root *tree.Node) {
	if name, ok := root.At("name").Value(); ok {
		found.Add(root.At("name").Line, code.Target, name, "workflow")
	}
	variables(found, root.At("env"))
	for job := range root.At("jobs").Each {
		found.Add(job.Line, code.Target, job.Key, "workflow")
		variables(found, job.At("env"))
		for step := range job.At("steps").Each {
			variables(found, step.At("env"))
		}
	}
}

func variables(found *lexical.Facts, env *tree.Node) {
	for e := range env.Each {
		if lexical.IsIdentifier(e.Key) {
			found.AddWeak(e.Line, code.Variable, e.Key)
		}
	}
}
