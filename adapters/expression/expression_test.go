package expression_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/expression"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
)

func TestConditions(t *testing.T) {
	values := map[string]any{
		"ticket": "DOC-1", "none": nil, "paths": []any{"a", "b"}, "flag": true, "n": float64(3),
		"check":   map[string]any{"level": "high", "response": map[string]any{"score": 0.4}},
		"results": map[string]any{"check": map[string]any{"status": "completed"}}, "text": "is None",
	}
	for text, want := range map[string]bool{
		"ticket is not None and ticket != ''": true,
		"none is not None and none != ''":     false,
		"none is None":                        true,
		"unknown is None":                     true,
		"len(paths) > 0":                      true,
		"flag == true":                        true,
		"flag == False":                       false,
		"check.level == 'high' or check.level == 'critical'": true,
		"check.response.score < 0.6 && not (n >= 4)":         true,
		"results.check.status == 'completed'":                true,
		`text == "is None"`:                                  true,
		"any(paths, # == 'b')":                               true,
		"'a' in paths":                                       true,
		"ticket matches '^DOC-[0-9]+$'":                      true,
		"none":                                               false,
		"lower(ticket) startsWith 'doc' and all(paths, len(#) == 1)": true,
	} {
		condition, err := expression.Compiler{}.Compile(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got, err := condition.Holds(values); err != nil || got != want {
			t.Errorf("%s is %v, %v; want %v", text, got, err, want)
		}
	}
}

func TestWhatIsNoConditionIsRefused(t *testing.T) {
	for _, text := range []string{
		"a ==", "a = 1", "import os", "__import__('os').system('x')", "map(a, #)", "env('HOME')", "now()", "'open",
		"any(a, any(a, any(a, # == 1)))", strings.Repeat("not ", 600) + "a", "filter(a, true)", "toJSON(a)",
	} {
		if c, err := (expression.Compiler{}).Compile(text); err == nil {
			holds, err := c.Holds(map[string]any{"a": []any{1.0}})
			if err == nil {
				t.Errorf("%q is taken, and holds: %v", text, holds)
			}
		} else if !errors.Is(err, domain.Invalid) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := (expression.Compiler{}).Compile(strings.Repeat("a", 5000)); !errors.Is(err, domain.TooLarge) {
		t.Errorf("a long text: %v", err)
	}
}

func TestValuesThatDoNotFitAreAFault(t *testing.T) {
	values := map[string]any{"a": "text", "none": nil}
	for _, text := range []string{"a > 3", "none.field == 1", "a", "len(3) > 1", "1..100000000 == a"} {
		c, err := expression.Compiler{}.Compile(text)
		if err != nil {
			continue // refused earlier still
		}
		if holds, err := c.Holds(values); !errors.Is(err, domain.Rejected) {
			t.Errorf("%s: %v, %v", text, holds, err)
		}
	}
}

func TestTheCostIsBounded(t *testing.T) {
	c, err := expression.Compiler{}.Compile("len(1..1000000000) > 0")
	if err != nil {
		return // refused earlier still
	}
	if holds, err := c.Holds(nil); !errors.Is(err, domain.Rejected) {
		t.Errorf("a thousand million values are made: %v, %v", holds, err)
	}
}

func TestNamesAreListed(t *testing.T) {
	c, err := expression.Compiler{}.Compile("len(paths) > 0 and any(paths, # == wanted) and check.level != none and paths[0] == 'x'")
	if err != nil {
		t.Fatal(err)
	}
	if names := c.Names(); !slices.Equal(names, []string{"paths", "wanted", "check", "none"}) {
		t.Errorf("names %v", names)
	}
}

func ExampleCompiler() {
	var compiler workflow.Compiler = expression.Compiler{}
	condition, _ := compiler.Compile("len(paths) > 0 and ticket is not None")
	holds, _ := condition.Holds(map[string]any{"paths": []any{"README.md"}, "ticket": "DOC-7"})
	fmt.Println(condition.Names(), holds)
	// Output: [paths ticket] true
}

func FuzzCompile(f *testing.F) {
	f.Add("len(paths) > 0 and ticket is not None")
	f.Add("'is None' == \"None\" or `x`")
	f.Add("any(a, # > 1) ? b : c ?? d")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := expression.Compiler{}.Compile(text)
		if err != nil {
			return
		}
		if _, err := c.Holds(map[string]any{"a": []any{1.0, "b"}}); err != nil && !errors.Is(err, domain.Rejected) {
			t.Fatal(err)
		}
	})
}
