// Package freshness finds documents that nobody looks after.
package freshness

import (
	"fmt"
	"time"

	"github.com/docsteward/docsteward/domain/finding"
)

// Rules lists the rules of this package.
func Rules() []finding.Rule {
	return []finding.Rule{
		{ID: "stale-document", Severity: finding.Low, Doc: "Documents are looked at again before they are too old."},
		{ID: "missing-owner", Severity: finding.Low, Doc: "Every document has an owner, where owners are named at all."},
	}
}

// Document is one document's part in a corpus.
type Document struct {
	Report *finding.Report
	Owners []string
	// ChangedAt is the last change; zero where it is not known.
	ChangedAt time.Time
}

// Check reports documents that are older than the limit at now, and those
// without an owner in a corpus that has owners.
func Check(documents []Document, staleAfter time.Duration, now time.Time) {
	owned := false
	for _, d := range documents {
		owned = owned || len(d.Owners) > 0
	}
	for _, d := range documents {
		if age := now.Sub(d.ChangedAt); !d.ChangedAt.IsZero() && age > staleAfter {
			d.Report.Add("stale-document", finding.Place{}, fmt.Sprintf("The document was last changed %d days ago.", int(age.Hours()/24)), "Read it again, and say that it still holds.", nil)
		}
		if owned && len(d.Owners) == 0 {
			d.Report.Add("missing-owner", finding.Place{}, "Nobody owns the document.", "Name its owner in CODEOWNERS.", nil)
		}
	}
}
