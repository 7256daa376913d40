package registry

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Merge puts the known services and the registered ones together, by id; a
// registered one takes the place of the known one of its id.
func Merge(known, registered []Service) []Service {
	all := slices.Clone(registered)
	for _, k := range known {
		if !slices.ContainsFunc(registered, func(r Service) bool { return r.ID == k.ID }) {
			all = append(all, k)
		}
	}
	slices.SortFunc(all, func(a, b Service) int { return cmp.Compare(a.ID.String(), b.ID.String()) })
	return all
}

// Filter chooses services; what is empty chooses all.
type Filter struct {
	Category, Capability string
	Status               Status
}

// Choose keeps the services that the filter accepts.
func Choose(all []Service, f Filter) []Service {
	kept := make([]Service, 0, len(all))
	for _, s := range all {
		if (f.Category == "" || s.Category == f.Category) && (f.Status == "" || s.Status == f.Status) &&
			(f.Capability == "" || slices.Contains(s.Capabilities, f.Capability)) {
			kept = append(kept, s)
		}
	}
	return kept
}

// Capabilities lists what the services can do, in order, with who can.
func Capabilities(all []Service) (names []string, by map[string][]string) {
	by = make(map[string][]string)
	for _, s := range all {
		for _, c := range s.Capabilities {
			by[c] = append(by[c], s.ID.String())
		}
	}
	for name := range by {
		names = append(names, name)
	}
	slices.Sort(names)
	return names, by
}

// Problem is something that is wrong with the directory as a whole.
type Problem struct {
	Service, Rule, Message string
}

// Lint lists what is wrong with the registered services: a dependency that is not
// registered or not alive, a service that nobody needs and that calls nobody, one
// without an owner, and two at one address.
func Lint(all []Service, now time.Time) []Problem {
	byID := make(map[string]Service, len(all))
	needed := make(map[string]bool)
	at := make(map[string]string)
	for _, s := range all {
		byID[s.ID.String()] = s
		for _, d := range s.DependsOn {
			needed[d] = true
		}
	}
	var found []Problem
	tell := func(s Service, rule, message string) {
		found = append(found, Problem{Service: s.ID.String(), Rule: rule, Message: message})
	}
	for _, s := range all {
		if s.Revision == 0 {
			continue // it never registered
		}
		for _, d := range s.DependsOn {
			on, known := byID[d]
			switch {
			case !known || on.Revision == 0:
				tell(s, "dangling-dependency", "It needs "+d+", which is not registered.")
			case !on.Alive(now):
				tell(s, "dead-dependency", fmt.Sprintf("It needs %s, which was last seen at %s.", d, on.LastSeen.UTC().Format(time.RFC3339)))
			}
		}
		if len(s.DependsOn) == 0 && !needed[s.ID.String()] {
			tell(s, "orphan", "Nobody needs it and it needs nobody.")
		}
		if strings.TrimSpace(s.Owner) == "" {
			tell(s, "no-owner", "Nobody is named who looks after it.")
		}
		if other := at[s.URL]; other != "" {
			tell(s, "shared-address", "It has the address of "+other+".")
		}
		at[s.URL] = s.ID.String()
	}
	return found
}
