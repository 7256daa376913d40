package query

import (
	"strconv"
	"strings"
	"time"
)

// Operator compares a field with a value.
type Operator string

// The operators. Is demands equality; of words, that they stand in the text.
const (
	Is      Operator = ":"
	IsNot   Operator = "!="
	Less    Operator = "<"
	AtMost  Operator = "<="
	Greater Operator = ">"
	AtLeast Operator = ">="
)

// The fields of a statement. Text and Title are met by words; Updated takes dates,
// Length, Version and Analyses numbers; the others are metadata.
const (
	Text     = "text"
	Title    = "title"
	Updated  = "updated"
	Length   = "length"
	Version  = "version"
	Analyses = "analyses"
)

// fieldNames leads from the names that may be written to the fields. Never written.
var fieldNames = map[string]string{
	"text": Text, "title": Title, "type": "type", "source": "source_type", "source_type": "source_type", "language": "language",
	"lang": "language", "owner": "owner", "tag": "tags", "tags": "tags", "path": "path", "updated": Updated, "length": Length,
	"version": Version, "analyses": Analyses,
}

// Demand is one demand on documents.
type Demand struct {
	// Field and Operator say what is compared, Value with what.
	Field    string
	Operator Operator
	Value    string
	// Prefix lets the last word of Value be the beginning of a longer one.
	Prefix bool
	// Negated turns the demand round.
	Negated bool
}

// Words reports whether the demand is on words and so can be met by an index only.
func (d Demand) Words() bool { return d.Field == Text || d.Field == Title }

// Ordering is the order of the answers.
type Ordering struct {
	// Field is Title, Updated, Length, Version or Analyses; empty is by relevance.
	Field string
	// Descending puts the greatest first.
	Descending bool
}

// Statement is a structured query understood. Its alternatives are joined by OR,
// the demands of each by AND; without alternatives it asks for everything.
type Statement struct {
	Alternatives [][]Demand
	Order        Ordering
	// Limit and Offset are 0 where they were not given.
	Limit, Offset int
}

// Facts is what is known of a document besides its words.
type Facts struct {
	Title                     string
	Metadata                  map[string]any
	Updated                   time.Time
	Length, Version, Analyses int
}

// Met reports whether the facts meet the demand. Demands on words are never met
// here: only an index knows.
func (d Demand) Met(f Facts) bool { return d.compare(f) != d.Negated }

func (d Demand) compare(f Facts) bool {
	switch d.Field {
	case Updated:
		at, day, err := parseInstant(d.Value)
		return err == nil && compareInstant(f.Updated, at, day, d.Operator)
	case Length, Version, Analyses:
		n, err := strconv.Atoi(d.Value)
		known := map[string]int{Length: f.Length, Version: f.Version, Analyses: f.Analyses}[d.Field]
		return err == nil && ordered(known, n, d.Operator)
	}
	if d.Operator == IsNot {
		return !has(f.Metadata[d.Field], d.Value, d.Field == "path")
	}
	return has(f.Metadata[d.Field], d.Value, d.Field == "path")
}

// has reports whether metadata is the value or a list that holds it; a path is
// also met by what lies beneath it.
func has(known any, value string, path bool) bool {
	switch known := known.(type) {
	case string:
		return known == value || path && strings.HasPrefix(known, strings.TrimSuffix(value, "/")+"/")
	case []any:
		for _, one := range known {
			if has(one, value, path) {
				return true
			}
		}
	case []string:
		for _, one := range known {
			if has(one, value, path) {
				return true
			}
		}
	}
	return false
}

func ordered(a, b int, operator Operator) bool {
	switch operator {
	case Less:
		return a < b
	case AtMost:
		return a <= b
	case Greater:
		return a > b
	case AtLeast:
		return a >= b
	case IsNot:
		return a != b
	}
	return a == b
}

// parseInstant reads a date, which stands for a whole day in UTC, or an instant.
func parseInstant(text string) (at time.Time, day bool, err error) {
	if at, err = time.Parse(time.DateOnly, text); err == nil {
		return at, true, nil
	}
	at, err = time.Parse(time.RFC3339, text)
	return at, false, err
}

func compareInstant(known, at time.Time, day bool, operator Operator) bool {
	end := at
	if day {
		end = at.AddDate(0, 0, 1).Add(-time.Nanosecond)
	}
	switch operator {
	case Less:
		return known.Before(at)
	case AtMost:
		return !known.After(end)
	case Greater:
		return known.After(end)
	case AtLeast:
		return !known.Before(at)
	}
	within := !known.Before(at) && !known.After(end)
	return within != (operator == IsNot)
}

// And returns the statement with the demands of another one added to each of its
// alternatives.
func (s Statement) And(other Statement) Statement {
	switch {
	case len(s.Alternatives) == 0:
		s.Alternatives = other.Alternatives
	case len(other.Alternatives) > 0:
		s.Alternatives = cross(s.Alternatives, other.Alternatives)
	}
	return s
}
