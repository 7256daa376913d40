package java_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/facts/java"
	"github.com/docsteward/docsteward/ports/porttest"
)

func FuzzExtract(f *testing.F) {
	for _, seed := range []string{"@RequestMapping(\"/a\") class A { @GetMapping int f(); }", "enum E { A(1), B }", "@Value(\"${a:${b}}\") @Option(names={\"-a\"})"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		porttest.CheckFacts(t, "A.java", source, java.Extract("A.java", []byte(source)))
	})
}
