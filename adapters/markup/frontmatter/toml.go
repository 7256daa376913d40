package frontmatter

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/docsteward/docsteward/domain/document"
)

// parseTOML reads the part of TOML that front matter uses: "key = value" lines,
// tables, dotted keys, strings, numbers, booleans, dates (kept as spelled) and
// arrays on one line. Anything else is an error that names its line.
func parseTOML(text []byte) (document.Metadata, error) {
	root := map[string]any{}
	table := root
	for i, line := range bytes.Split(text, []byte("\n")) {
		setting := strings.TrimSpace(string(line))
		if setting == "" || setting[0] == '#' {
			continue
		}
		var err error
		if name, ok := strings.CutPrefix(setting, "["); ok {
			name, _, ok = strings.Cut(name, "]")
			if !ok || strings.HasPrefix(name, "[") {
				return nil, fmt.Errorf("line %d: expected a table such as [params]", i+1)
			}
			table, err = descend(root, name)
		} else {
			err = assign(table, setting)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return root, nil
}

func assign(table map[string]any, setting string) error {
	key, text, ok := strings.Cut(setting, "=")
	if !ok {
		return fmt.Errorf("expected key = value")
	}
	value, rest, err := tomlValue(strings.TrimSpace(text))
	if err != nil {
		return err
	}
	if rest = strings.TrimSpace(rest); rest != "" && rest[0] != '#' {
		return fmt.Errorf("unexpected %q after the value", rest)
	}
	key = strings.TrimSpace(key)
	if dot := strings.LastIndexByte(key, '.'); dot >= 0 && !strings.ContainsAny(key, `"'`) {
		if table, err = descend(table, key[:dot]); err != nil {
			return err
		}
		key = key[dot+1:]
	}
	table[strings.Trim(strings.TrimSpace(key), `"'`)] = value
	return nil
}

func descend(table map[string]any, path string) (map[string]any, error) {
	for _, name := range strings.Split(path, ".") {
		name = strings.Trim(strings.TrimSpace(name), `"'`)
		if table[name] == nil {
			table[name] = map[string]any{}
		}
		inner, ok := table[name].(map[string]any)
		if !ok {
			return nil, fmt.Errorf("%s is set already", name)
		}
		table = inner
	}
	return table, nil
}

func tomlValue(text string) (value any, rest string, err error) {
	switch {
	case text == "":
		return nil, "", fmt.Errorf("expected a value")
	case text[0] == '"':
		end := 1
		for end < len(text) && text[end] != '"' {
			if text[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(text) {
			return nil, "", fmt.Errorf("the string is never closed")
		}
		var s string
		if json.Unmarshal([]byte(text[:end+1]), &s) != nil {
			return nil, "", fmt.Errorf("%s is no string", text[:end+1])
		}
		return s, text[end+1:], nil
	case text[0] == '\'':
		s, rest, ok := strings.Cut(text[1:], "'")
		if !ok {
			return nil, "", fmt.Errorf("the string is never closed")
		}
		return s, rest, nil
	case text[0] == '[':
		return tomlArray(text[1:])
	}
	end := strings.IndexAny(text, ",]#")
	if end < 0 {
		end = len(text)
	}
	value, err = tomlBare(strings.TrimSpace(text[:end]))
	return value, text[end:], err
}

func tomlArray(text string) (any, string, error) {
	list := []any{}
	for {
		text = strings.TrimLeft(text, " \t,")
		if rest, ok := strings.CutPrefix(text, "]"); ok {
			return list, rest, nil
		}
		value, rest, err := tomlValue(text)
		if err != nil {
			return nil, "", fmt.Errorf("in an array: %w", err)
		}
		if rest = strings.TrimLeft(rest, " \t"); rest == "" || rest[0] != ',' && rest[0] != ']' {
			return nil, "", fmt.Errorf("the array is not closed on its line")
		}
		list, text = append(list, value), rest
	}
}

func tomlBare(word string) (any, error) {
	switch word {
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	plain := strings.ReplaceAll(word, "_", "")
	if n, err := strconv.ParseInt(plain, 0, 64); err == nil {
		return int(n), nil
	}
	if f, err := strconv.ParseFloat(plain, 64); err == nil && strings.ContainsAny(plain, ".eE") && !strings.ContainsAny(plain, "xXnN") {
		return f, nil
	}
	if len(word) >= 8 && word[0] >= '0' && word[0] <= '9' {
		return word, nil
	}
	return nil, fmt.Errorf("%q is no value", word)
}
