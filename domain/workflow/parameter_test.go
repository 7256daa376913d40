package workflow_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
)

func TestValuesOfParameters(t *testing.T) {
	for _, c := range []struct {
		p     workflow.Parameter
		value any
		want  string
	}{
		{workflow.Parameter{Type: "string", Required: true}, nil, "is required"},
		{workflow.Parameter{Type: "string"}, nil, ""},
		{workflow.Parameter{Type: "string"}, 123.0, "must be a string, not the number 123"},
		{workflow.Parameter{Type: "string", Required: true}, " ", "must not be empty"},
		{workflow.Parameter{Type: "integer"}, true, "must be an integer, not a boolean"},
		{workflow.Parameter{Type: "integer"}, 1.5, "must be an integer, not the number 1.5"},
		{workflow.Parameter{Type: "integer"}, "5", "must be an integer, not a string"},
		{workflow.Parameter{Type: "float"}, 3.0, ""},
		{workflow.Parameter{Type: "number"}, 3, ""},
		{workflow.Parameter{Type: "boolean"}, false, ""},
		{workflow.Parameter{Type: "array"}, map[string]any{}, "must be an array, not an object"},
		{workflow.Parameter{Type: "object"}, map[string]any{}, ""},
		{workflow.Parameter{Type: "string", Allowed: []any{"a", "b"}}, "c", "must be one of a, b"},
		{workflow.Parameter{Type: "number", Allowed: []any{1.0}}, 1, ""},
		{workflow.Parameter{Type: "string", Rules: map[string]any{"min_length": 5.0}}, "abc", "must have a length of at least 5 (min_length), not 3"},
		{workflow.Parameter{Type: "array", Rules: map[string]any{"max_length": 1.0}}, []any{1, 2}, "must have a length of at most 1 (max_length), not 2"},
		{workflow.Parameter{Type: "number", Rules: map[string]any{"maximum": 100.0}}, 150.0, "must be at most 100 (maximum), not 150"},
		{workflow.Parameter{Type: "number", Rules: map[string]any{"minimum": 1.0}}, 0.0, "must be at least 1 (minimum), not 0"},
		{workflow.Parameter{Type: "string", Rules: map[string]any{"pattern": "^D"}}, "X", "must match the pattern ^D"},
	} {
		if got := c.p.Check(c.value); got != c.want {
			t.Errorf("%s %v: %q, want %q", c.p.Type, c.value, got, c.want)
		}
	}
}

func TestValuesAreResolved(t *testing.T) {
	parameters := []workflow.Parameter{
		{Name: "id", Type: "string", Required: true}, {Name: "kind", Type: "string", Required: true, Default: "quality"}, {Name: "note", Type: "string"},
	}
	values, err := workflow.Resolve(parameters, map[string]any{"id": "x"}).Unwrap()
	if err != nil || values["id"] != "x" || values["kind"] != "quality" || values["note"] != nil || len(values) != 3 {
		t.Errorf("%v, %v", values, err)
	}
	_, err = workflow.Resolve(parameters, map[string]any{"kind": 1.0, "more": true}).Unwrap()
	fault := domain.FaultOf(err)
	if !errors.Is(err, domain.Rejected) || len(fault.Fields) != 3 || !strings.Contains(fault.Error(), "parameter id is required") || !strings.Contains(fault.Error(), "validation failed") {
		t.Errorf("%v", err)
	}
}

