package plain_test

import (
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/markup/plain"
	"github.com/docsteward/docsteward/ports/porttest"
)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a\n\nb", "\r\n\t\n x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ReplaceAll(strings.ToValidUTF8(text, "?"), "\x00", "?")
		porttest.CheckTree(t, []byte(text), plain.Parse([]byte(text)))
	})
}
