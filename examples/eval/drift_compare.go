package main

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
)

// compare counts what the change brought up, by names alone and with history.
func (s *driftScore) compare(before, after, remembered []string, mutated []subject, now *code.Index) {
	old := map[string]bool{}
	for _, a := range before {
		old[a] = true
	}
	explained := map[string]bool{}
	for _, m := range mutated {
		name := m.String()
		if m.value && slices.ContainsFunc(now.Find(m.kind, m.name), func(f code.Fact) bool { return claim.SameValue(f.Value, m.fact.Value) }) ||
			!m.value && m.kind != code.Version && now.Has(m.kind, m.name) {
			s.detail = append(s.detail, "stays  "+name) // declared elsewhere too: it still holds
			continue
		}
		s.mutated++
		explained[name] = true
		if slices.Contains(remembered, name) {
			s.remembered++
		} else {
			s.detail = append(s.detail, "forgot "+name)
		}
		if slices.Contains(after, name) {
			s.found++
			s.detail = append(s.detail, "found  "+name)
		} else {
			s.detail = append(s.detail, "missed "+name)
		}
	}
	s.others += len(s.unexplained("other  ", after, old, explained, mutated))
	s.strangers += len(s.unexplained("strange ", remembered, old, explained, mutated))
}

// unexplained lists new alarms that neither are changes nor follow from one.
func (s *driftScore) unexplained(mark string, after []string, old, explained map[string]bool, mutated []subject) []string {
	var all []string
	for _, a := range after {
		if old[a] || explained[a] {
			continue
		}
		if by := consequence(a, mutated); by != "" {
			s.detail = append(s.detail, "follow "+a+" after "+by)
			continue
		}
		all = append(all, a)
		s.detail = append(s.detail, mark+a)
	}
	return all
}

// consequence returns the change that an alarm follows from, as that of a method
// follows from the new name of its type; empty when it follows from none.
func consequence(alarm string, mutated []subject) string {
	for _, m := range mutated {
		for _, name := range [...]string{m.name, m.fact.Name} {
			if m.kind == code.File {
				name = path.Base(name)
			} else {
				name = name[strings.LastIndexAny(name, "./ ")+1:]
			}
			if strings.Contains(letters(alarm), letters(name)) && len(name) > 2 || m.kind == code.Port && strings.Contains(alarm, " default ") {
				return m.String()
			}
		}
	}
	return ""
}

// letters spells a name as it is spelled in a variable, a flag and a field alike.
func letters(name string) string {
	return strings.ToLower(strings.NewReplacer("-", "", "_", "", ".", "").Replace(name))
}

// reasonsOf tells, for who asks, what was said of each changed name.
func reasonsOf(pages []judged, mutated []subject) []string {
	var all []string
	for _, m := range mutated {
		for _, p := range pages {
			for _, v := range p.verdicts {
				if v.Claim.Kind == m.kind && v.Claim.Name == m.name {
					all = append(all, fmt.Sprintf("why    %s: %s %.2f in %s (%s): %s", m, v.State, v.Confidence, p.page.Path, v.Claim.Place, v.Reason))
				}
			}
		}
	}
	return all
}
