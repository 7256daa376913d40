package code

import (
	"iter"
	"slices"
	"strings"
	"sync"
)

// Index finds facts by kind and name. It never changes after NewIndex and is safe
// for concurrent use.
type Index struct {
	facts []Fact
	kinds [len(kinds)]table
}

// table is what the index holds of one kind.
type table struct {
	full   map[string][]int32 // by normal name
	suffix map[string][]int32 // by every shorter way to say a name
	near   sync.Once
	search *search
}

// NewIndex returns an index of the facts, which the caller must not write to
// afterwards. Facts without a name or of no known kind are not found.
func NewIndex(facts []Fact) *Index {
	x := &Index{facts: facts}
	for i := range facts {
		f := &facts[i]
		if f.Kind < Symbol || int(f.Kind) >= len(kinds) {
			continue
		}
		if name := NormalName(f.Kind, f.Name); name != "" {
			x.kinds[f.Kind].add(f.Kind, name, f.Scope, int32(i))
		}
	}
	return x
}

func (t *table) add(kind Kind, name, scope string, i int32) {
	if t.full == nil {
		t.full, t.suffix = map[string][]int32{}, map[string][]int32{}
	}
	t.full[name] = append(t.full[name], i)
	switch kind {
	case Symbol:
		if scope = normalSymbol(scope); scope != "" {
			name = scope + "." + name
			t.suffix[name] = append(t.suffix[name], i)
		}
		t.addSuffixes(name, '.', i)
	case Key:
		t.addSuffixes(name, '.', i)
	case Command:
		t.addSuffixes(name, ' ', i)
	case Endpoint:
		method, route, _ := strings.Cut(name, " ")
		if method == "*" {
			method = "any"
		} else {
			method = "*"
		}
		name = method + " " + route
		t.suffix[name] = append(t.suffix[name], i)
	}
}

func (t *table) addSuffixes(name string, separator byte, i int32) {
	for {
		at := strings.IndexByte(name, separator)
		if at < 0 {
			return
		}
		name = name[at+1:]
		if list := t.suffix[name]; len(list) == 0 || list[len(list)-1] != i {
			t.suffix[name] = append(list, i)
		}
	}
}

// Find returns the facts of that name in the order in which they were given, or
// none. Names are compared as NormalName spells them. A symbol, a key and a
// command are found by every suffix of their names, so that http.Client.Do answers
// to Client.Do and Do; a method * finds an endpoint of any method and one that
// takes any method answers to each; a {} in a key answers to every word. A path that
// is not known is looked for below its first segments, because code often registers
// routes on a router whose prefix is set elsewhere.
func (x *Index) Find(kind Kind, name string) []Fact {
	found := x.find(kind, name)
	if len(found) == 0 {
		return nil
	}
	facts := make([]Fact, len(found))
	for i, at := range found {
		facts[i] = x.facts[at]
	}
	return facts
}

// Has reports whether Find would return any fact.
func (x *Index) Has(kind Kind, name string) bool { return len(x.find(kind, name)) > 0 }

func (x *Index) find(kind Kind, name string) []int32 {
	if kind < Symbol || int(kind) >= len(kinds) || x.kinds[kind].full == nil {
		return nil
	}
	t, name := &x.kinds[kind], NormalName(kind, name)
	found := t.lookup(name)
	switch {
	case kind == Endpoint:
		method, route, _ := strings.Cut(name, " ")
		found = t.endpoint(method, route)
		for cut := 0; len(found) == 0 && cut < mostPrefixes; cut++ {
			if route = below(route); route == "" {
				break
			}
			found = t.endpoint(method, route)
		}
	case kind == Key && len(found) == 0:
		found = t.wildcard(name)
	}
	return found
}

// mostPrefixes is how many segments the prefix of a router may have that code
// registers routes on without knowing it.
const mostPrefixes = 3

func (t *table) endpoint(method, route string) []int32 {
	found := t.lookup(method + " " + route)
	if method != "*" {
		found = merge(found, t.suffix["any "+route])
	}
	return found
}

// below returns a path without its first segment, as long as what is left names
// anything.
func below(route string) string {
	at := strings.IndexByte(route[1:], '/')
	if at < 0 {
		return ""
	}
	rest := route[1+at:]
	if strings.Trim(rest, "/{}") == "" {
		return ""
	}
	return rest
}

func (t *table) lookup(name string) []int32 {
	full, short := t.full[name], t.suffix[name]
	if len(full) == 0 {
		return short
	}
	return merge(full, short)
}

// merge returns the union of two ascending lists.
func merge(a, b []int32) []int32 {
	if len(b) == 0 {
		return a
	}
	if len(a) == 0 {
		return b
	}
	all := append(slices.Clone(a), b...)
	slices.Sort(all)
	return slices.Compact(all)
}

// wildcard tries the name with one word after the other as the {} of a map.
func (t *table) wildcard(name string) []int32 {
	words := strings.Split(name, ".")
	if len(words) > 16 {
		return nil
	}
	for i, word := range words {
		words[i] = "{}"
		if found := t.lookup(strings.Join(words, ".")); len(found) > 0 {
			return found
		}
		words[i] = word
	}
	return nil
}

// Each visits the facts of a kind in the order in which they were given. They must
// not be written to.
func (x *Index) Each(kind Kind) iter.Seq[*Fact] {
	return func(yield func(*Fact) bool) {
		for i := range x.facts {
			if f := &x.facts[i]; f.Kind == kind && !yield(f) {
				return
			}
		}
	}
}

// Names returns every normal name of the kind once, sorted.
func (x *Index) Names(kind Kind) []string {
	if kind < Symbol || int(kind) >= len(kinds) {
		return nil
	}
	names := make([]string, 0, len(x.kinds[kind].full))
	for name := range x.kinds[kind].full {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Len returns how many facts were given to NewIndex.
func (x *Index) Len() int { return len(x.facts) }
