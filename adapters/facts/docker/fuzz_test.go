package docker_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/facts/docker"
	"github.com/docsteward/docsteward/ports/porttest"
)

func FuzzExtract(f *testing.F) {
	for _, seed := range []string{"FROM a:1\nENV A=b \\\\\nEXPOSE 1-2", "ENTRYPOINT [\"--a\"", "ENV A b c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		porttest.CheckFacts(t, "Dockerfile", source, docker.Extract("Dockerfile", []byte(source)))
	})
}
