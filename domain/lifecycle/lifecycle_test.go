package lifecycle_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/lifecycle"
)

var now = time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)

func ExamplePhase_May() {
	fmt.Println(lifecycle.Active.May(lifecycle.Archived), lifecycle.Active.May(lifecycle.Deleted))
	// Output: true false
}

func phases(changes []lifecycle.Change) (out []lifecycle.Phase) {
	for _, c := range changes {
		out = append(out, c.To)
	}
	return out
}

func TestTransitions(t *testing.T) {
	all := []lifecycle.Phase{"active", "published", "archival_pending", "archived", "retention", "deletion_pending", "deleted"}
	want := map[lifecycle.Phase][]lifecycle.Phase{
		"active": {"published", "archival_pending", "archived", "retention"}, "published": {"active", "archival_pending", "archived", "retention"},
		"archival_pending": {"active", "archived"}, "archived": {"active", "deletion_pending"}, "retention": {"active", "deletion_pending"},
		"deletion_pending": {"archived", "deleted"},
	}
	for _, from := range all {
		for _, to := range all {
			r := lifecycle.Record{Phase: from}
			got, change, err := r.Transition(to, "why", "me", now)
			if slices.Contains(want[from], to) {
				if err != nil || got.Phase != to || change.From != from || change.To != to || change.Reason != "why" {
					t.Errorf("%s to %s: %+v, %v", from, to, change, err)
				}
			} else if !errors.Is(err, domain.Conflict) || got.Phase != from {
				t.Errorf("%s to %s: %v", from, to, err)
			}
		}
	}
	if _, _, err := lifecycle.New(document.ID{}).Transition("lost", "", "", now); !errors.Is(err, domain.Invalid) {
		t.Errorf("unknown phase: %v", err)
	}
}

func TestPoliciesLeadToTheEnd(t *testing.T) {
	zero := 0
	policy := func(a lifecycle.Action, days int) []lifecycle.Policy {
		return []lifecycle.Policy{{ID: domain.StoredID[lifecycle.Policy]("p"), Name: "n", MaxAgeDays: &zero, Action: a, RetentionDays: days, Enabled: true}}
	}
	for name, test := range map[string]struct {
		policies []lifecycle.Policy
		at       []lifecycle.Phase // after applying
		later    map[int][]lifecycle.Phase
	}{
		"archive":        {policy("archive", 0), []lifecycle.Phase{"archival_pending"}, map[int][]lifecycle.Phase{0: {"archived"}, 366: {"archived", "deletion_pending", "deleted"}}},
		"delete":         {policy("delete", 0), []lifecycle.Phase{"archived", "deletion_pending"}, map[int][]lifecycle.Phase{0: {"deleted"}}},
		"delete later":   {policy("delete", 10), []lifecycle.Phase{"archived", "deletion_pending"}, map[int][]lifecycle.Phase{9: nil, 10: {"deleted"}}},
		"retain":         {policy("retain", 0), []lifecycle.Phase{"retention"}, map[int][]lifecycle.Phase{364: nil, 365: {"deletion_pending", "deleted"}}},
		"retention only": {policy("", 200), nil, map[int][]lifecycle.Phase{199: nil, 200: {"archived"}, 565: {"archived"}}},
	} {
		t.Run(name, func(t *testing.T) {
			r, changes := lifecycle.New(domain.StoredID[document.Document]("d")).Apply(test.policies, now)
			if !slices.Equal(phases(changes), test.at) {
				t.Errorf("applied: %v, want %v", phases(changes), test.at)
			}
			if again, changes := r.Apply(test.policies, now.AddDate(0, 0, 5)); len(changes) > 0 || !again.DeletionDate.Equal(r.DeletionDate) {
				t.Errorf("applied twice: %+v", again)
			}
			for days, want := range test.later {
				if name == "archive" && days > 0 {
					archived, _ := r.Advance(now)
					if _, changes := archived.Advance(now.AddDate(0, 0, days)); !slices.Equal(phases(changes), want[1:]) {
						t.Errorf("%d days after archival: %v", days, phases(changes))
					}
					continue
				}
				if _, changes := r.Advance(now.AddDate(0, 0, days)); !slices.Equal(phases(changes), want) {
					t.Errorf("after %d days: %v, want %v", days, phases(changes), want)
				}
			}
		})
	}
}

func TestMatching(t *testing.T) {
	age := 10
	d := document.State{CreatedAt: now.AddDate(0, 0, -10), Metadata: document.Metadata{"type": "guide", "tags": []any{"a", "b"}}}
	for name, test := range map[string]struct {
		policy lifecycle.Policy
		want   bool
	}{
		"type":        {lifecycle.Policy{Enabled: true, ContentTypes: []string{"x", "guide"}}, true},
		"other type":  {lifecycle.Policy{Enabled: true, ContentTypes: []string{"x"}}, false},
		"age":         {lifecycle.Policy{Enabled: true, MaxAgeDays: &age}, true},
		"all tags":    {lifecycle.Policy{Enabled: true, RequiredTags: []string{"a", "b"}}, true},
		"missing tag": {lifecycle.Policy{Enabled: true, RequiredTags: []string{"a", "c"}}, false},
		"off":         {lifecycle.Policy{MaxAgeDays: &age}, false},
	} {
		if got := test.policy.Matches(d, now); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if young := (lifecycle.Policy{Enabled: true, MaxAgeDays: &age}); young.Matches(d, now.Add(-time.Second)) {
		t.Error("a document that is too young matches")
	}
	low, high, old := lifecycle.Policy{Name: "low", Enabled: true, CreatedAt: now}, lifecycle.Policy{Name: "high", Enabled: true, Priority: 1, CreatedAt: now}, lifecycle.Policy{Name: "old", Enabled: true, CreatedAt: now.Add(-time.Hour)}
	var names []string
	for _, p := range lifecycle.Matching([]lifecycle.Policy{low, old, high}, d, now) {
		names = append(names, p.Name)
	}
	if !slices.Equal(names, []string{"high", "old", "low"}) {
		t.Errorf("order %v", names)
	}
}

func TestPolicyCheck(t *testing.T) {
	err := lifecycle.Policy{Action: "burn", RetentionDays: -1}.Check()
	var fields []string
	for _, f := range domain.FaultOf(err).Fields {
		fields = append(fields, f.Field)
	}
	if want := []string{"name", "conditions", "actions.action", "actions.retention_days"}; !errors.Is(err, domain.Invalid) || !slices.Equal(fields, want) {
		t.Errorf("got %v", err)
	}
}
