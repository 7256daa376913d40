package workflow

import "strings"

// severities are those of findings, the worst first. Never written.
var severities = []string{"critical", "high", "medium", "low", "info"}

// analyseSeverity counts severities and names the worst. It takes findings (an
// array of objects with a severity, or an object that holds one), counts by
// severity, or a text, in which it looks for the words.
func analyseSeverity(input any, _ map[string]any) (any, error) {
	counts := make(map[string]any, len(severities))
	for _, s := range severities {
		counts[s] = float64(0)
	}
	add := func(severity any, n float64) {
		name, _ := severity.(string)
		if sum, known := counts[strings.ToLower(name)].(float64); known {
			counts[strings.ToLower(name)] = sum + n
		}
	}
	switch v := input.(type) {
	case []any:
		for _, item := range v {
			severity, _ := field(item, "severity")
			add(severity, 1)
		}
	case map[string]any:
		if findings, ok := v["findings"].([]any); ok {
			return analyseSeverity(findings, nil)
		}
		for name, value := range v {
			if n, ok := number(value); ok {
				add(name, n)
			}
		}
	case string:
		for _, word := range strings.FieldsFunc(v, func(r rune) bool { return !letter(r) }) {
			add(word, 1)
		}
	default:
		return nil, wants("findings, counts by severity or a text", input)
	}
	level, total := "none", float64(0)
	for _, s := range severities {
		n := counts[s].(float64)
		if total += n; level == "none" && n > 0 {
			level = s
		}
	}
	return map[string]any{"level": level, "total": total, "counts": counts}, nil
}

func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
