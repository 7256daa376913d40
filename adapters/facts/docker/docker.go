// Package docker reads the facts of Dockerfiles: variables and build arguments
// with their values, ports, and the flags of the entry point.
package docker

import (
	"encoding/json"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/domain/code"
)

// Extract returns the facts of a Dockerfile.
func Extract(name string, content []byte) []code.Fact {
	found := lexical.NewFacts(name, false)
	line, begun := 0, 0
	var instruction strings.Builder
	for text := range strings.Lines(string(content)) {
		line++
		text = strings.TrimSpace(text)
		if text == "" || text[0] == '#' {
			continue
		}
		if instruction.Len() == 0 {
			begun = line
		}
		text, more := strings.CutSuffix(text, `\`)
		instruction.WriteString(text)
		if more {
			instruction.WriteByte(' ')
			continue
		}
		read(found, begun, instruction.String())
		instruction.Reset()
	}
	if instruction.Len() > 0 {
		read(found, begun, instruction.String())
	}
	return found.Sorted()
}

func read(found *lexical.Facts, line int, text string) {
	word, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimSpace(rest)
	switch strings.ToUpper(word) {
	case "ENV":
		environment(found, line, rest)
	case "ARG":
		for _, pair := range words(rest) {
			name, value, known := strings.Cut(pair, "=")
			variable(found, line, name, value, known)
		}
	case "EXPOSE":
		for _, port := range strings.Fields(rest) {
			number, _, _ := strings.Cut(port, "/")
			if number, ok := lexical.PortNumber(number); ok {
				found.Add(line, code.Port, number, "EXPOSE")
			}
		}
	case "ENTRYPOINT", "CMD", "HEALTHCHECK":
		for _, argument := range arguments(rest) {
			if flag, ok := lexical.DashedFlag(argument); ok {
				found.AddWeak(line, code.Flag, flag)
			}
		}
	case "FROM":
		image, _, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(rest, "--platform=$BUILDPLATFORM")), " ")
		image, _, _ = strings.Cut(image, "@")
		if at := strings.LastIndexByte(image, ':'); at > strings.LastIndexByte(image, '/') && !strings.Contains(image, "$") {
			found.AddValue(line, code.Version, image[:at], image[at+1:], "")
		}
	}
}

// environment reads A=1 B="two words", and the older A value.
func environment(found *lexical.Facts, line int, rest string) {
	name, value, _ := strings.Cut(rest, " ")
	if !strings.Contains(name, "=") {
		variable(found, line, name, strings.TrimSpace(value), value != "")
		return
	}
	for _, pair := range words(rest) {
		name, value, known := strings.Cut(pair, "=")
		variable(found, line, name, value, known)
	}
}

func variable(found *lexical.Facts, line int, name, value string, known bool) {
	if !lexical.IsIdentifier(name) {
		return
	}
	known = known && !strings.Contains(value, "$")
	found.AddKnown(line, code.Variable, name, value, known, "")
	if known {
		found.PortText(line, name, value)
	}
}

// words splits at blanks outside of quotes, which it takes away.
func words(text string) []string {
	var all []string
	var b strings.Builder
	quote := byte(0)
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == '\\' && i+1 < len(text):
			i++
			b.WriteByte(text[i])
		case quote == 0 && (c == ' ' || c == '\t'):
			if b.Len() > 0 {
				all = append(all, b.String())
				b.Reset()
			}
		default:
			b.WriteByte(c)
		}
	}
	if b.Len() > 0 {
		all = append(all, b.String())
	}
	return all
}

// arguments reads the list or the shell form of a command.
func arguments(rest string) []string {
	var list []string
	if start := strings.IndexByte(rest, '['); start >= 0 && json.Unmarshal([]byte(rest[start:]), &list) == nil {
		return list
	}
	return words(rest)
}