func TestTransformations(t *testing.T) {
	values := map[string]any{"url": "https://github.com/etcd-io/etcd/pull/7/files", "found": []any{map[string]any{"severity": "high"}, map[string]any{"severity": "low"}}}
	for _, c := range []struct {
		config map[string]any
		want   string
	}{
		{map[string]any{"transformation_type": "parse_github_url", "input_field": "url"}, "map[full_name:etcd-io/etcd host:github.com number:7 owner:etcd-io repo:etcd type:pull_request]"},
		{map[string]any{"transformation_type": "parse_github_url", "input_data": "git@github.com:a/b.git"}, "map[full_name:a/b host:github.com owner:a repo:b type:repository]"},
		{map[string]any{"transformation_type": "parse_github_url", "input_data": "https://github.com/a/b/blob/main/docs/x.md"}, "map[full_name:a/b host:github.com owner:a path:docs/x.md ref:main repo:b type:blob]"},
		{map[string]any{"transformation_type": "uppercase", "input_data": "abc"}, "ABC"},
		{map[string]any{"transformation_type": "reverse", "input_data": "añb"}, "bña"},
		{map[string]any{"transformation_type": "reverse", "input_data": []any{1.0, 2.0}}, "[2 1]"},
		{map[string]any{"transformation_type": "count", "input_field": "found"}, "2"},
		{map[string]any{"transformation_type": "join", "input_data": []any{"a", 1.0}, "separator": "/"}, "a/1"},
		{map[string]any{"transformation_type": "pick", "input_field": "found", "fields": "severity"}, "[map[severity:high] map[severity:low]]"},
		{map[string]any{"transformation_type": "severity_analysis", "input_field": "found"}, "map[counts:map[critical:0 high:1 info:0 low:1 medium:0] level:high total:2]"},
		{map[string]any{"transformation_type": "severity_analysis", "input_data": map[string]any{"medium": 3.0}}, "map[counts:map[critical:0 high:0 info:0 low:0 medium:3] level:medium total:3]"},
		{map[string]any{"transformation_type": "severity_analysis", "input_data": "CRITICAL: all is lost"}, "map[counts:map[critical:1 high:0 info:0 low:0 medium:0] level:critical total:1]"},
		{map[string]any{"transformation_type": "template", "text": "all done"}, "all done"},
		{map[string]any{"transformation_type": "extract_event_info", "input_data": map[string]any{
			"action": "opened", "number": 7.0, "repository": map[string]any{"full_name": "a/b"}, "sender": map[string]any{"login": "me"}}},
			"map[action:opened author:me branch:<nil> event_type:<nil> number:7 repository:a/b title:<nil> url:<nil>]"},
	} {
		got, err := workflow.Transform(c.config, values)
		if err != nil || fmt.Sprint(got) != c.want {
			t.Errorf("%v: %v, %v", c.config, got, err)
		}
	}
	for _, config := range []map[string]any{
		{"transformation_type": "uppercase", "input_data": 1.0}, {"transformation_type": "join", "input_data": "x"}, {"transformation_type": "none"},
		{"transformation_type": "parse_github_url", "input_data": "nonsense"}, {"transformation_type": "parse_github_url", "input_data": "https://github.com/a/b/pull/x"},
		{"transformation_type": "count", "input_field": "gone.x"}, {"transformation_type": "pick", "input_data": 1.0}, {"transformation_type": "severity_analysis"},
	} {
		if got, err := workflow.Transform(config, values); !errors.Is(err, domain.Rejected) {
			t.Errorf("%v: %v, %v", config, got, err)
		}
	}
}

func TestLoopsAndWaits(t *testing.T) {
	it, err := workflow.IterationsOf(map[string]any{"times": 3.0, "parallel": 2.0}).Unwrap()
	if err != nil || len(it.Items) != 3 || it.Parallel != 2 || it.As != "item" {
		t.Errorf("%+v, %v", it, err)
	}
	for _, config := range []map[string]any{{}, {"times": 1e9}, {"over": "text"}, {"over": []any{1.0, 2.0}, "max": 1.0}} {
		if _, err := workflow.IterationsOf(config).Unwrap(); !errors.Is(err, domain.Rejected) {
			t.Errorf("%v: %v", config, err)
		}
	}
	for _, config := range []map[string]any{{}, {"seconds": -1.0}, {"until": "tomorrow"}, {"event": "x", "timeout_seconds": "y"}} {
		if _, err := workflow.WaitingOf(config).Unwrap(); !errors.Is(err, domain.Rejected) {
			t.Errorf("%v: %v", config, err)
		}
	}
	if w, err := workflow.WaitingOf(map[string]any{"event": "x"}).Unwrap(); err != nil || w.Timeout != 24*time.Hour {
		t.Errorf("%+v, %v", w, err)
	}
}

func ExampleDefinition_Plan() {
	d := workflow.Definition{Actions: []workflow.Action{
		{ID: "fetch"}, {ID: "check", DependsOn: []string{"fetch"}}, {ID: "summarise", DependsOn: []string{"fetch"}}, {ID: "tell", DependsOn: []string{"check", "summarise"}},
	}}
	fmt.Println(d.Plan())
	// Output: [[fetch] [check summarise] [tell]]
}
