package document

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"strings"
	"time"
)

// Flag is one thing that is notable about the quality of a document.
type Flag string

// The flags, in the order in which an assessment lists them.
const (
	// FlagStale: not changed for as long as the rule says.
	FlagStale Flag = "stale"
	// FlagRedundant: another living document says the same, word for word.
	FlagRedundant Flag = "redundant"
	// FlagRecentlyViewed: stale, and yet viewed within 30 days.
	FlagRecentlyViewed Flag = "recently_viewed"
	// FlagLowViews: fewer views than the rule wants.
	FlagLowViews Flag = "low_views"
	// FlagMissingOwner: metadata.owner is absent.
	FlagMissingOwner Flag = "missing_owner"
	// FlagGenericLabels: a label says nothing, such as "misc".
	FlagGenericLabels Flag = "generic_labels"
	// FlagHasAttachments: metadata.attachments names some.
	FlagHasAttachments Flag = "has_attachments"
	// FlagAttachmentsReferenced: metadata.attachments_referenced_by names some.
	FlagAttachmentsReferenced Flag = "attachments_referenced"
	// FlagThinContent: fewer than 200 bytes.
	FlagThinContent Flag = "thin_content"
	// FlagHighImportance: an importance of 0.5 or more.
	FlagHighImportance Flag = "high_importance"
	// FlagOrphanCandidate: metadata.backlinks counts none.
	FlagOrphanCandidate Flag = "orphan_candidate"
)

// Bounds of the flags.
const (
	thinBytes       = 200
	importantFrom   = 0.5
	recentlyViewed  = 30 * 24 * time.Hour
	daysToDuration  = 24 * time.Hour
	viewsAtFull     = 100
	uniqueAtFull    = 50
	watchersAtFull  = 10
	weightOfViews   = 0.5
	weightOfUnique  = 0.3
	weightOfWatcher = 0.2
)

// genericLabels say nothing about a document. Never written.
var genericLabels = []string{"documentation", "misc", "general", "notes"}

// QualityRule says what an assessment takes for stale and for little viewed.
type QualityRule struct {
	// Now is the instant of the assessment.
	Now time.Time
	// StaleDays is the age from which a document is stale, in days.
	StaleDays int
	// MinViews is how many views are not few.
	MinViews int
}

// Assessment is what is notable about one document.
type Assessment struct {
	// StaleDays is how many whole days ago the document last changed.
	StaleDays int
	// Flags are in the order of their declaration.
	Flags []Flag
	// Importance is 0 to 1, rounded to 2 decimals.
	Importance float64
}

// Has reports whether the assessment holds a flag.
func (a Assessment) Has(flag Flag) bool { return slices.Contains(a.Flags, flag) }

// Assess looks at a document, which may lack its content. shared says that
// another living document has the same Fingerprint.
func Assess(d State, shared bool, rule QualityRule) Assessment {
	a := Assessment{StaleDays: max(0, int(rule.Now.Sub(d.UpdatedAt)/daysToDuration)), Flags: []Flag{}, Importance: Importance(d.Metadata)}
	stale := a.StaleDays >= rule.StaleDays
	for _, f := range [...]struct {
		flag Flag
		set  bool
	}{
		{FlagStale, stale},
		{FlagRedundant, shared},
		{FlagRecentlyViewed, stale && viewedSince(d.Metadata, rule.Now.Add(-recentlyViewed))},
		{FlagLowViews, d.Metadata.Count("views") < rule.MinViews},
		{FlagMissingOwner, d.Metadata.Text("owner") == ""},
		{FlagGenericLabels, slices.ContainsFunc(d.Metadata.Texts("labels"), generic)},
		{FlagHasAttachments, d.Metadata.some("attachments")},
		{FlagAttachmentsReferenced, d.Metadata.some("attachments_referenced_by")},
		{FlagThinContent, d.Size < thinBytes},
		{FlagHighImportance, a.Importance >= importantFrom},
		{FlagOrphanCandidate, !d.Metadata.some("backlinks")},
	} {
		if f.set {
			a.Flags = append(a.Flags, f.flag)
		}
	}
	return a
}

// Importance is min(1, 0.5 views/100 + 0.3 unique views/50 + 0.2 watchers/10),
// rounded to 2 decimals.
func Importance(m Metadata) float64 {
	score := weightOfViews*float64(m.Count("views"))/viewsAtFull +
		weightOfUnique*float64(m.Count("unique_views"))/uniqueAtFull +
		weightOfWatcher*float64(m.Count("watchers"))/watchersAtFull
	return math.Round(min(1, score)*100) / 100
}

func viewedSince(m Metadata, instant time.Time) bool {
	viewed, err := time.Parse(time.RFC3339, m.Text("last_viewed"))
	return err == nil && !viewed.Before(instant)
}

func generic(label string) bool {
	return slices.Contains(genericLabels, strings.ToLower(strings.TrimSpace(label)))
}

// some reports whether something is listed, named or counted under key.
func (m Metadata) some(key string) bool {
	switch v := m[key].(type) {
	case []any:
		return len(v) > 0
	case []string:
		return len(v) > 0
	case map[string]any:
		return len(v) > 0
	case string:
		return strings.TrimSpace(v) != ""
	case bool:
		return v
	}
	return m.Count(key) > 0
}

// Fingerprint is equal for contents that differ in white space, punctuation and
// case only: the SHA-256, hexadecimal, of the words of the content, or of the
// content itself where it has none.
func Fingerprint(content string) string {
	words := Words(content)
	if len(words) == 0 {
		return HashOf(content)
	}
	h := sha256.New()
	for _, word := range words {
		_, _ = h.Write([]byte(word))
		_, _ = h.Write([]byte{' '})
	}
	return hex.EncodeToString(h.Sum(nil))
}
