package report

import (
	"encoding/json"
	"io"
	"net/url"

	"github.com/docsteward/docsteward/ports/analysis"
)

// object is a JSON object.
type object = map[string]any

// levels are SARIF's levels of the severities. Never written.
var levels = map[string]string{"critical": "error", "high": "error", "medium": "warning", "low": "note", "info": "note"}

// sarif writes SARIF 2.1.0, which code hosts show beside the lines of a change.
func sarif(w io.Writer, r analysis.Report, o Options) error {
	rules, index := []any{}, make(map[string]int)
	for i, rule := range o.Rules {
		index[rule.ID] = i
		rules = append(rules, object{
			"id": rule.ID, "shortDescription": object{"text": rule.Doc},
			"defaultConfiguration": object{"level": levels[rule.Severity], "enabled": !rule.Off},
		})
	}
	results := []any{}
	for _, f := range r.Findings {
		results = append(results, result(f, index))
	}
	notices := []any{}
	for _, f := range r.Faults {
		notices = append(notices, object{"level": "error", "message": object{"text": f.Message}, "locations": []any{location(f.Path, nil)}})
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(object{
		"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
		"runs": []any{object{
			"tool":        object{"driver": object{"name": "docsteward", "version": o.Version, "rules": rules}},
			"results":     results,
			"invocations": []any{object{"executionSuccessful": true, "toolExecutionNotifications": notices}},
			"columnKind":  "unicodeCodePoints",
		}},
	})
}

func result(f analysis.Finding, index map[string]int) object {
	text := f.Message
	if f.Suggestion != "" {
		text += " " + f.Suggestion
	}
	var region object
	if f.Line > 0 {
		region = object{
			"startLine": f.Line, "startColumn": f.Column, "endLine": f.EndLine, "endColumn": f.EndColumn,
			"byteOffset": f.Span.Start, "byteLength": f.Span.End - f.Span.Start,
		}
	}
	out := object{
		"ruleId": f.Rule, "level": levels[f.Severity], "message": object{"text": text}, "locations": []any{location(f.Path, region)},
		"partialFingerprints": object{"docsteward/v1": f.Fingerprint}, "properties": object{"severity": f.Severity},
	}
	if i, ok := index[f.Rule]; ok {
		out["ruleIndex"] = i
	}
	return out
}

func location(path string, region object) object {
	physical := object{"artifactLocation": object{"uri": (&url.URL{Path: path}).String()}}
	if region != nil {
		physical["region"] = region
	}
	return object{"physicalLocation": physical}
}
