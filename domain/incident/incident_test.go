package incident_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/incident"
)

var noon = time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)

func opened() incident.Incident {
	return incident.OpenIncident(incident.Opening{
		ID: domain.StoredID[incident.Incident]("i-1"), Service: "doc_store", Rule: "ServiceDown", Severity: "critical", Title: "doc_store is down",
		Error: "connection refused", Affected: []string{"analysis-service"}, Since: noon,
	}, noon.Add(30*time.Second))
}

func want(t *testing.T, what string, err error, kind domain.Kind) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("%s: got %v, want %v", what, err, kind)
	}
}

// pass does or passes over all steps of the present level.
func pass(t *testing.T, i *incident.Incident) int {
	t.Helper()
	steps := i.OpenSteps()
	for n, s := range steps {
		err := i.Do(s.Level, s.Number, "looked", "ada", noon.Add(time.Minute))
		if n == 0 {
			err = i.Skip(s.Level, s.Number, "not ours", "ada", noon.Add(time.Minute))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return len(steps)
}

func TestEscalationNeedsTheStepsOfTheLevel(t *testing.T) {
	i := opened()
	if i.Level != 1 || i.Status != incident.Investigating || i.Revision != 1 || len(i.Timeline) != 2 {
		t.Fatalf("got %+v", i)
	}
	want(t, "with open steps", i.Escalate("", "ada", noon), domain.Rejected)
	want(t, "without a reason", i.Skip(1, 1, " ", "ada", noon), domain.Invalid)
	want(t, "a step of another level", i.Do(2, 1, "x", "ada", noon), domain.NotFound)
	want(t, "no such step", i.Do(1, 6, "x", "ada", noon), domain.NotFound)
	if n := pass(t, &i); n != 5 {
		t.Errorf("level 1 has %d steps", n)
	}
	if err := i.Escalate("it does not start", "ada", noon); err != nil || i.Level != 2 {
		t.Fatalf("got level %d, %v", i.Level, err)
	}
	want(t, "the new level has open steps", i.Escalate("", "ada", noon), domain.Rejected)
	if n := pass(t, &i); n != 5 {
		t.Errorf("level 2 has %d steps", n)
	}
	if err := i.Escalate("", "ada", noon); err != nil {
		t.Fatal(err)
	}
	if n := pass(t, &i); n != 4 || i.Level != 3 || len(i.Steps) != 14 {
		t.Errorf("level 3 has %d steps, the incident %d", n, len(i.Steps))
	}
	want(t, "beyond the last level", i.Escalate("", "ada", noon), domain.Conflict)
}

func TestAnIncidentEndsWithAReview(t *testing.T) {
	i := opened()
	if err := i.Do(1, 1, "connection refused", incident.System, noon); err != nil {
		t.Fatal(err)
	}
	want(t, "an empty update", i.Note("", "ada", noon), domain.Invalid)
	want(t, "closing what is not over", i.Close(incident.Review{}, "ada", noon), domain.Conflict)
	if err := i.Resolve("The service answers again.", incident.System, noon.Add(2*time.Minute)); err != nil {
		t.Fatal(err)
	}
	want(t, "resolving twice", i.Resolve("", "ada", noon), domain.Conflict)
	want(t, "escalating what is over", i.Escalate("", "ada", noon), domain.Conflict)
	if r := i.Review; r.Impact != "doc_store failed for 2m0s. With it failed analysis-service." || r.RootCause != "connection refused" || r.Resolution == "" {
		t.Errorf("the draft is %+v", r)
	}
	want(t, "without a prevention", i.Close(incident.Review{}, "ada", noon), domain.Rejected)
	if err := i.Close(incident.Review{RootCause: "The disk was full.", Prevention: "Watch it."}, "ada", noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if i.Status != incident.Closed || i.Review.RootCause != "The disk was full." || !strings.HasPrefix(i.Review.Impact, "doc_store") {
		t.Errorf("got %+v", i)
	}
	want(t, "a step of what is closed", i.Do(1, 2, "x", "ada", noon), domain.Conflict)
	want(t, "an update of what is closed", i.Note("x", "ada", noon), domain.Conflict)
}

func ExampleIncident_Escalate() {
	i := opened()
	for _, s := range i.OpenSteps() {
		_ = i.Do(s.Level, s.Number, "looked", "ada", noon)
	}
	fmt.Println(i.Escalate("still down", "ada", noon), incident.Team(i.Level))
	// Output: <nil> Platform Team
}
