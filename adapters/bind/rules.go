package bind

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// rules are what the tags of a field demand.
type rules struct {
	required             bool
	description          string
	def                  string
	enum                 []string
	pattern              *regexp.Regexp
	minLength, maxLength *int
	minItems, maxItems   *int
	minimum, maximum     *float64
}

// rulesOf reads the tags. It refuses a rule that does not fit the type, since
// the document could not express it and nothing would check it.
func rulesOf(sf reflect.StructField, n *node) (rules, error) {
	r := rules{required: sf.Tag.Get("required") == "true", description: sf.Tag.Get("description"), def: sf.Tag.Get("default")}
	var err error
	fits := map[string]bool{
		"minLength": n.kind == kindString, "maxLength": n.kind == kindString, "pattern": n.kind == kindString,
		"enum": n.kind == kindString, "default": n.kind <= kindFloat,
		"minimum": n.isNumber(), "maximum": n.isNumber(),
		"minItems": n.kind == kindArray, "maxItems": n.kind == kindArray,
	}
	for tag, ok := range fits {
		if sf.Tag.Get(tag) != "" && !ok {
			return r, fmt.Errorf("the rule %s does not fit the type %s", tag, n.typ)
		}
	}
	if text := sf.Tag.Get("enum"); text != "" {
		r.enum = strings.Split(text, ",")
	}
	if text := sf.Tag.Get("pattern"); text != "" {
		if r.pattern, err = regexp.Compile(text); err != nil {
			return r, err
		}
	}
	for tag, into := range map[string]**int{"minLength": &r.minLength, "maxLength": &r.maxLength, "minItems": &r.minItems, "maxItems": &r.maxItems} {
		if text := sf.Tag.Get(tag); text != "" {
			number, err := strconv.Atoi(text)
			if err != nil {
				return r, fmt.Errorf("the rule %s is no number", tag)
			}
			*into = &number
		}
	}
	for tag, into := range map[string]**float64{"minimum": &r.minimum, "maximum": &r.maximum} {
		if text := sf.Tag.Get(tag); text != "" {
			number, err := strconv.ParseFloat(text, 64)
			if err != nil {
				return r, fmt.Errorf("the rule %s is no number", tag)
			}
			*into = &number
		}
	}
	r.addBounds(n)
	return r, r.checkDefault(n)
}

// addBounds sets the bounds that hold where no tag says otherwise.
func (r *rules) addBounds(n *node) {
	if n.kind == kindString && r.maxLength == nil && r.enum == nil {
		limit := DefaultMaxLength
		r.maxLength = &limit
	}
	if n.kind == kindArray && r.maxItems == nil {
		limit := DefaultMaxItems
		r.maxItems = &limit
	}
}

func (r *rules) checkDefault(n *node) error {
	if r.def == "" {
		return nil
	}
	if n.pointer || n.optional || r.required {
		return fmt.Errorf("a default fits neither an optional nor a required field")
	}
	if err := n.parse(r.def, reflect.New(n.typ).Elem()); err != nil {
		return fmt.Errorf("the default %q: %w", r.def, err)
	}
	return nil
}

func (n *node) isNumber() bool { return n.kind == kindInt || n.kind == kindUint || n.kind == kindFloat }

// broken returns the rule that a value breaks and what it demands, or "".
func (r *rules) broken(n *node, v reflect.Value) (rule, message string) {
	switch n.kind {
	case kindString:
		return r.brokenByText(v.String())
	case kindInt:
		return r.brokenByNumber(float64(v.Int()))
	case kindUint:
		return r.brokenByNumber(float64(v.Uint()))
	case kindFloat:
		return r.brokenByNumber(v.Float())
	case kindArray:
		if r.minItems != nil && v.Len() < *r.minItems {
			return "minItems", fmt.Sprintf("must hold at least %d items", *r.minItems)
		}
		if r.maxItems != nil && v.Len() > *r.maxItems {
			return "maxItems", fmt.Sprintf("must hold at most %d items", *r.maxItems)
		}
	}
	return "", ""
}

func (r *rules) brokenByText(text string) (rule, message string) {
	switch {
	case r.enum != nil && !slices.Contains(r.enum, text):
		return "enum", "must be one of " + strings.Join(r.enum, ", ")
	case r.minLength != nil && *r.minLength > 0 && (len(text) == 0 || utf8.RuneCountInString(text) < *r.minLength):
		return "minLength", fmt.Sprintf("must be at least %d characters long", *r.minLength)
	case r.maxLength != nil && len(text) > *r.maxLength && utf8.RuneCountInString(text) > *r.maxLength:
		return "maxLength", fmt.Sprintf("must be at most %d characters long", *r.maxLength)
	case r.pattern != nil && !r.pattern.MatchString(text):
		return "pattern", "must match " + r.pattern.String()
	}
	return "", ""
}

func (r *rules) brokenByNumber(number float64) (rule, message string) {
	switch {
	case r.minimum != nil && number < *r.minimum:
		return "minimum", "must be at least " + strconv.FormatFloat(*r.minimum, 'f', -1, 64)
	case r.maximum != nil && number > *r.maximum:
		return "maximum", "must be at most " + strconv.FormatFloat(*r.maximum, 'f', -1, 64)
	}
	return "", ""
}
