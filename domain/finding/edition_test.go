package finding_test

import (
	"fmt"
	"testing"

	"github.com/docsteward/docsteward/domain/finding"
)

func TestEdition(t *testing.T) {
	for name, want := range map[string]string{
		"v3.5/op/a.md": "v3.5", "docs/release-1.2/a.md": "docs/release-1.2", "docs/latest/a.md": "docs/latest", "1.x/a.md": "1.x", "next/a.md": "next",
		"docs/a.md": "", "a.md": "", "v3.5.md": "", "vendor/a.md": "", "v/a.md": "", "2fa/a.md": "", "": "",
	} {
		if got := finding.Edition(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func ExampleEdition() {
	fmt.Println(finding.Edition("docs/v3.5/op-guide/security.md"))
	// Output: docs/v3.5
}
