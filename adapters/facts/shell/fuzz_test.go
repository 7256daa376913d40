package shell_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/facts/shell"
	"github.com/docsteward/docsteward/ports/porttest"
)

func FuzzExtract(f *testing.F) {
	for _, seed := range []string{"case $1 in -a|--b) x;; esac", "cat <<EOF\nA=${B:-c}\nEOF", "getopts :ab: x", "function a { export B=c; }"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		porttest.CheckFacts(t, "run.sh", source, shell.Extract("run.sh", []byte(source)))
	})
}
