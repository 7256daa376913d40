package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word of a text.
type token struct {
	word string // lower-cased
	stem string
	// chunk numbers the piece without white space that the word stands in, so that
	// the parts of one identifier can be told.
	chunk int
}

// chunk is a piece of a text without white space or the marks around words.
type chunk struct {
	text       string
	start, end int // in tokens
}

// tokenize returns the words of a text, and the pieces that they stand in.
func tokenize(text string) ([]token, []chunk) {
	var tokens []token
	var chunks []chunk
	for _, piece := range strings.FieldsFunc(text, parts) {
		piece = strings.TrimRight(piece, ".:-/+_~$%@\\")
		piece = strings.TrimLeft(piece, ".:/+~$%@\\")
		first := len(tokens)
		for _, word := range strings.FieldsFunc(piece, func(r rune) bool { return !inWord(r) }) {
			word = strings.ToLower(word)
			tokens = append(tokens, token{word: word, stem: Stem(word), chunk: len(chunks)})
		}
		if len(tokens) > first {
			chunks = append(chunks, chunk{piece, first, len(tokens)})
		}
	}
	return tokens, chunks
}

// parts reports whether a character stands between pieces.
func parts(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(",;()[]{}\"'`<>|=!?*#&’‘“”…—–", r)
}

// inWord reports whether a character belongs to a word: a letter, mark or number.
func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.N)
}

// isIdentifier reports whether a piece is the name of something in a program: a
// flag, an environment variable, a path, a dotted or camel-cased name.
func isIdentifier(piece string) bool {
	if strings.HasPrefix(piece, "-") && len(piece) > 1 {
		return true
	}
	if strings.Count(piece, "-") > 1 {
		return true
	}
	inner := false
	for i, r := range piece {
		if i > 0 && strings.ContainsRune("_./:", r) {
			inner = true
		}
		if i > 0 && unicode.IsUpper(r) && unicode.IsLower(before(piece, i)) {
			inner = true
		}
	}
	return inner && strings.ContainsFunc(piece, unicode.IsLetter)
}

func before(s string, i int) rune {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return r
}

// stems returns the stems of the words of a text.
func stems(text string) []string {
	tokens, _ := tokenize(text)
	found := make([]string, len(tokens))
	for i, t := range tokens {
		found[i] = t.stem
	}
	return found
}
