package config

import (
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/adapters/facts/tree"
	"github.com/docsteward/docsteward/domain/code"
)

// npm tells the version, scripts, programs and dependencies of package.json.
func npm(found *lexical.Facts, root *tree.Node) {
	named(found, root, "name", "version")
	for script := range root.At("scripts").Each {
		found.Add(script.Line, code.Target, script.Key, "npm")
	}
	bin := root.At("bin")
	if name, ok := root.At("name").Value(); ok && bin != nil && bin.Scalar {
		found.Add(bin.Line, code.Command, name[strings.LastIndexByte(name, '/')+1:], "")
	}
	for program := range bin.Each {
		found.Add(program.Line, code.Command, program.Key, "")
	}
	for _, key := range []string{"engines", "dependencies", "devDependencies", "peerDependencies"} {
		versions(found, root.At(key))
	}
}

// named tells the version of what the file describes.
func named(found *lexical.Facts, n *tree.Node, name, version string) {
	title, ok := n.At(name).Value()
	value, has := n.At(version).Value()
	if ok && has {
		found.AddValue(n.At(version).Line, code.Version, title, value, "")
	}
}

// versions tells the versions that a mapping of names to versions holds.
func versions(found *lexical.Facts, n *tree.Node) {
	for dependency := range n.Each {
		value, ok := dependency.Value()
		if !ok {
			value, ok = dependency.At("version").Value()
		}
		if ok {
			found.AddValue(dependency.Line, code.Version, dependency.Key, value, "")
		}
	}
}

// pyproject tells the version, programs and dependencies of a Python project.
func pyproject(found *lexical.Facts, root *tree.Node) {
	for _, project := range []*tree.Node{root.At("project"), root.At("tool", "poetry")} {
		named(found, project, "name", "version")
		for script := range project.At("scripts").Each {
			found.Add(script.Line, code.Command, script.Key, "")
		}
		if python, ok := project.At("requires-python").Value(); ok {
			found.AddValue(project.At("requires-python").Line, code.Version, "python", python, "")
		}
		for dependency := range project.At("dependencies").Each {
			requirement(found, dependency)
		}
	}
	versions(found, root.At("tool", "poetry", "dependencies"))
}

// requirement reads "name[extra]>=1.0; marker".
func requirement(found *lexical.Facts, n *tree.Node) {
	text, ok := n.Value()
	if !ok || n.Key != "" {
		return
	}
	text, _, _ = strings.Cut(text, ";")
	at := strings.IndexAny(text, "<>=!~[ ")
	if at <= 0 {
		return
	}
	if value := strings.TrimSpace(text[at:]); value != "" && value[0] != '[' {
		found.AddValue(n.Line, code.Version, strings.TrimSpace(text[:at]), value, "")
	}
}

// cargo tells the version, programs and dependencies of a Rust project.
func cargo(found *lexical.Facts, root *tree.Node) {
	named(found, root.At("package"), "name", "version")
	if rust, ok := root.At("package", "rust-version").Value(); ok {
		found.AddValue(root.At("package", "rust-version").Line, code.Version, "rust", rust, "")
	}
	for program := range root.At("bin").Each {
		if name, ok := program.At("name").Value(); ok {
			found.Add(program.Line, code.Command, name, "")
		}
	}
	for _, key := range []string{"dependencies", "dev-dependencies", "build-dependencies"} {
		versions(found, root.At(key))
	}
}
