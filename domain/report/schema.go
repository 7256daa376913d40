package report

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
)

// Schema says what parameters a report takes, in the words of JSON Schema. Parameters
// that it does not name are refused.
type Schema struct {
	Properties map[string]Property
	Required   []string
}

// Property says what a parameter may be.
type Property struct {
	// Type is string, integer, number, boolean or array; items of an array are strings.
	Type string
	// Format of a string is empty, or date-time.
	Format string
	Enum   []string
	// Minimum and Maximum bound numbers, and the lengths of strings and arrays.
	Minimum, Maximum *float64
}

// Check holds parameters, as JSON decodes them, to the schema. It fails with Rejected,
// naming every field that breaks it.
func (s Schema) Check(parameters map[string]any) error {
	fault := domain.Rejected.New("The parameters do not fit the report.")
	var broken []string
	refuse := func(name, rule, message string) {
		fault = fault.WithField("parameters."+name, rule, message)
		broken = append(broken, name+" "+message)
	}
	for _, name := range slices.Sorted(slices.Values(s.Required)) {
		if value, given := parameters[name]; !given || value == nil || value == "" {
			refuse(name, "required", "is required")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(parameters)) {
		property, known := s.Properties[name]
		switch {
		case !known:
			refuse(name, "unknown", "is not a parameter; there are "+s.names())
		case parameters[name] != nil:
			if rule, message := property.check(parameters[name]); rule != "" {
				refuse(name, rule, message)
			}
		}
	}
	if broken == nil {
		return nil
	}
	fault.Message = "The parameters do not fit the report: " + strings.Join(broken, "; ") + "."
	return fault
}

func (s Schema) names() string {
	if len(s.Properties) == 0 {
		return "none"
	}
	return strings.Join(slices.Sorted(maps.Keys(s.Properties)), ", ")
}

// check returns the rule that a value breaks, and how.
func (p Property) check(value any) (rule, message string) {
	switch p.Type {
	case "boolean":
		if _, ok := value.(bool); !ok {
			return "type", "must be true or false"
		}
	case "integer", "number":
		number, ok := value.(float64)
		if !ok || p.Type == "integer" && number != math.Trunc(number) {
			return "type", "must be a number of the type " + p.Type
		}
		return p.bound(number, "must be")
	case "array":
		list, ok := value.([]any)
		if !ok || slices.ContainsFunc(list, func(item any) bool { _, text := item.(string); return !text }) {
			return "type", "must be a list of texts"
		}
		return p.bound(float64(len(list)), "must have a length of")
	default:
		return p.text(value)
	}
	return "", ""
}

func (p Property) text(value any) (rule, message string) {
	text, ok := value.(string)
	if !ok {
		return "type", "must be a text"
	}
	if p.Enum != nil && !slices.Contains(p.Enum, text) {
		return "enum", "must be one of " + strings.Join(p.Enum, ", ")
	}
	if p.Format == "date-time" {
		if _, err := time.Parse(time.RFC3339, text); err != nil {
			return "format", "must be an instant such as 2006-01-02T15:04:05Z"
		}
	}
	return p.bound(float64(utf8.RuneCountInString(text)), "must have a length of")
}

func (p Property) bound(number float64, must string) (rule, message string) {
	if p.Minimum != nil && number < *p.Minimum {
		return "minimum", fmt.Sprintf("%s at least %v", must, *p.Minimum)
	}
	if p.Maximum != nil && number > *p.Maximum {
		return "maximum", fmt.Sprintf("%s at most %v", must, *p.Maximum)
	}
	return "", ""
}
