package bind

import (
	"errors"
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

// rulesOf reads the tags. Rules of texts and numbers at a list or a map hold for
// each of its values. It refuses a rule that does not fit the type, since the
// document could not express it and nothing would check it.
func rulesOf(sf reflect.StructField, n *node) (rules, error) {
	r := rules{required: sf.Tag.Get("required") == "true", description: sf.Tag.Get("description"), def: sf.Tag.Get("default")}
	inner, innermost := &r, n
	if n.kind == kindArray || n.kind == kindMap {
		inner, innermost = &n.within, n.elem
	}
	text, number := innermost.kind == kindString, innermost.isNumber()
	fits := map[string]bool{
		"minLength": text, "maxLength": text, "pattern": text, "enum": text, "minimum": number, "maximum": number,
		"minItems": n.kind == kindArray, "maxItems": n.kind == kindArray || n.kind == kindMap, "default": n.kind <= kindFloat,
	}
	for tag, ok := range fits {
		if sf.Tag.Get(tag) != "" && !ok {
			return r, fmt.Errorf("the rule %s does not fit the type %s", tag, n.typ)
		}
	}
	if err := inner.readTexts(sf.Tag); err != nil {
		return r, err
	}
	for tag, into := range map[string]**int{"minLength": &inner.minLength, "maxLength": &inner.maxLength, "minItems": &r.minItems, "maxItems": &r.maxItems} {
		if err := read(sf.Tag, tag, into, strconv.Atoi); err != nil {
			return r, err
		}
	}
	asFloat := func(text string) (float64, error) { return strconv.ParseFloat(text, 64) }
	for tag, into := range map[string]**float64{"minimum": &inner.minimum, "maximum": &inner.maximum} {
		if err := read(sf.Tag, tag, into, asFloat); err != nil {
			return r, err
		}
	}
	if r.maxItems != nil {
		n.most = *r.maxItems
		if n.bare != nil {
			n.bare.most = n.most
		}
	}
	if n.bare != nil {
		n.bare.within = n.within
	}
	return r, errors.Join(r.checkDefault(n), r.checkRequired(n))
}

func (r *rules) readTexts(tag reflect.StructTag) (err error) {
	if text := tag.Get("enum"); text != "" {
		r.enum = strings.Split(text, ",")
	}
	if text := tag.Get("pattern"); text != "" {
		if foreign := goOnly.FindString(text); foreign != "" {
			return fmt.Errorf("the pattern uses %s, which readers of the document do not understand", foreign)
		}
		r.pattern, err = regexp.Compile(text)
	}
	return err
}

// goOnly finds what Go's expressions have and those of ECMAScript lack.
var goOnly = regexp.MustCompile(`\(\?[^:]|\[\[:|\\[AzQECa]|\\p[A-Z]|\\x\{`)

func read[T any](tags reflect.StructTag, tag string, into **T, parse func(string) (T, error)) error {
	text := tags.Get(tag)
	if text == "" {
		return nil
	}
	number, err := parse(text)
	if err != nil {
		return fmt.Errorf("the rule %s is no number", tag)
	}
	*into = &number
	return nil
}

func (r *rules) checkDefault(n *node) error {
	if r.def == "" {
		return nil
	}
	if n.bare != nil || r.required {
		return errors.New("a default fits neither an optional nor a required field")
	}
	value := reflect.New(n.typ).Elem()
	if err := n.parse(r.def, value); err != nil {
		return fmt.Errorf("the default %q: %w", r.def, err)
	}
	if rule, message := r.broken(n, value); rule != "" {
		return fmt.Errorf("the default %q %s", r.def, message)
	}
	return nil
}

// checkRequired keeps a required field from meaning two things. In a command
// made in Go a zero value is an absent one, so a required text is never empty,
// and a required number or truth value whose zero means something is a pointer.
func (r *rules) checkRequired(n *node) error {
	if !r.required || n.bare != nil {
		return nil
	}
	switch {
	case n.kind == kindString && r.minLength == nil && r.enum == nil:
		one := 1
		r.minLength = &one
	case n.kind == kindBool:
		return errors.New("a required truth value must be a pointer, or false would count as absent")
	case n.isNumber():
		if rule, _ := r.brokenByNumber(0); rule == "" {
			return errors.New("a required number must exclude 0 by its bounds or be a pointer, or 0 would count as absent")
		}
	}
	return nil
}

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
	case kindArray, kindMap:
		if r.minItems != nil && v.Len() < *r.minItems {
			return "minItems", fmt.Sprintf("must hold at least %d items", *r.minItems)
		}
		if v.Len() > n.most {
			return tooMany(n.most)
		}
	}
	return "", ""
}

func tooMany(most int) (rule, message string) {
	return "maxItems", fmt.Sprintf("must hold at most %d items", most)
}

func (r *rules) brokenByText(text string) (rule, message string) {
	longest := DefaultMaxLength
	if r.maxLength != nil {
		longest = *r.maxLength
	}
	switch {
	case r.enum != nil && !slices.Contains(r.enum, text):
		return "enum", "must be one of " + strings.Join(r.enum, ", ")
	case r.minLength != nil && *r.minLength > 0 && (len(text) == 0 || utf8.RuneCountInString(text) < *r.minLength):
		return "minLength", fmt.Sprintf("must be at least %d characters long", *r.minLength)
	case len(text) > longest && utf8.RuneCountInString(text) > longest:
		return "maxLength", fmt.Sprintf("must be at most %d characters long", longest)
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
