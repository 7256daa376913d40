package lifecycle

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

// PolicyID identifies a policy.
type PolicyID = domain.ID[Policy]

// ParsePolicyID returns the policy id that text spells; Invalid when it spells none.
func ParsePolicyID(text string) (PolicyID, error) { return domain.ParseID[Policy](text) }

// Action is what a policy does with a document.
type Action string

// The actions; the empty one only sets how long a document is kept.
const (
	Archive Action = "archive"
	Delete  Action = "delete"
	Retain  Action = "retain"
)

// Policy decides about the documents that meet all its conditions.
type Policy struct {
	// ID identifies the policy.
	ID PolicyID
	// Name and Description are for people.
	Name, Description string
	// ContentTypes are compared with metadata.content_type and metadata.type, any
	// one is enough; none demands nothing.
	ContentTypes []string
	// MaxAgeDays is the age since creation, in days, from which the policy holds;
	// nil demands nothing.
	MaxAgeDays *int
	// RequiredTags must all be in metadata.tags.
	RequiredTags []string
	// Action is what is done; may be empty when RetentionDays is set.
	Action Action
	// RetentionDays is how long a document is kept; 0 where the policy does not say.
	RetentionDays int
	// Priority decides between policies, the greatest first, then the oldest.
	Priority int
	// Enabled is false while the policy is switched off.
	Enabled bool
	// CreatedAt and UpdatedAt are in UTC.
	CreatedAt, UpdatedAt time.Time
}

// maxDays bounds ages and retentions: a hundred years.
const maxDays = 36525

// Check fails with Invalid and names every field that is not acceptable.
func (p Policy) Check() error {
	fault := domain.Invalid.New("The policy is not acceptable.")
	if strings.TrimSpace(p.Name) == "" {
		fault = fault.WithField("name", "required", "must not be blank")
	}
	if len(p.ContentTypes) == 0 && len(p.RequiredTags) == 0 && p.MaxAgeDays == nil {
		fault = fault.WithField("conditions", "required", "must hold content_types, max_age_days or required_tags")
	}
	if p.MaxAgeDays != nil && (*p.MaxAgeDays < 0 || *p.MaxAgeDays > maxDays) {
		fault = fault.WithField("conditions.max_age_days", "maximum", "must be from 0 to 36525")
	}
	if p.Action == "" && p.RetentionDays == 0 {
		fault = fault.WithField("actions", "required", "must hold an action or retention_days")
	}
	if p.Action != "" && p.Action != Archive && p.Action != Delete && p.Action != Retain {
		fault = fault.WithField("actions.action", "enum", "must be one of archive, delete, retain")
	}
	if p.RetentionDays < 0 || p.RetentionDays > maxDays {
		fault = fault.WithField("actions.retention_days", "maximum", "must be from 0 to 36525")
	}
	if len(fault.Fields) > 0 {
		return fault
	}
	return nil
}

// Matches reports whether an enabled policy holds for a document.
func (p Policy) Matches(d document.State, now time.Time) bool {
	if !p.Enabled || p.MaxAgeDays != nil && now.Sub(d.CreatedAt) < time.Duration(*p.MaxAgeDays)*24*time.Hour {
		return false
	}
	if len(p.ContentTypes) > 0 && !slices.Contains(p.ContentTypes, d.Metadata.Text("content_type")) &&
		!slices.Contains(p.ContentTypes, d.Metadata.Text("type")) {
		return false
	}
	tags := d.Metadata.Texts("tags")
	return !slices.ContainsFunc(p.RequiredTags, func(tag string) bool { return !slices.Contains(tags, tag) })
}

// Matching returns the policies that hold for a document, the one that weighs
// most first.
func Matching(policies []Policy, d document.State, now time.Time) []Policy {
	var matching []Policy
	for _, p := range policies {
		if p.Matches(d, now) {
			matching = append(matching, p)
		}
	}
	slices.SortStableFunc(matching, func(a, b Policy) int {
		return cmp.Or(cmp.Compare(b.Priority, a.Priority), a.CreatedAt.Compare(b.CreatedAt), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return matching
}

// Apply returns the record after the policies that hold for its document, and
// the rows that tell of changed phases. The first policy with an action decides
// the action, the first with a retention the dates. Policies that were applied
// last time are not applied again, so that dates stay where they were set.
func (r Record) Apply(matching []Policy, now time.Time) (Record, []Change) {
	ids := make([]string, len(matching))
	var action Action
	var reason string
	retention := 0
	for i, p := range matching {
		ids[i] = p.ID.String()
		if action == "" && p.Action != "" {
			action, reason = p.Action, "Policy "+p.Name
		}
		if retention == 0 {
			retention = p.RetentionDays
		}
	}
	if slices.Equal(ids, r.Applied) {
		return r, nil
	}
	r.Applied, r.ReviewedAt = ids, now.UTC()
	if len(matching) == 0 {
		return r, nil
	}
	if retention > 0 && (action == "" || action == Archive) {
		r.RetentionDays = retention
		r.ArchivalDate = now.UTC().AddDate(0, 0, retention)
		r.DeletionDate = r.ArchivalDate.AddDate(0, 0, DefaultRetentionDays)
	}
	return r.act(action, retention, reason, now)
}

// paths lists the phases on the way to what an action wants. Never written.
var paths = map[Action]map[Phase][]Phase{
	Archive: {Active: {ArchivalPending}, Published: {ArchivalPending}},
	Delete: {
		Active: {Archived, DeletionPending}, Published: {Archived, DeletionPending}, ArchivalPending: {Archived, DeletionPending},
		Archived: {DeletionPending}, Retention: {DeletionPending},
	},
	Retain: {Active: {Retention}, Published: {Retention}},
}

// act walks the path of an action. Deletion and retention last for the retention
// that a policy names: none at once, and the default, respectively.
func (r Record) act(action Action, retention int, reason string, now time.Time) (Record, []Change) {
	var changes []Change
	for _, to := range paths[action][r.Phase] {
		next, change, err := r.Transition(to, reason, byPolicy, now)
		if err != nil {
			return r, changes
		}
		r = next
		changes = append(changes, change)
	}
	if len(changes) > 0 && action != Archive {
		if action == Retain && retention == 0 {
			retention = DefaultRetentionDays
		}
		r.RetentionDays = retention
		r.ArchivalDate, r.DeletionDate = time.Time{}, now.UTC().AddDate(0, 0, retention)
	}
	return r, changes
}
