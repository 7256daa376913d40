package domain

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxIDLength is the greatest length of an identifier, in characters.
const MaxIDLength = 255

// ID identifies an entity of type T. IDs of different entities are different
// types, so that a document's cannot be passed where a webhook's is wanted.
//
// The zero ID identifies nothing.
type ID[T any] struct{ text string }

// ParseID returns the ID that text spells. It fails with Invalid when text is
// blank, longer than MaxIDLength characters, not UTF-8, or holds a control
// character.
func ParseID[T any](text string) (ID[T], error) {
	switch {
	case strings.TrimSpace(text) == "":
		return ID[T]{}, idFault("required", "must not be blank")
	case !utf8.ValidString(text):
		return ID[T]{}, idFault("utf8", "must be valid UTF-8")
	case utf8.RuneCountInString(text) > MaxIDLength:
		return ID[T]{}, idFault("maxLength", fmt.Sprintf("must be at most %d characters long", MaxIDLength))
	case strings.ContainsFunc(text, isControl):
		return ID[T]{}, idFault("pattern", "must not hold control characters")
	}
	return ID[T]{text: text}, nil
}

// StoredID returns the ID with the given text without checking it. It is for
// stores that read back what ParseID let in.
func StoredID[T any](text string) ID[T] { return ID[T]{text: text} }

// String returns the text of the ID.
func (id ID[T]) String() string { return id.text }

// IsZero reports whether the ID identifies nothing.
func (id ID[T]) IsZero() bool { return id.text == "" }

func isControl(r rune) bool { return r < 0x20 || r == 0x7f }

func idFault(rule, message string) *Fault {
	return Invalid.New("The identifier "+message+".").WithField("id", rule, message)
}
