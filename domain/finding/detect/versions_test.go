package detect_test

import (
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain/finding"
)

// One version by itself links to the others, which the corpus then lacks.
func TestOneVersionOfRealDocumentsRaisesNoFalseAlarms(t *testing.T) {
	both := etcdDocs(t)
	for _, version := range []string{"v3.4/", "v3.5/"} {
		one := corpus{make(map[string][]byte), make(map[string]bool)}
		for path := range both.files {
			name, ok := strings.CutPrefix(path, version)
			if !ok {
				continue
			}
			one.files[name] = true
			if content, ok := both.documents[path]; ok {
				one.documents[name] = content
			}
		}
		if len(one.documents) == 0 {
			t.Errorf("%s holds no documents", version)
		}
		for _, f := range one.check(t, finding.Config{Disable: []string{"*"}, Enable: []string{"broken-link", "broken-anchor"}}) {
			t.Errorf("%s%s:%d: %s", version, f.Path, f.Line, f.Message)
		}
	}
}
