// Package config reads the facts of configuration files and manifests: keys and
// their values, and what compose, Kubernetes, GitHub workflows, package.json,
// pyproject.toml and Cargo.toml say in theirs.
package config

import (
	"path"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/adapters/facts/openapi"
	"github.com/docsteward/docsteward/adapters/facts/tree"
	"github.com/docsteward/docsteward/domain/code"
)

// YAML returns the facts of a YAML file; none of the data of a test, as with the
// other formats.
func YAML(name string, content []byte) []code.Fact {
	found := lexical.NewFacts(name, false)
	if isTest(name) {
		return nil
	}
	for _, root := range tree.YAML(content) {
		document(found, name, root)
	}
	return found.Sorted()
}

func document(found *lexical.Facts, name string, root *tree.Node) {
	_, kind := root.At("kind").Value()
	_, version := root.At("apiVersion").Value()
	switch {
	case openapi.Describes(root):
		openapi.Read(found, root)
	case kind && version:
		manifest(found, root)
	case root.At("services") != nil && !root.At("services").Scalar && isCompose(name, root):
		compose(found, root)
	case strings.Contains(name, ".github/workflows/"), root.At("jobs") != nil && root.At("on") != nil:
		workflow(found, root)
	default:
		settings(found, root)
	}
}

// JSON returns the facts of a JSON file.
func JSON(name string, content []byte) []code.Fact {
	found := lexical.NewFacts(name, false)
	if isTest(name) {
		return nil
	}
	root := tree.JSON(content)
	if path.Base(name) == "package.json" {
		npm(found, root)
	} else {
		document(found, name, root)
	}
	return found.Sorted()
}

// TOML returns the facts of a TOML file.
func TOML(name string, content []byte) []code.Fact {
	found := lexical.NewFacts(name, false)
	if isTest(name) {
		return nil
	}
	root := tree.TOML(content)
	switch path.Base(name) {
	case "pyproject.toml":
		pyproject(found, root)
	case "Cargo.toml":
		cargo(found, root)
	default:
		settings(found, root)
	}
	return found.Sorted()
}

// Properties returns the facts of a properties, ini or cfg file.
func Properties(name string, content []byte) []code.Fact {
	found := lexical.NewFacts(name, false)
	if isTest(name) {
		return nil
	}
	settings(found, tree.Properties(content))
	return found.Sorted()
}

// Variables returns the facts of a .env file.
func Variables(name string, content []byte) []code.Fact {
	found := lexical.NewFacts(name, isTest(name))
	for f := range tree.Properties(content).Each {
		variable := f.Key
		value, known := f.Value()
		value = strings.Trim(value, `"'`)
		if !lexical.IsIdentifier(variable) {
			continue
		}
		found.AddKnown(f.Line, code.Variable, variable, value, known && !strings.Contains(value, "$"), "")
		found.PortText(f.Line, variable, value)
	}
	return found.Sorted()
}

func isTest(name string) bool {
	name = "/" + name
	return strings.Contains(name, "/testdata/") || strings.Contains(name, "/test/") || strings.Contains(name, "/tests/") || strings.Contains(name, "/fixtures/")
}

// mostKeys is how many keys a file may have and still be a configuration: others
// hold data.
const mostKeys = 5000

// settings tells every key with its value, unless they are data. The last word of a key says what a
// port is.
func settings(found *lexical.Facts, root *tree.Node) {
	if root == nil {
		return
	}
	keys := 0
	for range root.Scalars {
		if keys++; keys > mostKeys {
			return
		}
	}
	for key, n := range root.Scalars {
		if strings.ContainsAny(key, " \n\t") || len(key) > 200 {
			continue
		}
		value, known := n.Value()
		known = known && len(value) < 300 && !strings.Contains(value, "{{") && !strings.Contains(value, "${")
		found.AddKnown(n.Line, code.Key, key, value, known, "")
		if known {
			found.PortText(n.Line, key[strings.LastIndexByte(key, '.')+1:], value)
		}
		if name, standard, ok := placeholder(n.Text); ok && n.Scalar {
			found.AddKnown(n.Line, code.Variable, name, standard, strings.Contains(n.Text, ":"), "")
		}
	}
}

// placeholder reads ${NAME:default} and ${NAME:-default}.
func placeholder(text string) (name, standard string, ok bool) {
	inner, opens := strings.CutPrefix(text, "${")
	inner, closes := strings.CutSuffix(inner, "}")
	if !opens || !closes {
		return "", "", false
	}
	name, standard, _ = strings.Cut(inner, ":")
	return name, strings.TrimPrefix(standard, "-"), lexical.IsVariableName(name) && !strings.Contains(standard, "${")
}
