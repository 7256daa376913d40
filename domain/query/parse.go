package query

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/docsteward/docsteward/domain"
)

// Bounds of a statement.
const (
	maxDepth        = 32
	maxAlternatives = 16
	maxDemands      = 64
)

// ParseStatement reads a structured query:
//
//	query     = [ or ] [ "ORDER BY" field [ "ASC" | "DESC" ] ] [ "LIMIT" n ] [ "OFFSET" n ]
//	or        = and { "OR" and }
//	and       = not { [ "AND" ] not }
//	not       = [ "NOT" | "-" ] ( "(" or ")" | demand )
//	demand    = [ field operator ] ( word | word"*" | '"' phrase '"' )
//	operator  = ":" | "=" | "!=" | "<" | "<=" | ">" | ">="
//
// The fields are text, title, type, source, language, owner, tag, path, updated,
// length, version and analyses; without a field the text is meant. Keywords are in
// capitals. It fails with Invalid where the text is no statement; the fault tells
// the character, from 1, in its message and under "position".
func ParseStatement(text string) (Statement, error) {
	tokens, err := lex(text)
	if err != nil {
		return Statement{}, err
	}
	p := &parser{lexemes: tokens}
	var s Statement
	if !p.at(end) && !p.clause() {
		node, err := p.or(0)
		if err != nil {
			return Statement{}, err
		}
		if s.Alternatives, err = node.alternatives(false); err != nil {
			return Statement{}, err
		}
	}
	if err := p.clauses(&s); err != nil {
		return Statement{}, err
	}
	return s, nil
}

type parser struct {
	lexemes []lexeme
	next    int
}

func (p *parser) look() lexeme { return p.lexemes[p.next] }

func (p *parser) take() lexeme {
	l := p.lexemes[p.next]
	if l.kind != end {
		p.next++
	}
	return l
}

func (p *parser) at(kind lexemeKind) bool { return p.look().kind == kind }

func (p *parser) keyword(word string) bool {
	if l := p.look(); l.kind == bare && l.text == word {
		p.next++
		return true
	}
	return false
}

// clause reports whether a clause behind the demands begins.
func (p *parser) clause() bool {
	l := p.look()
	return l.kind == bare && (l.text == "ORDER" || l.text == "LIMIT" || l.text == "OFFSET")
}

// node is a part of the expression: a demand, or nodes joined.
type node struct {
	demand   *Demand
	or       bool
	negated  bool
	children []node
	at       int
}

func (p *parser) or(depth int) (node, error) {
	joined := node{or: true, at: p.look().at}
	for {
		child, err := p.and(depth)
		if err != nil {
			return node{}, err
		}
		joined.children = append(joined.children, child)
		if !p.keyword("OR") {
			return joined, nil
		}
	}
}

func (p *parser) and(depth int) (node, error) {
	joined := node{at: p.look().at}
	for {
		child, err := p.not(depth)
		if err != nil {
			return node{}, err
		}
		joined.children = append(joined.children, child)
		explicit := p.keyword("AND")
		l := p.look()
		if !explicit && (l.kind == end || l.kind == closing || p.clause() || l.kind == bare && l.text == "OR") {
			return joined, nil
		}
	}
}

func (p *parser) not(depth int) (node, error) {
	if depth > maxDepth {
		return node{}, fault(p.look().at, "the query is nested too deeply")
	}
	at := p.look().at
	if p.at(minus) || p.look().kind == bare && p.look().text == "NOT" {
		p.take()
		child, err := p.not(depth + 1)
		return node{negated: true, children: []node{child}, at: at}, err
	}
	if !p.at(opening) {
		demand, err := p.demand()
		return node{demand: demand, at: at}, err
	}
	p.take()
	inner, err := p.or(depth + 1)
	if err != nil {
		return node{}, err
	}
	if !p.at(closing) {
		return node{}, fault(p.look().at, "a closing parenthesis is missing")
	}
	p.take()
	return inner, nil
}

