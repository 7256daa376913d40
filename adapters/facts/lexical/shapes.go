package lexical

import (
	"strconv"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// IsFlagName reports whether a text without leading dashes can name a flag.
func IsFlagName(s string) bool {
	if s == "" || len(s) > 80 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '?' && len(s) == 1:
		case (c == '-' || c == '.' || c == '_' || c == ':') && i > 0 && i < len(s)-1:
		default:
			return false
		}
	}
	return true
}

// DashedFlag returns the name in --name, --name=value or -n; false when the text
// is anything else.
func DashedFlag(s string) (string, bool) {
	name, long := strings.CutPrefix(s, "--")
	if !long {
		if name, _ = strings.CutPrefix(s, "-"); len(name) == len(s) || len(name) != 1 {
			return "", false
		}
		return name, name[0] >= 'a' && name[0] <= 'z' || name[0] >= 'A' && name[0] <= 'Z'
	}
	name, _, _ = strings.Cut(name, "=")
	return name, len(name) > 1 && name[0] != '-' && IsFlagName(name)
}

// IsVariableName reports whether a text is spelled as environment variables are:
// two or more words in capitals, joined by underscores.
func IsVariableName(s string) bool {
	if len(s) < 4 || len(s) > 80 || s[0] < 'A' || s[0] > 'Z' || s[len(s)-1] == '_' {
		return false
	}
	joined := false
	for i := range len(s) {
		switch c := s[i]; {
		case c == '_':
			joined = true
		case c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		default:
			return false
		}
	}
	return joined
}

// IsIdentifier reports whether a text can name a variable of a shell.
func IsIdentifier(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c != '_' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

// PortNumber returns the text as a port, when it is one.
func PortNumber(s string) (string, bool) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 65535 || s[0] == '0' || s[0] == '+' {
		return "", false
	}
	return s, true
}

// ListenPort returns the port of an address to listen on, such as :80,
// 0.0.0.0:80, localhost:80 and [::]:80.
func ListenPort(s string) (string, bool) {
	at := strings.LastIndexByte(s, ':')
	if at < 0 || len(s)-at > 6 || len(s)-at < 3 {
		return "", false
	}
	switch s[:at] {
	case "", "localhost", "0.0.0.0", "127.0.0.1", "[::]", "[::1]", "*", "http://localhost", "http://127.0.0.1", "http://0.0.0.0", "tcp://0.0.0.0", "tcp://":
		return PortNumber(s[at+1:])
	}
	return "", false
}

// SaysPort reports whether one of the words of a name is port.
func SaysPort(name string) bool {
	if !strings.Contains(name, "ort") && !strings.Contains(name, "ORT") {
		return false
	}
	for _, w := range code.Words(name) {
		if w == "port" || w == "ports" {
			return true
		}
	}
	return false
}

// SaysAddress reports whether a name speaks of where something listens.
func SaysAddress(name string) bool {
	lower := strings.ToLower(name)
	return strings.Contains(lower, "addr") || strings.Contains(lower, "listen") || strings.Contains(lower, "bind") || SaysPort(name)
}

// IsMessage reports whether a text is a sentence: three words or more, on three
// lines at most.
func IsMessage(s string) bool {
	if len(s) < 8 || len(s) > 1000 || strings.Count(strings.TrimSpace(s), "\n") > 2 {
		return false
	}
	words := 0
	for w := range strings.FieldsSeq(s) {
		if len(w) > 1 && w[0] != '%' || w == "a" || w == "I" {
			words++
		}
	}
	return words >= 3
}

// IsVersion reports whether a text is a version of two or more numbers.
func IsVersion(s string) bool {
	s = strings.TrimPrefix(s, "v")
	if s == "" || s[0] < '0' || s[0] > '9' || len(s) > 40 || !strings.Contains(s, ".") {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '.' && c != '-' && c != '+' {
			return false
		}
	}
	return true
}

// Method returns the HTTP method in capitals, or * for any; false when the word is
// no method.
func Method(word string) (string, bool) {
	switch upper := strings.ToUpper(word); upper {
	case "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE":
		return upper, true
	case "ANY", "ALL", "*":
		return "*", true
	}
	return "", false
}

// Endpoint returns the name of an endpoint: the method and the normal path of the
// prefix and the route together.
func Endpoint(method, prefix, route string) string {
	return code.NormalName(code.Endpoint, method+" "+strings.TrimSuffix(prefix, "/")+"/"+strings.TrimPrefix(route, "/"))
}
