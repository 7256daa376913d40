package claim

import "strings"

// routes finds endpoints by the segments of their paths, where {} stands for any.
type routes struct {
	children map[string]*routes
	keys     []string // of children, as they were added
	patterns []string // those of keys that hold {}
	methods  []string
}

// insert adds a path whose segments are between its slashes.
func (t *routes) insert(method string, parts []string) {
	if strings.Trim(strings.Join(parts, ""), "{}") == "" {
		return // it would answer to everything
	}
	for _, part := range parts {
		next := t.children[part]
		if next == nil {
			if t.children == nil {
				t.children = map[string]*routes{}
			}
			next = &routes{}
			t.children[part] = next
			t.keys = append(t.keys, part)
			if strings.Contains(part, "{}") {
				t.patterns = append(t.patterns, part)
			}
		}
		t = next
	}
	t.methods = append(t.methods, method)
}

func segments(endpoint string) (method string, parts []string) {
	method, route, _ := strings.Cut(endpoint, " ")
	return method, strings.Split(strings.Trim(route, "/"), "/")
}

// match returns the methods that a path answers to; false when there is no route.
// A {} on either side stands for any segment, and a route that ends in {} for
// everything below. The budget bounds how many nodes are visited.
func (t *routes) match(parts []string, budget *int) ([]string, bool) {
	if *budget--; *budget < 0 {
		return nil, false
	}
	if len(parts) == 0 {
		return t.methods, len(t.methods) > 0
	}
	if next := t.children[parts[0]]; next != nil {
		if methods, found := next.match(parts[1:], budget); found {
			return methods, true
		}
	}
	keys, any := t.patterns, strings.Contains(parts[0], "{}")
	if any {
		keys = t.keys
	}
	for _, key := range keys {
		if key == parts[0] || !any && !fits(key, parts[0]) {
			continue
		}
		next := t.children[key]
		if methods, found := next.match(parts[1:], budget); found {
			return methods, true
		}
		if key == "{}" && len(next.methods) > 0 && len(next.children) == 0 {
			return next.methods, true
		}
	}
	return nil, false
}

// fits reports whether a segment such as {}, {}.json or {}:verb stands for another.
func fits(pattern, part string) bool {
	head, tail, found := strings.Cut(pattern, "{}")
	return found && len(part) > len(head)+len(tail) && strings.HasPrefix(part, head) && strings.HasSuffix(part, tail)
}

// visits bounds the nodes that one question looks at.
const visits = 400

// router answers whether there is a route.
type router struct {
	// full holds routes from their root, and tails what follows their first segments,
	// as pages write them below a base that they name once.
	full, tails routes
}

func (r *router) add(endpoint string) {
	method, parts := segments(endpoint)
	r.full.insert(method, parts)
	for n := 1; n <= 3 && n < len(parts); n++ {
		if parts[n] != "{}" {
			r.tails.insert(method, parts[n:])
		}
	}
}

// find looks for the route itself, then for one that the code registers below a
// prefix that it does not tell, then for one below a base that the page left out.
func (r *router) find(endpoint string) (methods []string, found bool) {
	_, parts := segments(endpoint)
	budget := visits
	if methods, found = r.full.match(parts, &budget); found {
		return methods, true
	}
	for n := 1; n < len(parts) && n <= 4; n++ {
		if parts[n] == "{}" {
			continue
		}
		if methods, found = r.full.match(parts[n:], &budget); found {
			return methods, true
		}
	}
	return r.tails.match(parts, &budget)
}
