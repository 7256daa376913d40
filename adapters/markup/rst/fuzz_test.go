package rst_test

import (
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/markup/rst"
	"github.com/docsteward/docsteward/ports/porttest"
)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"T\n=\n\n* a\n\n  b::\n\n   c\n", ".. code:: x\n\n   y\n.. _a: b_\n", "`a <b>`_ c_ :d:`e`", "== ==\na  b\n== =="} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ReplaceAll(strings.ToValidUTF8(text, "?"), "\x00", "?")
		porttest.CheckTree(t, []byte(text), rst.Parse([]byte(text)))
	})
}
