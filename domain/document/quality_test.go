package document_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain/document"
)

func ExampleImportance() {
	fmt.Println(document.Importance(document.Metadata{"views": 50, "unique_views": 10, "watchers": 2}))
	fmt.Println(document.Importance(document.Metadata{"views": 1000}))
	// Output:
	// 0.35
	// 1
}

func ExampleFingerprint() {
	fmt.Println(document.Fingerprint("# Set up\n\nRun it.") == document.Fingerprint("Set up: run  it"))
	fmt.Println(document.Fingerprint("run it") == document.Fingerprint("run them"))
	// Output:
	// true
	// false
}

func TestAssess(t *testing.T) {
	now := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	rule := document.QualityRule{Now: now, StaleDays: 180, MinViews: 3}
	fine := document.Metadata{"owner": "o", "views": 3.0, "backlinks": 1.0}
	with := func(key string, value any) document.Metadata { return fine.Merge(document.Metadata{key: value}) }
	for name, test := range map[string]struct {
		age      int
		size     int
		shared   bool
		metadata document.Metadata
		want     []document.Flag
	}{
		"fine":                      {179, 200, false, fine, nil},
		"stale":                     {180, 200, false, fine, []document.Flag{"stale"}},
		"stale and viewed":          {400, 200, false, with("last_viewed", "2026-05-20T00:00:00Z"), []document.Flag{"stale", "recently_viewed"}},
		"stale and viewed long ago": {400, 200, false, with("last_viewed", "2026-01-01T00:00:00Z"), []document.Flag{"stale"}},
		"viewed":                    {1, 200, false, with("last_viewed", "2026-05-20T00:00:00Z"), nil},
		"redundant":                 {1, 200, true, fine, []document.Flag{"redundant"}},
		"thin":                      {1, 199, false, fine, []document.Flag{"thin_content"}},
		"bare":                      {1, 200, false, nil, []document.Flag{"low_views", "missing_owner", "orphan_candidate"}},
		"generic label":             {1, 200, false, with("labels", []any{"api", "Misc "}), []document.Flag{"generic_labels"}},
		"attachments":               {1, 200, false, with("attachments", []any{"a.png"}), []document.Flag{"has_attachments"}},
		"no attachments":            {1, 200, false, with("attachments", []any{}), nil},
		"referenced":                {1, 200, false, with("attachments_referenced_by", []any{"x"}), []document.Flag{"attachments_referenced"}},
		"important":                 {1, 200, false, with("views", 100.0), []document.Flag{"high_importance"}},
		"clock behind":              {-5, 200, false, fine, nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := document.State{Size: test.size, Metadata: test.metadata, UpdatedAt: now.AddDate(0, 0, -test.age)}
			got := document.Assess(d, test.shared, rule)
			if !slices.Equal(got.Flags, test.want) || got.StaleDays != max(0, test.age) {
				t.Errorf("got %+v, want %v", got, test.want)
			}
		})
	}
}
