package makefile_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/facts/makefile"
	"github.com/docsteward/docsteward/ports/porttest"
)

func FuzzExtract(f *testing.F) {
	for _, seed := range []string{"a b: c\n\td --e\n", "define X\na:\nendef\nA ?= 1 # x", "export A\n.PHONY: x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		porttest.CheckFacts(t, "Makefile", source, makefile.Extract("Makefile", []byte(source)))
	})
}
