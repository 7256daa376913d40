package lexical

import (
	"strings"
)

// TokenKind is what sort of thing a token is.
type TokenKind uint8

// The kinds of tokens.
const (
	Word TokenKind = iota + 1
	String
	Number
	Mark
)

// Token is a word, a string without its quotes, a number or a mark.
type Token struct {
	Kind TokenKind
	// Text is that of the source; of a string the content, in which what is put in
	// reads {}.
	Text string
	Line int
	// Column is the number of bytes before it on its line.
	Column int
	// Open says that values are put into the string when the program runs.
	Open bool
}

// Is reports whether the token is that word or mark.
func (t Token) Is(text string) bool { return t.Kind != String && t.Text == text }

// Syntax is what a scanner must know of a language.
type Syntax struct {
	// Hash and Slashes say how a comment begins that ends with its line; with
	// Slashes there are /* */ too.
	Hash, Slashes bool
	// Triple says that strings in triple quotes span lines.
	Triple bool
	// Templates says that strings in backquotes span lines and hold ${values}.
	Templates bool
	// Patterns says that a slash may begin a regular expression.
	Patterns bool
	// Single says that single quotes hold strings of any length.
	Single bool
}

// mostTokens is how many tokens are read of one file.
const mostTokens = 2_000_000

type scanner struct {
	syntax Syntax
	text   string
	at     int
	line   int
	start  int // of the line
	tokens []Token
}

// Scan returns the tokens of a text. It never fails: what is not closed ends with
// its line, or with the text.
func Scan(text string, syntax Syntax) []Token {
	s := &scanner{syntax: syntax, text: text, line: 1, tokens: make([]Token, 0, len(text)/6)}
	for s.at < len(text) && len(s.tokens) < mostTokens {
		s.next()
	}
	return s.tokens
}

func (s *scanner) next() {
	c := s.text[s.at]
	switch {
	case c == '\n':
		s.newline()
	case c == ' ' || c == '\t' || c == '\r':
		s.at++
	case c == '#' && s.syntax.Hash:
		s.skipLine()
	case c == '/' && s.syntax.Slashes && s.has("//"):
		s.skipLine()
	case c == '/' && s.syntax.Slashes && s.has("/*"):
		s.skipBlock()
	case c == '/' && s.syntax.Patterns && s.patternMayFollow():
		s.pattern()
	case c == '"' || c == '\'' || c == '`' && s.syntax.Templates:
		s.quoted(c)
	case isWord(c):
		s.word()
	case c >= '0' && c <= '9':
		s.number()
	default:
		s.push(Mark, s.text[s.at:s.at+1], s.at)
		s.at++
	}
}

func (s *scanner) has(prefix string) bool { return strings.HasPrefix(s.text[s.at:], prefix) }

func (s *scanner) newline() {
	s.at++
	s.line++
	s.start = s.at
}

func (s *scanner) push(kind TokenKind, text string, from int) *Token {
	s.tokens = append(s.tokens, Token{Kind: kind, Text: text, Line: s.line, Column: from - s.start})
	return &s.tokens[len(s.tokens)-1]
}

func (s *scanner) skipLine() {
	if i := strings.IndexByte(s.text[s.at:], '\n'); i >= 0 {
		s.at += i
		return
	}
	s.at = len(s.text)
}

func (s *scanner) skipBlock() {
	end := strings.Index(s.text[s.at+2:], "*/")
	if end < 0 {
		s.at = len(s.text)
		return
	}
	s.pass(s.at + 2 + end + 2)
}

// pass moves to an offset and counts the lines on the way.
func (s *scanner) pass(to int) {
	for to = min(to, len(s.text)); s.at < to; {
		if s.text[s.at] == '\n' {
			s.newline()
		} else {
			s.at++
		}
	}
}

func isWord(c byte) bool {
	return c == '_' || c == '$' || c == '@' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func (s *scanner) word() {
	from := s.at
	for s.at++; s.at < len(s.text) && (isWord(s.text[s.at]) && s.text[s.at] != '@' || s.text[s.at] >= '0' && s.text[s.at] <= '9'); {
		s.at++
	}
	s.push(Word, s.text[from:s.at], from)
}

func (s *scanner) number() {
	from := s.at
	for s.at++; s.at < len(s.text) && (s.text[s.at] == '.' || s.text[s.at] == '_' || s.text[s.at] >= '0' && s.text[s.at] <= '9' || s.text[s.at] >= 'a' && s.text[s.at] <= 'z' || s.text[s.at] >= 'A' && s.text[s.at] <= 'Z'); {
		s.at++
	}
	s.push(Number, s.text[from:s.at], from)
}

// patternMayFollow reports whether a slash here begins a regular expression: it
// divides only after a value.
func (s *scanner) patternMayFollow() bool {
	if len(s.tokens) == 0 {
		return true
	}
	last := s.tokens[len(s.tokens)-1]
	switch last.Kind {
	case Word:
		return last.Text == "return" || last.Text == "typeof" || last.Text == "case"
	case Mark:
		return !strings.Contains(")]}", last.Text)
	}
	return false
}

func (s *scanner) pattern() {
	class := false
	for i := s.at + 1; i < len(s.text) && s.text[i] != '\n'; i++ {
		switch s.text[i] {
		case '\\':
			i++
		case '[':
			class = true
		case ']':
			class = false
		case '/':
			if !class {
				s.push(Mark, "/", s.at)
				s.at = i + 1
				return
			}
		}
	}
	s.push(Mark, "/", s.at)
	s.at++
}

// quoted reads a string; one that is not closed ends with its line.
func (s *scanner) quoted(quote byte) {
	from := s.at
	triple := s.syntax.Triple && s.at+2 < len(s.text) && s.text[s.at+1] == quote && s.text[s.at+2] == quote
	open := s.opened()
	if triple {
		mark := s.text[s.at : s.at+3]
		end := strings.Index(s.text[s.at+3:], mark)
		if end < 0 {
			end = len(s.text) - s.at - 3
		}
		t := s.push(String, filled(s.text[s.at+3:s.at+3+end], open), from)
		t.Open = open
		s.pass(s.at + 3 + end + 3)
		return
	}
	var b strings.Builder
	begun := s.at + 1
	i := begun
	multiple := quote == '`'
	for i < len(s.text) && s.text[i] != quote && (multiple || s.text[i] != '\n') {
		switch {
		case s.text[i] == '\\' && i+1 < len(s.text):
			b.WriteString(s.text[begun:i])
			b.WriteString(escaped(s.text[i+1]))
			i += 2
			begun = i
		case multiple && strings.HasPrefix(s.text[i:], "${"):
			b.WriteString(s.text[begun:i] + "{}")
			open = true
			i = closing(s.text, i+1)
			begun = i
		default:
			i++
		}
	}
	i = min(i, len(s.text))
	text := s.text[begun:i]
	if b.Len() > 0 {
		text = b.String() + text
	}
	t := s.push(String, filled(text, open && !multiple), from)
	t.Open = open
	if i < len(s.text) && s.text[i] == quote {
		i++
	}
	s.pass(i)
}

// opened takes the prefix of a Python string back from the tokens, and reports
// whether it is f.
func (s *scanner) opened() bool {
	if !s.syntax.Triple || len(s.tokens) == 0 {
		return false
	}
	last := s.tokens[len(s.tokens)-1]
	if last.Kind != Word || len(last.Text) > 2 || last.Line != s.line || last.Column+len(last.Text) != s.at-s.start {
		return false
	}
	s.tokens = s.tokens[:len(s.tokens)-1]
	return strings.ContainsAny(last.Text, "fF")
}
