package usecase

import (
	"strings"
	"unicode"
)

// Slug returns the name of the operation as terminals and assistants write it:
// StoreDocument is store-document.
func (op Operation) Slug() string {
	var b strings.Builder
	for i, r := range op.Name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
