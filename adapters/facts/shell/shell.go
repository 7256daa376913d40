// Package shell reads the facts of shell scripts: functions, options that a script
// parses, variables with their defaults, and the flags that it gives to others.
package shell

import (
	"path"
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

var (
	function  = regexp.MustCompile(`^\s*(?:function\s+)?([A-Za-z_][\w:.-]*)\s*\(\)|^\s*function\s+([A-Za-z_][\w:.-]*)`)
	pattern   = regexp.MustCompile(`^\s*\(?((?:-{1,2}[A-Za-z][\w.-]*(?:=?\*)?\s*\|?\s*)+)\)`)
	fallback  = regexp.MustCompile(`\$\{([A-Za-z_]\w*)(:?[-=])([^}$]*)\}`)
	exported  = regexp.MustCompile(`^\s*(?:export|declare -x)\s+([A-Za-z_]\w*)(?:=(\S*))?`)
	used      = regexp.MustCompile(`\$\{?([A-Z][A-Z0-9_]+)`)
	given     = regexp.MustCompile(`(?:^|[\s"'(=])(--[A-Za-z][\w.-]+)`)
	assigned  = regexp.MustCompile(`^\s*(?:local\s+|readonly\s+)?([A-Z][A-Z0-9_]*)=("?[^"\s$` + "`" + `]*"?)\s*(?:#.*)?$`)
	specified = regexp.MustCompile(`getopts\s+["']?:?([A-Za-z:?]+)`)
)

// Extract returns the facts of a script.
func Extract(name string, content []byte) []code.Fact {
	found := lexical.NewFacts(name, strings.HasSuffix(name, ".bats"))
	scope := path.Base(name)
	line, here := 0, ""
	for text := range strings.Lines(string(content)) {
		line++
		text = strings.TrimRight(text, "\r\n")
		if here != "" {
			if strings.TrimSpace(text) == here {
				here = ""
			}
			continue
		}
		if trimmed := strings.TrimSpace(text); trimmed == "" || trimmed[0] == '#' {
			continue
		}
		if len(text) > 4096 {
			continue
		}
		read(found, line, text, scope)
		here = document(text)
	}
	return found.Sorted()
}

func read(found *lexical.Facts, line int, text, scope string) {
	if strings.Contains(text, "()") || strings.Contains(text, "function") {
		if m := function.FindStringSubmatch(text); m != nil {
			found.Add(line, code.Symbol, m[1]+m[2], scope)
		}
	}
	if strings.IndexByte(text, ')') > 0 {
		if m := pattern.FindStringSubmatch(text); m != nil {
			for option := range strings.FieldsFuncSeq(m[1], func(r rune) bool { return r == '|' || r == ' ' }) {
				found.Flags(line, []string{strings.TrimRight(option, "=*")}, "", false, scope)
			}
		}
	}
	if strings.Contains(text, "getopts") {
		if m := specified.FindStringSubmatch(text); m != nil {
			for _, letter := range m[1] {
				if letter != ':' && letter != '?' {
					found.Add(line, code.Flag, string(letter), scope)
				}
			}
		}
	}
	variables(found, line, text)
	if strings.Contains(text, "--") {
		for _, m := range given.FindAllStringSubmatch(text, 50) {
			if name, ok := lexical.DashedFlag(strings.TrimRight(m[1], ".-")); ok {
				found.AddWeak(line, code.Flag, name)
			}
		}
	}
}

func variables(found *lexical.Facts, line int, text string) {
	if strings.Contains(text, "${") {
		for _, m := range fallback.FindAllStringSubmatch(text, 50) {
			value := strings.Trim(m[3], `"'`)
			if m[1] != strings.ToUpper(m[1]) {
				continue // a variable of the script itself
			}
			found.AddValue(line, code.Variable, m[1], value, "")
			found.PortText(line, m[1], value)
		}
	}
	if m := exported.FindStringSubmatch(text); m != nil {
		value := strings.Trim(m[2], `"'`)
		found.AddKnown(line, code.Variable, m[1], value, m[2] != "" && !strings.ContainsAny(value, "$`("), "")
	} else if m := assigned.FindStringSubmatch(text); m != nil && lexical.IsVariableName(m[1]) {
		found.AddWeak(line, code.Variable, m[1])
	}
	if strings.IndexByte(text, '$') >= 0 {
		for _, m := range used.FindAllStringSubmatch(text, 50) {
			found.AddWeak(line, code.Variable, m[1])
		}
	}
}

// document returns the word that ends the here document that a line begins, or "".
func document(text string) string {
	_, word, ok := strings.Cut(text, "<<")
	if !ok || strings.HasPrefix(word, "<") {
		return ""
	}
	word = strings.TrimLeft(word, "- ")
	end := strings.IndexAny(word, " ;|>)&")
	if end >= 0 {
		word = word[:end]
	}
	word = strings.Trim(word, `"'\`)
	if !lexical.IsIdentifier(word) {
		return ""
	}
	return word
}
