package script_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/facts/script"
	"github.com/docsteward/docsteward/ports/porttest"
)

func FuzzExtract(f *testing.F) {
	for _, seed := range []string{"A00 route(,)", "class A { b() {} }", "app.route({method: [\"GET\"], url: \"/a\"})", "`${`${a}`", "x = /[/]/.test(process.env.A || 1)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		porttest.CheckFacts(t, "app.ts", source, script.Extract("app.ts", []byte(source)))
	})
}