func (p *parser) demand() (*Demand, error) {
	first := p.take()
	switch {
	case first.kind == phrase, first.kind == bare && !p.at(operator):
		return demandOf(Text, Is, first)
	case first.kind != bare:
		return nil, fault(first.at, "a word, a phrase, a field or a parenthesis is expected")
	}
	field, known := fieldNames[strings.ToLower(first.text)]
	if !known {
		return nil, fault(first.at, "there is no field "+strconv.Quote(first.text)+"; there are text, title, type, source, language, owner, tag, path, updated, length, version and analyses")
	}
	sign := p.take()
	value := p.take()
	if value.kind != bare && value.kind != phrase {
		return nil, fault(value.at, "a value is expected after "+first.text+sign.text)
	}
	op := Operator(sign.text)
	if op == "=" {
		op = Is
	}
	return demandOf(field, op, value)
}

// demandOf makes a demand of a value, which must be of the kind of the field.
func demandOf(field string, op Operator, value lexeme) (*Demand, error) {
	if value.kind == bare && reserved[value.text] {
		return nil, fault(value.at, value.text+" joins demands and is none itself; put it in quotes to look for the word")
	}
	d := &Demand{Field: field, Operator: op, Value: value.text}
	switch field {
	case Updated:
		if _, _, err := parseInstant(value.text); err != nil {
			return nil, fault(value.at, "a date such as 2026-01-31, or an instant in RFC 3339, is expected")
		}
		return d, nil
	case Length, Version, Analyses:
		if _, err := strconv.Atoi(value.text); err != nil {
			return nil, fault(value.at, "a whole number is expected")
		}
		return d, nil
	}
	if op != Is && op != IsNot {
		return nil, fault(value.at, "only updated, length, version and analyses can be less or greater than something")
	}
	if d.Words() {
		if op == IsNot {
			d.Operator, d.Negated = Is, true
		}
		if d.Prefix = value.kind == bare && strings.HasSuffix(d.Value, "*"); d.Prefix {
			d.Value = strings.TrimRight(d.Value, "*")
		}
		if len(stems(d.Value)) == 0 {
			return nil, fault(value.at, "a word needs a letter or a number")
		}
	}
	return d, nil
}

func (p *parser) clauses(s *Statement) error {
	for _, clause := range [...]struct {
		name string
		read func() error
	}{
		{"ORDER", func() error { return p.order(&s.Order) }},
		{"LIMIT", func() error { return p.number(&s.Limit, 1) }},
		{"OFFSET", func() error { return p.number(&s.Offset, 0) }},
	} {
		if p.keyword(clause.name) {
			if err := clause.read(); err != nil {
				return err
			}
		}
	}
	if l := p.look(); l.kind != end {
		return fault(l.at, strconv.Quote(l.text)+" is not expected here")
	}
	return nil
}

func (p *parser) order(o *Ordering) error {
	if !p.keyword("BY") {
		return fault(p.look().at, "BY is expected after ORDER")
	}
	l := p.take()
	field := fieldNames[strings.ToLower(l.text)]
	switch field {
	case Title, Updated, Length, Version, Analyses:
	default:
		return fault(l.at, "the order is by title, updated, length, version or analyses")
	}
	o.Field = field
	o.Descending = p.keyword("DESC")
	if !o.Descending {
		p.keyword("ASC")
	}
	return nil
}

func (p *parser) number(into *int, least int) error {
	l := p.take()
	n, err := strconv.Atoi(l.text)
	if err != nil || n < least || n > 1_000_000 {
		return fault(l.at, "a whole number from "+strconv.Itoa(least)+" is expected")
	}
	*into = n
	return nil
}

func fault(at int, message string) error {
	text := fmt.Sprintf("The query cannot be read at character %d: %s.", at, message)
	return domain.Invalid.New(text).WithField("query", "syntax", "must follow the grammar of structured queries").WithDetail("position", at)
}
