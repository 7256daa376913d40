package golang

import (
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// Module returns the versions that a go.mod names: of Go, of the toolchain and of
// every module that is required.
func Module(name string, content []byte) []code.Fact {
	found := lexical.NewFacts(name, false)
	block := ""
	line := 0
	for text := range strings.Lines(string(content)) {
		line++
		text, _, _ = strings.Cut(text, "//")
		words := strings.Fields(text)
		if len(words) == 0 {
			continue
		}
		switch {
		case words[0] == ")":
			block = ""
		case len(words) == 2 && words[1] == "(":
			block = words[0]
		case block == "require" && len(words) >= 2:
			found.AddValue(line, code.Version, words[0], words[1], "")
		case block != "":
		case words[0] == "require" && len(words) >= 3:
			found.AddValue(line, code.Version, words[1], words[2], "")
		case words[0] == "go" && len(words) == 2:
			found.AddValue(line, code.Version, "go", words[1], "")
		case words[0] == "toolchain" && len(words) == 2:
			found.AddValue(line, code.Version, "toolchain", strings.TrimPrefix(words[1], "go"), "")
		}
	}
	return found.Sorted()
}
