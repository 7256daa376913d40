package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
)

type lexemeKind uint8

const (
	end lexemeKind = iota
	bare
	phrase
	operator
	opening
	closing
	minus
)

// lexeme is a piece of a statement.
type lexeme struct {
	kind lexemeKind
	text string
	at   int // its first character, from 1
}

// reserved words are keywords. Never written.
var reserved = set(`AND OR NOT ORDER BY ASC DESC LIMIT OFFSET`)

// lex cuts a statement into lexemes; the last one is the end.
func lex(text string) ([]lexeme, error) {
	if !utf8.ValidString(text) {
		return nil, domain.Invalid.New("The query is not UTF-8.").WithField("query", "utf8", "must be valid UTF-8")
	}
	l := lexer{runes: []rune(text)}
	if len(l.runes) > MaxLength {
		return nil, domain.Invalid.New("The query is too long.").WithField("query", "maxLength", "must be at most 2000 characters long")
	}
	for {
		for l.at < len(l.runes) && unicode.IsSpace(l.runes[l.at]) {
			l.at++
		}
		if l.at == len(l.runes) {
			l.add(end, "", 0)
			return l.lexemes, nil
		}
		if err := l.step(); err != nil {
			return nil, err
		}
	}
}

type lexer struct {
	runes   []rune
	at      int
	lexemes []lexeme
}

func (l *lexer) add(kind lexemeKind, text string, length int) {
	l.lexemes = append(l.lexemes, lexeme{kind, text, l.at + 1})
	l.at += length
}

func (l *lexer) step() error {
	switch r := l.runes[l.at]; r {
	case '(':
		l.add(opening, "(", 1)
	case ')':
		l.add(closing, ")", 1)
	case '-':
		l.add(minus, "-", 1)
	case '"':
		return l.phrase()
	case ':', '=':
		l.add(operator, string(r), 1)
	case '<', '>', '!':
		if l.at+1 < len(l.runes) && l.runes[l.at+1] == '=' {
			l.add(operator, string(r)+"=", 2)
			return nil
		}
		if r == '!' {
			return fault(l.at+1, "an exclamation mark stands only in !=")
		}
		l.add(operator, string(r), 1)
	default:
		l.word()
	}
	return nil
}

// word reads up to white space or a sign; after an operator a colon belongs to the
// word, as in an instant or an address.
func (l *lexer) word() {
	stop := `()":=<>!`
	if n := len(l.lexemes); n > 0 && l.lexemes[n-1].kind == operator {
		stop = `()"`
	}
	from := l.at
	for from < len(l.runes) && !unicode.IsSpace(l.runes[from]) && !strings.ContainsRune(stop, l.runes[from]) {
		from++
	}
	l.add(bare, string(l.runes[l.at:from]), from-l.at)
}

// phrase reads up to the closing quote; \" is a quote, \\ a backslash.
func (l *lexer) phrase() error {
	var text strings.Builder
	for i := l.at + 1; i < len(l.runes); i++ {
		switch r := l.runes[i]; {
		case r == '"':
			l.add(phrase, text.String(), i+1-l.at)
			return nil
		case r == '\\' && i+1 < len(l.runes) && (l.runes[i+1] == '"' || l.runes[i+1] == '\\'):
			i++
			text.WriteRune(l.runes[i])
		default:
			text.WriteRune(r)
		}
	}
	return fault(l.at+1, "this quotation mark is never closed")
}
