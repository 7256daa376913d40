package code

import (
	"path"
	"strings"
)

// NormalName returns the one spelling under which an Index keeps a name of that
// kind; whoever compares names spells them this way on both sides. Flags lose
// their leading dashes and what follows "=", variables their $ and braces, ports
// their host, endpoints have a method and {} for every parameter, files are
// cleaned paths without a leading slash, symbols are joined by dots, and commands
// and messages by single blanks. The empty string means no name.
func NormalName(kind Kind, name string) string {
	name = strings.TrimSpace(name)
	switch kind {
	case Symbol:
		return normalSymbol(name)
	case File:
		return normalFile(name)
	case Flag:
		name = strings.TrimLeft(name, "-")
		name, _, _ = strings.Cut(name, "=")
		return strings.TrimSpace(name)
	case Variable:
		name = strings.TrimPrefix(name, "$")
		return strings.Trim(name, "{}%")
	case Port:
		return name[strings.LastIndexByte(name, ':')+1:]
	case Endpoint:
		return normalEndpoint(name)
	case Key:
		return normalKey(name)
	case Command, Message:
		return strings.Join(strings.Fields(name), " ")
	default:
		return name
	}
}

func normalFile(name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	if name == "" {
		return ""
	}
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// normalSymbol turns (*T).M(), T#m, T::m and T->m into T.M, T.m.
func normalSymbol(name string) string {
	if i := strings.IndexByte(name, '('); i > 0 {
		name = name[:i]
	}
	if strings.HasPrefix(name, "(") {
		if i := strings.IndexByte(name, ')'); i > 0 {
			rest := name[i+1:]
			if j := strings.IndexByte(rest, '('); j >= 0 {
				rest = rest[:j]
			}
			name = name[1:i] + rest
		}
	}
	if !strings.ContainsAny(name, "*&#:->[") {
		return strings.Trim(name, ".")
	}
	if i := strings.IndexByte(name, '['); i > 0 { // type parameters
		if j := strings.LastIndexByte(name, ']'); j > i {
			name = name[:i] + name[j+1:]
		}
	}
	name = strings.NewReplacer("::", ".", "->", ".", "#", ".").Replace(name)
	return strings.Trim(strings.TrimLeft(name, "*&[]"), ".")
}

// normalKey drops indices: a[0].b, a[].b and a.0.b are a.b.
func normalKey(name string) string {
	if strings.ContainsAny(name, "[<*") {
		var b strings.Builder
		for i := 0; i < len(name); i++ {
			switch end := strings.IndexByte(name[i:], ']'); {
			case name[i] == '[' && end > 0:
				i += end
			default:
				b.WriteByte(name[i])
			}
		}
		name = b.String()
	}
	if !strings.ContainsAny(name, "<*") && !hasNumber(name) {
		return strings.Trim(name, ".")
	}
	parts := strings.Split(name, ".")
	kept := parts[:0]
	for _, p := range parts {
		switch {
		case p == "*" || strings.HasPrefix(p, "<") && strings.HasSuffix(p, ">"):
			kept = append(kept, "{}")
		case p != "" && !digits(p):
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, ".")
}

func hasNumber(name string) bool {
	for part := range strings.SplitSeq(name, ".") {
		if digits(part) {
			return true
		}
	}
	return false
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// normalEndpoint spells "get http://host/users/:id/?q=1" as GET /users/{}.
func normalEndpoint(name string) string {
	method, route, found := strings.Cut(name, " ")
	if !found {
		method, route = "*", name
	}
	method, route = strings.ToUpper(method), strings.TrimSpace(route)
	if method == "ANY" || method == "" {
		method = "*"
	}
	if i := strings.Index(route, "://"); i >= 0 {
		route = route[i+3:]
		if j := strings.IndexByte(route, '/'); j >= 0 {
			route = route[j:]
		} else {
			route = "/"
		}
	}
	if i := strings.IndexByte(route, '#'); i >= 0 {
		route = route[:i]
	}
	if i := strings.IndexByte(route, '?'); i >= 0 && !strings.ContainsAny(route[:i], "(:{<") {
		route = route[:i]
	}
	return method + " " + NormalPath(route)
}

// NormalPath returns the path of an endpoint with a leading slash, without a
// trailing one, and with {} for every parameter, whichever of :id, {id}, {id:re},
// <int:id>, [id], $id, * and {rest...} it is spelled in.
func NormalPath(route string) string {
	var b strings.Builder
	for part := range splitPath(route) {
		if part == "" || part == "{$}" {
			continue
		}
		b.WriteByte('/')
		b.WriteString(normalSegment(part))
	}
	if b.Len() == 0 {
		return "/"
	}
	return b.String()
}

// splitPath yields the segments between slashes that lie outside of braces.
func splitPath(route string) func(func(string) bool) {
	return func(yield func(string) bool) {
		depth, start := 0, 0
		for i := range len(route) {
			switch route[i] {
			case '{', '(', '<':
				depth++
			case '}', ')', '>':
				depth = max(0, depth-1)
			case '/':
				if depth == 0 {
					if !yield(route[start:i]) {
						return
					}
					start = i + 1
				}
			}
		}
		yield(route[start:])
	}
}

func normalSegment(part string) string {
	switch part[0] {
	case ':', '*':
		if i := strings.IndexAny(part[1:], ":.-"); i > 0 && part[0] == ':' && !strings.ContainsAny(part, "(") {
			return "{}" + normalSegment(part[1+i:]) // :id.json, :id:verb
		}
		return "{}"
	case '$':
		return "{}"
	case '[':
		if strings.HasSuffix(part, "]") {
			return "{}"
		}
	}
	if !strings.ContainsAny(part, "{<") {
		if i := strings.LastIndexByte(part, ':'); i > 0 && i < len(part)-1 && part[i-1] == '=' {
			return part[:i] + "{}"
		}
		return part
	}
	var b strings.Builder
	for i := 0; i < len(part); i++ {
		closing := byte('}')
		switch part[i] {
		case '<':
			closing = '>'
		case '{':
		default:
			b.WriteByte(part[i])
			continue
		}
		end := strings.LastIndexByte(part[i:], closing)
		if first := strings.IndexByte(part[i:], closing); first > 0 && balanced(part[i:i+first+1]) {
			end = first
		}
		if end < 0 {
			return b.String() + part[i:]
		}
		b.WriteString("{}")
		i += end
	}
	return b.String()
}

func balanced(s string) bool {
	return strings.Count(s, "{") == strings.Count(s, "}") && strings.Count(s, "<") == strings.Count(s, ">")
}
