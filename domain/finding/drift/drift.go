// Package drift turns verdicts on what pages claim about the code into findings.
package drift

import (
	"fmt"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/domain/finding"
)

const (
	// Default is the rule of values, whatever they are the default of. The other
	// rules are told by the kind of the name.
	Default = "drift-default"
	// Suspect is the rule of names that less ties to the project, of whatever kind:
	// who wants no doubtful findings switches off this one.
	Suspect = "drift-suspect"
)

// rules by the kind of the name that is gone. Never written.
var rules = map[code.Kind]string{
	code.Flag: "drift-flag", code.Variable: "drift-variable", code.Port: "drift-port", code.Endpoint: "drift-endpoint", code.File: "drift-file",
	code.Symbol: "drift-symbol", code.Key: "drift-key", code.Target: "drift-target", code.Command: "drift-command", code.Version: "drift-version", code.Message: "drift-message",
}

// Rules lists the rules of this package.
func Rules() []finding.Rule {
	return []finding.Rule{
		{ID: "drift-flag", Severity: finding.High, Doc: "Options of the project's commands that pages name exist."},
		{ID: "drift-variable", Severity: finding.High, Doc: "Environment variables that pages name are read by the code."},
		{ID: "drift-port", Severity: finding.High, Doc: "Ports that pages name are those of the code."},
		{ID: "drift-endpoint", Severity: finding.High, Doc: "Routes that pages name are served by the code."},
		{ID: "drift-file", Severity: finding.High, Doc: "Files of the project that pages name exist."},
		{ID: "drift-symbol", Severity: finding.High, Doc: "Functions, types and the like that pages name exist."},
		{ID: "drift-key", Severity: finding.High, Doc: "Keys of the configuration that pages name are read by the code."},
		{ID: Default, Severity: finding.High, Doc: "Defaults that pages state are those of the code."},
		{ID: "drift-target", Severity: finding.High, Doc: "Targets that pages have make build stand in the Makefile."},
		{ID: "drift-command", Severity: finding.High, Doc: "Subcommands that pages run exist."},
		{ID: "drift-version", Severity: finding.High, Doc: "Versions that pages require are those that the code requires."},
		{ID: "drift-message", Severity: finding.Medium, Doc: "Messages of the project that pages quote are those of the code."},
		{ID: Suspect, Severity: finding.Medium, Doc: "Names that are probably the project's, though less says so, stand in the code."},
	}
}

// RuleOf returns the rule that a verdict breaks; false when it breaks none. Links
// to files that are missing are left to broken-link.
func RuleOf(v claim.Verdict) (string, bool) {
	if !v.Drifted() || v.Claim.Kind == code.File && v.Claim.Place == claim.Link {
		return "", false
	}
	switch {
	case v.State == claim.Changed && v.Claim.Kind != code.Version:
		return Default, true
	case v.Confidence < claim.Strong:
		return Suspect, true
	}
	rule, known := rules[v.Claim.Kind]
	return rule, known
}

// Claims are what one page says about the code, each with its place.
type Claims struct {
	All    []claim.Claim
	places []finding.Place
}

// Of returns the claims of a page; none where every rule of this package is off.
func Of(p *finding.Page) Claims {
	if !slices.ContainsFunc(Rules(), func(r finding.Rule) bool { return p.Wants(r.ID) }) {
		return Claims{}
	}
	all := claim.Extract(p.Content, p.Tree)
	places := make([]finding.Place, len(all))
	for i, one := range all {
		places[i] = p.At(one.Start, one.End)
	}
	return Claims{all, places}
}

// Check adds a finding for every verdict that the page is wrong. The verdicts are
// those of the claims, in their order.
func Check(r *finding.Report, claims Claims, verdicts []claim.Verdict) {
	for i, v := range verdicts {
		if rule, broken := RuleOf(v); broken {
			r.Add(rule, claims.places[i], v.Reason, suggestion(v), fix(v))
		}
	}
}

// suggestion says what would be right.
func suggestion(v claim.Verdict) string {
	switch {
	case v.Suggestion == "":
		return ""
	case v.State == claim.Changed:
		return "Write " + v.Suggestion + "." + declared(v)
	case v.Proven:
		return "It is now " + v.Suggestion + "."
	}
	return "Is " + v.Suggestion + " meant?"
}

// declared tells where the code says so.
func declared(v claim.Verdict) string {
	if v.Fact == nil || v.Fact.Path == "" {
		return ""
	}
	return fmt.Sprintf(" %s:%d says so.", v.Fact.Path, v.Fact.Line)
}

// fix replaces a name by the one that history proves to be its successor, where the
// page spells the whole name.
func fix(v claim.Verdict) *finding.Fix {
	if !v.Proven || v.State != claim.Renamed {
		return nil
	}
	old := code.NormalName(v.Claim.Kind, v.Claim.Written)
	at := strings.LastIndex(v.Claim.Written, old)
	if old != v.Claim.Name || at < 0 || at+len(old) != len(v.Claim.Written) {
		return nil
	}
	name := code.NormalName(v.Claim.Kind, v.Suggestion)
	return &finding.Fix{Start: v.Claim.Start, End: v.Claim.End, Replacement: v.Claim.Written[:at] + name}
}
