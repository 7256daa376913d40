package code

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// Evidence is what an endpoint was found by, from the surest on.
type Evidence string

// The ways to find an endpoint.
const (
	// ByCode is code that was parsed.
	ByCode Evidence = "code"
	// ByDecorator is a line that begins with a decorator of an application.
	ByDecorator Evidence = "decorator"
	// ByCall is a line that calls a method of an application or router.
	ByCall Evidence = "call"
	// ByText is a path that stands in a text; it may be no endpoint at all.
	ByText Evidence = "text"
)

// Route is an endpoint as a source spells it.
type Route struct {
	// Method is in capitals, or * for any and where it is not known.
	Method string
	// Path begins with a slash; its parameters are spelled as they are there.
	Path string
	// File and Line are where it is declared, the line from 1.
	File     string
	Line     int
	Evidence Evidence
}

// MaxRoutes is the greatest number of routes that are kept of one source.
const MaxRoutes = 200

var (
	// quoted is a path between quotation marks.
	quoted = regexp.MustCompile("[\"'`](/[^\"'`]*)[\"'`]")
	// registered is a call that registers a route.
	registered = regexp.MustCompile("(?i)\\b(?:app|router)\\.(get|post|put|delete|patch)\\(\\s*[\"'`]([^\"'`]+)[\"'`]")
	// barePath is a path in a text.
	barePath = regexp.MustCompile(`(?:/[\p{L}\p{N}_-]+)+`)
	// anyText is what stands between quotation marks.
	anyText = regexp.MustCompile("[\"'`]([^\"'`]+)[\"'`]")
)

// RoutesOfText finds the routes of a text in any language, line by line: in a
// decorator of app the first quoted path; in a line with app. or router. and a
// bracket the calls that register a route; in any other line each path that stands
// there. Order is that of the text.
func RoutesOfText(text string) []Route {
	var found []Route
	number := 0
	for line := range strings.SplitSeq(text, "\n") {
		number++
		for _, route := range routesOfLine(strings.TrimSpace(line)) {
			route.Line = number
			found = append(found, route)
		}
	}
	return found
}

func routesOfLine(line string) []Route {
	if !strings.Contains(line, "/") {
		return nil
	}
	lower := strings.ToLower(line)
	opening := strings.IndexByte(line, '(')
	switch {
	case strings.HasPrefix(line, "@app.") && opening > 0:
		return decorated(line[len("@app."):opening], line[opening:])
	case opening >= 0 && (strings.Contains(lower, "app.") || strings.Contains(lower, "router.")):
		var found []Route
		for _, m := range registered.FindAllStringSubmatch(line, -1) {
			if strings.HasPrefix(m[2], "/") {
				found = append(found, Route{Method: strings.ToUpper(m[1]), Path: m[2], Evidence: ByCall})
			}
		}
		return found
	}
	var found []Route
	for _, path := range barePath.FindAllString(line, -1) {
		found = append(found, Route{Method: "*", Path: path, Evidence: ByText})
	}
	return found
}

// decorated reads a decorator of that name with those arguments.
func decorated(name, arguments string) []Route {
	m := quoted.FindStringSubmatch(arguments)
	if m == nil {
		return nil
	}
	method := strings.ToUpper(name)
	if !isMethod(method) {
		method = "*"
	}
	return []Route{{Method: method, Path: m[1], Evidence: ByDecorator}}
}

func isMethod(name string) bool {
	switch name {
	case "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE":
		return true
	}
	return false
}

// RouteOf returns the route of an endpoint as the source spells it. lines are
// those that declare it, the first of them first; where none of them spells the
// path, its parameters stay {}. A prefix that is set elsewhere is kept as it is.
func RouteOf(endpoint Fact, lines []string) Route {
	method, path, found := strings.Cut(endpoint.Name, " ")
	if !found {
		method, path = "*", endpoint.Name
	}
	r := Route{Method: method, Path: path, File: endpoint.Path, Line: endpoint.Line, Evidence: ByCode}
	if !strings.Contains(path, "{}") {
		return r
	}
	for _, line := range lines {
		for _, m := range anyText.FindAllStringSubmatch(line, -1) {
			if spelled, ok := spelling(path, m[1]); ok {
				r.Path = spelled
				return r
			}
		}
	}
	return r
}

// spelling returns path with its end spelled as text does, if text spells it: with
// a method before it, without its first slash, or behind the name of a host.
func spelling(path, text string) (string, bool) {
	text = text[strings.LastIndexByte(text, ' ')+1:]
	candidates := []string{"/" + strings.TrimPrefix(text, "/")}
	if slash := strings.IndexByte(text, '/'); slash > 0 {
		candidates = append(candidates, text[slash:])
	}
	for _, candidate := range candidates {
		normal := NormalPath(candidate)
		if strings.Contains(normal, "{}") && strings.HasSuffix(path, normal) {
			return strings.TrimSuffix(path, normal) + candidate, true
		}
	}
	return "", false
}

// Unique keeps the first route of each method and path, until MaxRoutes different
// paths are kept.
func Unique(routes []Route) []Route {
	type name struct{ method, path string }
	seen, paths := make(map[name]bool), make(map[string]bool)
	var kept []Route
	for _, r := range routes {
		n := name{r.Method, r.Path}
		if seen[n] || !paths[r.Path] && len(paths) == MaxRoutes {
			continue
		}
		seen[n], paths[r.Path] = true, true
		kept = append(kept, r)
	}
	return kept
}

// Paths returns the different paths of routes, sorted.
func Paths(routes []Route) []string {
	paths := make([]string, len(routes))
	for i, r := range routes {
		paths[i] = r.Path
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// Sorted returns the routes by path, then method, file and line.
func Sorted(routes []Route) []Route {
	return slices.SortedStableFunc(slices.Values(routes), func(a, b Route) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Method, b.Method), strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
}
