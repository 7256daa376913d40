package query_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/query"
)

func spell(s query.Statement) string {
	var alternatives []string
	for _, demands := range s.Alternatives {
		var parts []string
		for _, d := range demands {
			text := d.Field + string(d.Operator) + d.Value
			if d.Prefix {
				text += "*"
			}
			if d.Negated {
				text = "!(" + text + ")"
			}
			parts = append(parts, text)
		}
		alternatives = append(alternatives, strings.Join(parts, " & "))
	}
	return strings.Join(alternatives, " | ")
}

func TestParseStatement(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "",
		"lease":                           "text:lease",
		`lease "key value" -raft`:         "text:lease & text:key value & !(text:raft)",
		"a OR b c":                        "text:a | text:b & text:c",
		"(a OR b) AND c":                  "text:a & text:c | text:b & text:c",
		"NOT (a OR owner:ada)":            "!(text:a) & !(owner:ada)",
		"NOT (a b)":                       "!(text:a) | !(text:b)",
		"NOT NOT a":                       "text:a",
		`source = git tag:"two words"`:    "source_type:git & tags:two words",
		"title:comp* updated>=2026-01-31": "title:comp* & updated>=2026-01-31",
		"updated<2026-01-31T10:00:00Z":    "updated<2026-01-31T10:00:00Z",
		"owner!=ada length > 100":         "owner!=ada & length>100",
		"title!=lease":                    "!(title:lease)",
		`"AND" "say \"hi\""`:              `text:AND & text:say "hi"`,
		"ORDER BY title":                  "",
		"a ORDER BY updated DESC LIMIT 5": "text:a",
		"path:docs/guide/a.md":            "path:docs/guide/a.md",
		"(a OR b) (c OR d)":               "text:a & text:c | text:a & text:d | text:b & text:c | text:b & text:d",
	} {
		s, err := query.ParseStatement(text)
		if got := spell(s); err != nil || got != want {
			t.Errorf("ParseStatement(%q) = %q, %v, want %q", text, got, err, want)
		}
	}
	s, err := query.ParseStatement("a ORDER BY updated DESC LIMIT 5 OFFSET 10")
	if want := (query.Ordering{Field: query.Updated, Descending: true}); err != nil || s.Order != want || s.Limit != 5 || s.Offset != 10 {
		t.Errorf("clauses: %+v, %v", s, err)
	}
}

func TestParseStatementTellsWhere(t *testing.T) {
	for text, position := range map[string]int{
		"a AND": 6, "a OR OR b": 6, "(a b": 5, "a )": 3, `say "hi`: 5, "colour:red": 1, "owner:": 7, "owner>ada": 7, "length:long": 8,
		"updated>yesterday": 9, "a LIMIT many": 9, "a LIMIT 0": 9, "ORDER title": 7, "ORDER BY owner": 10, "a!b": 2, "text:...": 6,
		"a LIMIT 5 b": 11, "ü colour:red": 3, strings.Repeat("(", 100) + "a": 34,
		"(a OR b) (c OR d) (e OR f) (g OR h) (i OR j)": 1,
	} {
		_, err := query.ParseStatement(text)
		f := domain.FaultOf(err)
		if !errors.Is(err, domain.Invalid) || f.Details["position"] != position {
			t.Errorf("ParseStatement(%q) = %v at %v, want position %d", text, err, f.Details["position"], position)
		}
	}
}

func TestDemandMet(t *testing.T) {
	facts := query.Facts{
		Title: "Leases", Metadata: map[string]any{"owner": "ada", "tags": []any{"a", "b"}, "path": "docs/guide/lease.md"},
		Updated: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), Length: 100, Version: 2,
	}
	for text, want := range map[string]bool{
		"owner:ada": true, "owner:bob": false, "owner!=bob": true, "NOT owner:ada": false, "tag:b": true, "tag:c": false,
		"path:docs": true, "path:docs/": true, "path:doc": false, "updated:2026-01-31": true, "updated>2026-01-31": false,
		"updated>=2026-01-31": true, "updated<=2026-01-31": true, "updated<2026-01-31": false, "updated!=2026-01-30": true,
		"updated>2026-01-31T11:00:00Z": true, "length>99": true, "length<100": false, "length<=100": true, "length>=101": false,
		"version=2": true, "version!=2": false, "analyses:0": true, "type:guide": false,
	} {
		s, err := query.ParseStatement(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Alternatives[0][0].Met(facts); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func FuzzParseStatement(f *testing.F) {
	for _, text := range []string{`a AND (b OR NOT "c d") owner:x`, "updated>=2026-01-31 LIMIT 3 OFFSET 2", `-"`, "a!=b<c", "((", "ORDER BY"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := query.ParseStatement(text)
		if err != nil && !errors.Is(err, domain.Invalid) {
			t.Fatalf("%q: %v", text, err)
		}
		for _, demands := range s.Alternatives {
			if len(demands) == 0 {
				t.Fatalf("%q has an empty alternative", text)
			}
		}
	})
}

func ExampleParseStatement() {
	s, _ := query.ParseStatement(`(lease OR "time to live") AND owner:ada updated>=2026-01-01 ORDER BY updated DESC LIMIT 10`)
	fmt.Println(len(s.Alternatives), s.Alternatives[1][0].Value, s.Order.Field, s.Limit)
	_, err := query.ParseStatement("lease AND colour:red")
	fmt.Println(domain.FaultOf(err).Message)
	// Output:
	// 2 time to live updated 10
	// The query cannot be read at character 11: there is no field "colour"; there are text, title, type, source, language, owner, tag, path, updated, length, version and analyses.
}
