package openapi_test

import (
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/markup/openapi"
	"github.com/docsteward/docsteward/ports/porttest"
)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"openapi: 3.0.0\ninfo: {title: a}\npaths:\n  /b:\n    get: {summary: c}\n", "{\"swagger\": \"2.0\", \"info\": {\"title\": \"a\"}}", "a: &b [*b]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ReplaceAll(strings.ToValidUTF8(text, "?"), "\x00", "?")
		porttest.CheckTree(t, []byte(text), openapi.Parse([]byte(text)))
	})
}
