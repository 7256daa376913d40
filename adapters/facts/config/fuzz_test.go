package config_test

import (
	"fmt"
	"testing"

	"github.com/docsteward/docsteward/adapters/facts/config"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/porttest"
)

func Example() {
	source := "server:\n  port: 8080\n  hosts: [a, b]\n"
	for _, f := range config.YAML("app.yaml", []byte(source)) {
		fmt.Println(f.Line, porttest.FactText(f))
	}
	// Output:
	// 1 key server
	// 2 key server.port=8080
	// 2 port 8080
	// 3 key server.hosts=a,b
}

func FuzzExtract(f *testing.F) {
	for _, seed := range []string{
		"a: &a {b: [1, {c: d}]}\n<<: *a", "{\"a\": [{\"b\": null}, 1e9]}", "[a]\nb.\"c.d\" = [\n1, # x\n]\n[[e]]\nf = {g = 'h'}",
		"a.b=c\n[s]\nd: ${E_F:g}", "services: {web: {ports: [\"1:2/tcp\"], image: x}}", "kind: Pod\napiVersion: v1\nargs: [--a]", "openapi: 3\npaths: {/a: {get: {}}}",
		"\ra:", "a: 1\u2028b: 2\u0085c:",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		for path, read := range map[string]func(string, []byte) []code.Fact{
			"a.yaml": config.YAML, "a.json": config.JSON, "package.json": config.JSON, "a.toml": config.TOML, "pyproject.toml": config.TOML,
			"Cargo.toml": config.TOML, "a.properties": config.Properties, ".env": config.Variables,
		} {
			porttest.CheckFacts(t, path, source, read(path, []byte(source)))
		}
	})
}
