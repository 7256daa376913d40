package workflow

import (
	"encoding/json"
	"iter"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/docsteward/docsteward/domain"
)

var reference = regexp.MustCompile(`\{\{\s*([^{}]+?)\s*\}\}`)

// Reference is a {{name.part}} in a config.
type Reference struct {
	// Root is a parameter or an action; Path leads into its value.
	Root string
	Path []string
}

// String returns the reference as it is written, without braces.
func (r Reference) String() string { return strings.Join(append([]string{r.Root}, r.Path...), ".") }

func parseReference(text string) Reference {
	parts := strings.Split(text, ".")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return Reference{Root: parts[0], Path: parts[1:]}
}

// References lists what a config value refers to, in order, each once.
func References(value any) []Reference {
	var found []Reference
	seen := make(map[string]bool)
	walk(value, func(text string) {
		for _, m := range reference.FindAllStringSubmatch(text, -1) {
			r := parseReference(m[1])
			if !seen[r.String()] {
				seen[r.String()] = true
				found = append(found, r)
			}
		}
	})
	return found
}

// walk calls visit with every text within value, those of objects by name.
func walk(value any, visit func(text string)) {
	switch v := value.(type) {
	case string:
		visit(v)
	case []any:
		for _, item := range v {
			walk(item, visit)
		}
	case map[string]any:
		for _, key := range slices.Sorted(keys(v)) {
			walk(v[key], visit)
		}
	}
}

// Fill returns value with its references replaced by what they refer to. A text
// that is one reference becomes the value with its type; within other text a value
// is written as text, objects and arrays as JSON. It fails with Rejected and names
// every reference that leads to nothing.
func Fill(value any, values map[string]any) (any, error) {
	f := filler{values: values}
	filled := f.fill(value)
	if len(f.unknown) > 0 {
		return nil, domain.Rejected.New("The reference " + strings.Join(f.unknown, ", ") + " leads to nothing; name a parameter, or an action that ran before and a field that it answered.")
	}
	return filled, nil
}

type filler struct {
	values  map[string]any
	unknown []string
}

func (f *filler) fill(value any) any {
	switch v := value.(type) {
	case string:
		return f.text(v)
	case []any:
		items := make([]any, len(v))
		for i, item := range v {
			items[i] = f.fill(item)
		}
		return items
	case map[string]any:
		object := make(map[string]any, len(v))
		for _, key := range slices.Sorted(keys(v)) {
			object[key] = f.fill(v[key])
		}
		return object
	}
	return value
}

func (f *filler) text(text string) any {
	places := reference.FindAllStringSubmatchIndex(text, -1)
	if len(places) == 0 {
		return text
	}
	if p := places[0]; p[0] == 0 && p[1] == len(text) {
		return f.look(text[p[2]:p[3]])
	}
	var b strings.Builder
	end := 0
	for _, p := range places {
		b.WriteString(text[end:p[0]])
		b.WriteString(textOf(f.look(text[p[2]:p[3]])))
		end = p[1]
	}
	b.WriteString(text[end:])
	return b.String()
}

func (f *filler) look(text string) any {
	r := parseReference(text)
	value, found := f.values[r.Root]
	for _, part := range r.Path {
		if !found {
			break
		}
		value, found = field(value, part)
	}
	if !found && !slices.Contains(f.unknown, "{{"+r.String()+"}}") {
		f.unknown = append(f.unknown, "{{"+r.String()+"}}")
	}
	return value
}

// field returns the field of an object or the element of an array.
func field(value any, part string) (any, bool) {
	switch v := value.(type) {
	case map[string]any:
		inner, found := v[part]
		return inner, found
	case []any:
		if i, err := strconv.Atoi(part); err == nil && i >= 0 && i < len(v) {
			return v[i], true
		}
	}
	return nil, false
}

// textOf writes a value as text: a string as it is, null as nothing, all else as
// JSON.
func textOf(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case nil:
		return ""
	}
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return "" // no value of JSON; they come from decoding it
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func keys(m map[string]any) iter.Seq[string] { return maps.Keys(m) }
