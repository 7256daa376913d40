package workflow

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/docsteward/docsteward/domain"
)

// transformations are what transform_data can do, by name. Never written.
var transformations = map[string]func(input any, config map[string]any) (any, error){
	"parse_github_url":   parseGitHubURL,
	"extract_event_info": extractEventInfo,
	"severity_analysis":  analyseSeverity,
	"uppercase":          onText(strings.ToUpper),
	"lowercase":          onText(strings.ToLower),
	"trim":               onText(strings.TrimSpace),
	"reverse":            reverse,
	"count":              countOf,
	"join":               join,
	"pick":               pick,
	"pluck":              pluck,
	"template":           template,
}

// Transformations lists what transform_data can do.
func Transformations() []string {
	names := make([]string, 0, len(transformations))
	for name := range transformations {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func checkTransformation(config map[string]any) string {
	name, _ := config["transformation_type"].(string)
	if transformations[name] == nil {
		return "transformation_type must be one of " + strings.Join(Transformations(), ", ")
	}
	_, data := config["input_data"]
	field, named := config["input_field"].(string)
	if !data && (!named || field == "") && name != "template" {
		return "needs input_data, or input_field: the name of a parameter or of what an action answered"
	}
	return ""
}

// Transform does what the filled config says. It fails with Rejected where the
// input is not what the transformation takes.
func Transform(config, values map[string]any) (any, error) {
	name, _ := config["transformation_type"].(string)
	transform := transformations[name]
	if transform == nil {
		return nil, domain.Rejected.New(checkTransformation(config))
	}
	input, given := config["input_data"]
	if path, named := config["input_field"].(string); !given && named && path != "" {
		var err error
		if input, err = Fill("{{"+path+"}}", values); err != nil {
			return nil, err
		}
	}
	return transform(input, config)
}

func onText(change func(string) string) func(any, map[string]any) (any, error) {
	return func(input any, _ map[string]any) (any, error) {
		text, ok := input.(string)
		if !ok {
			return nil, wants("a text", input)
		}
		return change(text), nil
	}
}

func wants(what string, input any) error {
	return domain.Rejected.New("The transformation takes " + what + ", not " + typeOf(input) + ".")
}

func reverse(input any, _ map[string]any) (any, error) {
	switch v := input.(type) {
	case string:
		runes := []rune(v)
		slices.Reverse(runes)
		return string(runes), nil
	case []any:
		turned := slices.Clone(v)
		slices.Reverse(turned)
		return turned, nil
	}
	return nil, wants("a text or an array", input)
}

func countOf(input any, _ map[string]any) (any, error) {
	if object, ok := input.(map[string]any); ok {
		return float64(len(object)), nil
	}
	if length, ok := lengthOf(input); ok {
		return float64(length), nil
	}
	return nil, wants("a text, an array or an object", input)
}

func join(input any, config map[string]any) (any, error) {
	items, ok := input.([]any)
	if !ok {
		return nil, wants("an array", input)
	}
	separator, given := config["separator"].(string)
	if !given {
		separator = ", "
	}
	words := make([]string, len(items))
	for i, item := range items {
		words[i] = textOf(item)
	}
	return strings.Join(words, separator), nil
}

// pick keeps the fields that the config names, of an object or of each in an array.
func pick(input any, config map[string]any) (any, error) {
	fields := idsOf(config["fields"])
	switch v := input.(type) {
	case map[string]any:
		kept := make(map[string]any, len(fields))
		for _, name := range fields {
			if value, has := v[name]; has {
				kept[name] = value
			}
		}
		return kept, nil
	case []any:
		kept := make([]any, len(v))
		for i, item := range v {
			inner, err := pick(item, config)
			if err != nil {
				return nil, err
			}
			kept[i] = inner
		}
		return kept, nil
	}
	return nil, wants("an object or an array of objects", input)
}

// pluck answers the field that the config names of each object in an array.
func pluck(input any, config map[string]any) (any, error) {
	items, ok := input.([]any)
	if !ok {
		return nil, wants("an array of objects", input)
	}
	name, _ := config["field"].(string)
	values := make([]any, len(items))
	for i, item := range items {
		value, has := field(item, name)
		if !has {
			return nil, domain.Rejected.New("Element " + strconv.Itoa(i) + " has no field " + name + ".")
		}
		values[i] = value
	}
	return values, nil
}

// template answers its text, whose references are filled by then.
func template(input any, config map[string]any) (any, error) {
	if text, ok := config["text"].(string); ok {
		return text, nil
	}
	return textOf(input), nil
}

// parseGitHubURL takes the address of a repository, pull request, issue, file or
// commit apart.
func parseGitHubURL(input any, _ map[string]any) (any, error) {
	text, _ := input.(string)
	text = strings.TrimSpace(text)
	if rest, ssh := strings.CutPrefix(text, "git@"); ssh {
		text = "https://" + strings.Replace(rest, ":", "/", 1)
	}
	address, err := url.Parse(text)
	if err != nil || address.Host == "" {
		return nil, domain.Rejected.New("The transformation takes the address of something on GitHub, such as https://github.com/owner/repository/pull/1.")
	}
	parts := strings.FieldsFunc(address.Path, func(r rune) bool { return r == '/' })
	if len(parts) < 2 {
		return nil, domain.Rejected.New("The address names no repository: it must hold an owner and a name.")
	}
	found := map[string]any{
		"host": address.Host, "owner": parts[0], "repo": strings.TrimSuffix(parts[1], ".git"), "type": "repository",
	}
	found["full_name"] = parts[0] + "/" + found["repo"].(string)
	if len(parts) < 4 {
		return found, nil
	}
	switch number, err := strconv.Atoi(parts[3]); parts[2] {
	case "pull", "issues":
		if err != nil {
			return nil, domain.Rejected.New("The address names no number: " + parts[3] + ".")
		}
		found["type"], found["number"] = "pull_request", float64(number)
		if parts[2] == "issues" {
			found["type"] = "issue"
		}
	case "commit":
		found["type"], found["commit"] = "commit", parts[3]
	case "blob", "tree":
		found["type"], found["ref"], found["path"] = parts[2], parts[3], strings.Join(parts[4:], "/")
	}
	return found, nil
}

// extractEventInfo finds in the body of a webhook what happened, where and by whom.
func extractEventInfo(input any, _ map[string]any) (any, error) {
	event, ok := input.(map[string]any)
	if !ok {
		return nil, wants("an object", input)
	}
	look := func(paths ...string) any {
		for _, path := range paths {
			value, found := any(event), true
			for part := range strings.SplitSeq(path, ".") {
				if value, found = field(value, part); !found {
					break
				}
			}
			if found && value != nil {
				return value
			}
		}
		return nil
	}
	return map[string]any{
		"event_type": look("event_type", "type", "event", "object_kind"),
		"action":     look("action", "event_action", "object_attributes.action"),
		"repository": look("repository.full_name", "project.path_with_namespace", "repository"),
		"author":     look("sender.login", "user.username", "author", "actor", "user"),
		"number":     look("number", "pull_request.number", "issue.number", "object_attributes.iid"),
		"title":      look("pull_request.title", "issue.title", "object_attributes.title", "title"),
		"branch":     look("pull_request.head.ref", "object_attributes.source_branch", "branch", "ref"),
		"url":        look("pull_request.html_url", "issue.html_url", "object_attributes.url", "url"),
	}, nil
}
