package facts

import (
	"bytes"
	"path"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/config"
	"github.com/docsteward/docsteward/adapters/facts/docker"
	"github.com/docsteward/docsteward/adapters/facts/golang"
	"github.com/docsteward/docsteward/adapters/facts/java"
	"github.com/docsteward/docsteward/adapters/facts/makefile"
	"github.com/docsteward/docsteward/adapters/facts/python"
	"github.com/docsteward/docsteward/adapters/facts/script"
	"github.com/docsteward/docsteward/adapters/facts/shell"
	"github.com/docsteward/docsteward/domain/code"
)

// language reads the facts of one file.
type language func(path string, content []byte) []code.Fact

// byExtension is never written.
var byExtension = map[string]language{
	".go": golang.Extract, ".py": python.Extract, ".pyi": python.Extract,
	".js": script.Extract, ".mjs": script.Extract, ".cjs": script.Extract, ".jsx": script.Extract,
	".ts": script.Extract, ".tsx": script.Extract, ".mts": script.Extract, ".cts": script.Extract,
	".java": java.Extract, ".kt": java.Extract, ".sh": shell.Extract, ".bash": shell.Extract, ".zsh": shell.Extract, ".bats": shell.Extract,
	".yaml": config.YAML, ".yml": config.YAML, ".json": config.JSON, ".toml": config.TOML,
	".properties": config.Properties, ".ini": config.Properties, ".cfg": config.Properties, ".conf": config.Properties, ".env": config.Variables,
	".mk": makefile.Extract, ".dockerfile": docker.Extract, ".tmpl": template, ".tpl": template,
}

// byName are files whose whole name tells what they hold. Never written.
var byName = map[string]language{
	"go.mod": golang.Module, "Makefile": makefile.Extract, "makefile": makefile.Extract, "GNUmakefile": makefile.Extract,
	"Dockerfile": docker.Extract, "Containerfile": docker.Extract, "Procfile": shell.Extract,
}

// languageOf returns what reads a file of that name, or nil.
func languageOf(name string) language {
	base := path.Base(name)
	if read := byName[base]; read != nil {
		return read
	}
	if read := byExtension[strings.ToLower(path.Ext(base))]; read != nil {
		return read
	}
	switch {
	case strings.HasPrefix(base, ".env"), strings.HasSuffix(base, ".env.example"):
		return config.Variables
	case strings.HasPrefix(base, "Dockerfile."), strings.HasPrefix(base, "Containerfile."):
		return docker.Extract
	case strings.HasPrefix(base, "Makefile."):
		return makefile.Extract
	}
	return nil
}

// template reads what a script is made of; of other templates only the words count,
// which others take.
func template(name string, content []byte) []code.Fact {
	first, _, _ := bytes.Cut(content, []byte("\n"))
	if bytes.HasPrefix(first, []byte("#!")) && bytes.HasSuffix(bytes.TrimSpace(first), []byte("sh")) {
		return shell.Extract(name, content)
	}
	return nil
}
