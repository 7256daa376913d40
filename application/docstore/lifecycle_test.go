package docstore

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/lifecycle"
	"github.com/docsteward/docsteward/ports/docstore"
)

func TestTransitionsObeyTheTableAndLeaveAnAudit(t *testing.T) {
	s := newStation(t)
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "a", Content: "one"})
	life := run(t, &s.menu.GetLifecycle, docstore.GetLifecycle{ID: "a"})
	if life.CurrentPhase != "active" || life.ComplianceStatus != "unmanaged" {
		t.Errorf("at first %+v", life)
	}
	refused(t, &s.menu.TransitionDocument, docstore.TransitionDocument{ID: "a", NewPhase: "deleted"}, domain.Conflict)
	refused(t, &s.menu.TransitionDocument, docstore.TransitionDocument{ID: "z", NewPhase: "archived"}, domain.NotFound)
	refused(t, &s.menu.TransitionDocument, docstore.TransitionDocument{ID: "a", NewPhase: "lost"}, domain.Invalid)
	for _, phase := range []string{"archived", "deletion_pending", "deleted"} {
		run(t, &s.menu.TransitionDocument, docstore.TransitionDocument{ID: "a", NewPhase: phase, Reason: "why"})
	}
	refused(t, &s.menu.GetDocument, docstore.GetDocument{ID: "a"}, domain.NotFound)
	life = run(t, &s.menu.GetLifecycle, docstore.GetLifecycle{ID: "a"})
	if life.CurrentPhase != "deleted" || len(life.History) != 3 || life.History[0].NewPhase != "deleted" || life.History[0].Reason != "why" {
		t.Errorf("at last %+v", life)
	}
	s.carry(t)
	if events := run(t, &s.menu.ListEvents, docstore.ListEvents{EventType: lifecycle.EventTransition}); events.Total != 3 {
		t.Errorf("%d events, want 3", events.Total)
	}
	run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: "a", Content: "one"})
	if life = run(t, &s.menu.GetLifecycle, docstore.GetLifecycle{ID: "a"}); life.CurrentPhase != "active" {
		t.Errorf("a document that came back is %s", life.CurrentPhase)
	}
}

func TestPoliciesArchiveAndDeleteWhatIsDue(t *testing.T) {
	s := newStation(t)
	for id, kind := range map[string]string{"log": "log", "guide": "guide", "other": "other"} {
		run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: id, Content: id, Metadata: json.RawMessage(`{"type":"` + kind + `"}`)})
	}
	policy := func(kind, action string, days int) docstore.Policy {
		return run(t, &s.menu.CreatePolicy, docstore.CreatePolicy{Name: kind, Conditions: docstore.PolicyConditions{ContentTypes: []string{kind}},
			Actions: docstore.PolicyActions{Action: action, RetentionDays: days}})
	}
	policy("log", "delete", 10)
	archive := policy("guide", "archive", 0)
	process := func(archived, deleted int) {
		t.Helper()
		got := run(t, &s.menu.ProcessLifecycles, docstore.ProcessLifecycles{})
		if got.Archived != archived || got.Deleted != deleted || len(got.Errors) != 0 {
			t.Errorf("processed %+v, want %d archived and %d deleted", got, archived, deleted)
		}
	}
	process(2, 0)
	process(0, 0)
	stats := run(t, &s.menu.GetLifecycleStatistics, docstore.GetLifecycleStatistics{})
	if stats.PhaseDistribution["archived"] != 1 || stats.PhaseDistribution["deletion_pending"] != 1 || stats.PhaseDistribution["active"] != 1 ||
		stats.DocumentsWithPolicies != 2 || stats.ComplianceStats["compliant"] != 2 {
		t.Errorf("statistics %+v", stats)
	}
	s.clock.Advance(10 * 24 * time.Hour)
	process(0, 1)
	refused(t, &s.menu.GetDocument, docstore.GetDocument{ID: "log"}, domain.NotFound)
	if life := run(t, &s.menu.GetLifecycle, docstore.GetLifecycle{ID: "log"}); life.CurrentPhase != "deleted" || len(life.History) != 3 {
		t.Errorf("the audit of the deleted: %+v", life)
	}
	off := false
	run(t, &s.menu.UpdatePolicy, docstore.UpdatePolicy{ID: archive.ID, Enabled: &off})
	applied := run(t, &s.menu.ApplyPolicies, docstore.ApplyPolicies{ID: "guide"})
	if applied.PolicyCount != 0 || applied.CurrentPhase != "archived" {
		t.Errorf("with the policy switched off: %+v", applied)
	}
	run(t, &s.menu.DeletePolicy, docstore.DeletePolicy{ID: archive.ID})
	refused(t, &s.menu.GetPolicy, docstore.GetPolicy{ID: archive.ID}, domain.NotFound)
	refused(t, &s.menu.CreatePolicy, docstore.CreatePolicy{Name: "n"}, domain.Invalid)
	if list := run(t, &s.menu.ListPolicies, docstore.ListPolicies{}); list.Total != 1 {
		t.Errorf("%d policies, want 1", list.Total)
	}
}
