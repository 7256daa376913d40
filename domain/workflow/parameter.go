package workflow

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
)

// ParameterTypes lists the types of parameters. number and float are the same;
// file is the reference of a file, a text.
func ParameterTypes() []string {
	return []string{"string", "integer", "float", "number", "boolean", "array", "object", "file"}
}

// Parameter is a typed input of a workflow.
type Parameter struct {
	Name, Type, Description string
	Required                bool
	// Default is a JSON value; nil is none.
	Default any
	// Allowed lists the only values; empty allows all.
	Allowed []any
	// Rules bound the value: min_length, max_length (strings in characters, arrays
	// in elements), pattern (anywhere in a string), minimum and maximum (numbers).
	Rules map[string]any
}

// Check says what is wrong with a value in words that follow the parameter's
// name; empty when nothing is.
func (p Parameter) Check(value any) string {
	if value == nil {
		if p.Required {
			return "is required"
		}
		return ""
	}
	if !typed(p.Type, value) {
		return fmt.Sprintf("must be %s %s, not %s", article(p.Type), p.Type, typeOf(value))
	}
	if text, ok := value.(string); ok && p.Required && p.Type == "string" && strings.TrimSpace(text) == "" {
		return "must not be empty"
	}
	if len(p.Allowed) > 0 && !slices.ContainsFunc(p.Allowed, func(allowed any) bool { return same(allowed, value) }) {
		return "must be one of " + list(p.Allowed)
	}
	return p.breaks(value)
}

// breaks says which rule the value breaks.
func (p Parameter) breaks(value any) string {
	for _, rule := range slices.Sorted(keys(p.Rules)) {
		bound, numeric := number(p.Rules[rule])
		switch rule {
		case "min_length", "max_length":
			length, has := lengthOf(value)
			if has && numeric && rule == "min_length" && float64(length) < bound {
				return fmt.Sprintf("must have a length of at least %v (min_length), not %d", bound, length)
			}
			if has && numeric && rule == "max_length" && float64(length) > bound {
				return fmt.Sprintf("must have a length of at most %v (max_length), not %d", bound, length)
			}
		case "minimum", "maximum":
			n, isNumber := number(value)
			if isNumber && numeric && rule == "minimum" && n < bound {
				return fmt.Sprintf("must be at least %v (minimum), not %v", bound, n)
			}
			if isNumber && numeric && rule == "maximum" && n > bound {
				return fmt.Sprintf("must be at most %v (maximum), not %v", bound, n)
			}
		case "pattern":
			text, isText := value.(string)
			pattern, _ := p.Rules[rule].(string)
			if compiled, err := regexp.Compile(pattern); err == nil && isText && !compiled.MatchString(text) {
				return "must match the pattern " + pattern
			}
		}
	}
	return ""
}

// checkRules says what is wrong with the rules themselves.
func (p Parameter) checkRules() string {
	for _, rule := range slices.Sorted(keys(p.Rules)) {
		switch rule {
		case "min_length", "max_length", "minimum", "maximum":
			if _, ok := number(p.Rules[rule]); !ok {
				return rule + " must be a number"
			}
		case "pattern":
			pattern, ok := p.Rules[rule].(string)
			if _, err := regexp.Compile(pattern); !ok || err != nil {
				return "pattern must be a regular expression"
			}
		default:
			return rule + " is no rule; there are min_length, max_length, minimum, maximum and pattern"
		}
	}
	return ""
}

// Resolve returns the values that a run begins with: what was given, else the
// default, else null where the parameter is not required. It fails with Rejected
// and lists every value that is missing, wrong or unknown.
func Resolve(parameters []Parameter, given map[string]any) domain.DomainResult[map[string]any] {
	fault := domain.Rejected.New("The parameter validation failed; mend the fields and start again.")
	values := make(map[string]any, len(parameters))
	for _, p := range parameters {
		value, provided := given[p.Name]
		if !provided || value == nil {
			value = p.Default
		}
		if wrong := p.Check(value); wrong != "" {
			fault = fault.WithField("parameters."+p.Name, "parameter", "parameter "+p.Name+" "+wrong)
		}
		values[p.Name] = value
	}
	for _, name := range slices.Sorted(keys(given)) {
		if _, known := values[name]; !known {
			fault = fault.WithField("parameters."+name, "unknown", "the workflow has no parameter "+name)
		}
	}
	if len(fault.Fields) > 0 {
		return domain.Fail[map[string]any](fault)
	}
	return domain.Ok(values)
}

func typed(kind string, value any) bool {
	switch kind {
	case "string", "file":
		_, ok := value.(string)
		return ok
	case "integer":
		n, ok := number(value)
		return ok && n == math.Trunc(n) && math.Abs(n) <= 1<<53
	case "float", "number":
		_, ok := number(value)
		return ok
	case "boolean":
		_, ok := value.(bool)
		return ok
	case "array":
		_, ok := value.([]any)
		return ok
	case "object":
		_, ok := value.(map[string]any)
		return ok
	}
	return false
}

func typeOf(value any) string {
	switch value.(type) {
	case string:
		return "a string"
	case bool:
		return "a boolean"
	case []any:
		return "an array"
	case map[string]any:
		return "an object"
	}
	if n, ok := number(value); ok {
		return "the number " + strconv.FormatFloat(n, 'g', -1, 64)
	}
	return fmt.Sprintf("%T", value)
}

func number(value any) (float64, bool) {
	switch n := value.(type) {
	case float64:
		return n, !math.IsNaN(n) && !math.IsInf(n, 0)
	case int:
		return float64(n), true
	case int64:
		return float64(n), true
	case json.Number:
		f, err := n.Float64()
		return f, err == nil
	}
	return 0, false
}

func lengthOf(value any) (int, bool) {
	switch v := value.(type) {
	case string:
		return utf8.RuneCountInString(v), true
	case []any:
		return len(v), true
	}
	return 0, false
}

// same compares as JSON does: 1 and 1.0 are equal.
func same(a, b any) bool {
	x, okX := number(a)
	y, okY := number(b)
	if okX || okY {
		return okX && okY && x == y
	}
	return textOf(a) == textOf(b) && typeOf(a) == typeOf(b)
}

func list(values []any) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = textOf(v)
	}
	return strings.Join(words, ", ")
}

func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an"
	}
	return "a"
}
