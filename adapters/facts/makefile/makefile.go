// Package makefile reads the facts of Makefiles: targets, and variables with their
// defaults.
package makefile

import (
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

var (
	rule     = regexp.MustCompile(`^([^\s:=#$][^:=#]*?)\s*::?(?:[^=:]|$)`)
	variable = regexp.MustCompile(`^\s*(?:export\s+|override\s+)?([A-Za-z_][\w.-]*)\s*(\?=|:=|::=|:::=|\+=|=)\s*(.*)$`)
	exported = regexp.MustCompile(`^\s*export\s+([A-Za-z_]\w*)\s*$`)
)

// Extract returns the facts of a Makefile.
func Extract(name string, content []byte) []code.Fact {
	found := lexical.NewFacts(name, false)
	line := 0
	define, continued := false, false
	for text := range strings.Lines(string(content)) {
		line++
		text = strings.TrimRight(text, "\r\n")
		was := continued
		continued = strings.HasSuffix(text, `\`)
		trimmed := strings.TrimSpace(text)
		switch {
		case strings.HasPrefix(trimmed, "define "):
			define = true
		case trimmed == "endef":
			define = false
		case define || was || trimmed == "" || trimmed[0] == '#' || len(text) > 4096:
		case text[0] == '\t':
			recipe(found, line, trimmed)
		default:
			declare(found, line, text)
		}
	}
	return found.Sorted()
}

func declare(found *lexical.Facts, line int, text string) {
	if m := variable.FindStringSubmatch(text); m != nil {
		value, _, _ := strings.Cut(m[3], " #")
		value = strings.TrimSpace(value)
		known := m[2] != "+=" && !strings.ContainsAny(value, "$`\\")
		found.AddKnown(line, code.Variable, m[1], value, known, "")
		if known {
			found.PortText(line, m[1], value)
		}
		return
	}
	if m := exported.FindStringSubmatch(text); m != nil {
		found.Add(line, code.Variable, m[1], "")
		return
	}
	m := rule.FindStringSubmatch(text)
	if m == nil {
		return
	}
	if strings.HasPrefix(m[1], ".PHONY") {
		_, targets, _ := strings.Cut(text, ":")
		for target := range strings.FieldsSeq(targets) {
			if isTarget(target) {
				found.AddWeak(line, code.Target, target)
			}
		}
		return
	}
	for target := range strings.FieldsSeq(m[1]) {
		if isTarget(target) {
			found.Add(line, code.Target, target, "")
		}
	}
}

// isTarget refuses directives, patterns, and what only the expansion names.
func isTarget(name string) bool {
	return name[0] != '.' && !strings.ContainsAny(name, "$()&%") && name != "|" && name != "ifeq" && name != "ifneq" && name != "else"
}

// recipe reads the flags that a recipe gives.
func recipe(found *lexical.Facts, line int, text string) {
	if !strings.Contains(text, "--") {
		return
	}
	for word := range strings.FieldsSeq(text) {
		if name, ok := lexical.DashedFlag(strings.Trim(word, `"'`)); ok && len(name) > 1 {
			found.AddWeak(line, code.Flag, name)
		}
	}
}
