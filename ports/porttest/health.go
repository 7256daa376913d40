package porttest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/health"
	"github.com/docsteward/docsteward/domain/incident"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/tx"
)

// HealthEnv is the stores of health monitoring, over the same data.
type HealthEnv struct {
	Alerts    healthmonitoring.Alerts
	Incidents healthmonitoring.Incidents
	Unit      tx.Unit
}

// Health proves the promises of healthmonitoring.Alerts and
// healthmonitoring.Incidents. open returns empty stores each time.
func Health(t *testing.T, open func(t *testing.T) HealthEnv) {
	for _, c := range []struct {
		name string
		run  func(t *testing.T, e HealthEnv)
	}{
		{"alerts/are kept whole", alertKept},
		{"alerts/a stale change is a conflict", alertStale},
		{"alerts/a service has one active alert of a rule", alertOnce},
		{"alerts/are found by what they are", alertsFound},
		{"incidents/are kept whole", incidentKept},
		{"incidents/a stale change is a conflict", incidentStale},
		{"incidents/an alert has one", incidentOnce},
		{"incidents/are found by what they are", incidentsFound},
		{"a rolled back change is gone", healthRollback},
		{"an ended context is a timeout", healthTimeout},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
}

func madeAlert(id, rule, service string, minute int) health.Alert {
	at := noon.Add(time.Duration(minute) * time.Minute)
	return health.Alert{
		ID: domain.StoredID[health.Alert](id), Rule: rule, Service: service, Severity: health.Critical, Summary: "It's down. ü", State: health.Firing,
		Value: 0.125, Threshold: 0.05, Because: []string{"a'b", "ü"}, Explains: []string{"c"}, Told: true, Error: "refused",
		StartedAt: at, FiredAt: at.Add(30 * time.Second), LastAt: at.Add(time.Minute), AloneSince: at.Add(time.Microsecond), Revision: 1,
	}
}

func alertKept(t *testing.T, e HealthEnv) {
	ctx := context.Background()
	a := madeAlert("a", "ServiceDown", "doc_store", 0)
	must(t, e.Alerts.Save(ctx, a))
	all, err := e.Alerts.Active(ctx)
	must(t, err)
	wantSame(t, "alerts", all, []health.Alert{a})
	all[0].Because[0] = "spoiled"
	a.State, a.ResolvedAt, a.Revision = health.Resolved, noon.Add(time.Hour), 2
	must(t, e.Alerts.Save(ctx, a))
	if all, err = e.Alerts.Active(ctx); err != nil || len(all) != 0 {
		t.Errorf("a resolved alert is active: %v, %v", all, err)
	}
	page, err := e.Alerts.Find(ctx, healthmonitoring.AlertFilter{}, domain.PageRequest{})
	must(t, err)
	wantSame(t, "resolved alert", page.Items, []health.Alert{a})
	bare := madeAlert("b", "R", "s", 0)
	bare.Because, bare.Explains = nil, []string{}
	must(t, e.Alerts.Save(ctx, bare))
	all, err = e.Alerts.Active(ctx)
	must(t, err)
	wantSame(t, "an alert without causes", all, []health.Alert{bare})
}

func alertStale(t *testing.T, e HealthEnv) {
	ctx := context.Background()
	a := madeAlert("a", "ServiceDown", "doc_store", 0)
	a.Revision = 2
	wantKind(t, "a change of the unknown", e.Alerts.Save(ctx, a), domain.NotFound)
	a.Revision = 1
	must(t, e.Alerts.Save(ctx, a))
	a.Revision = 2
	must(t, e.Alerts.Save(ctx, a))
	wantKind(t, "a revision twice", e.Alerts.Save(ctx, a), domain.Conflict)
	a.Revision = 4
	wantKind(t, "a revision left out", e.Alerts.Save(ctx, a), domain.Conflict)
}

func alertOnce(t *testing.T, e HealthEnv) {
	ctx := context.Background()
	a := madeAlert("a", "ServiceDown", "doc_store", 0)
	must(t, e.Alerts.Save(ctx, a))
	wantKind(t, "the same id", e.Alerts.Save(ctx, madeAlert("a", "x", "y", 0)), domain.Conflict)
	wantKind(t, "a second one", e.Alerts.Save(ctx, madeAlert("b", "ServiceDown", "doc_store", 1)), domain.Conflict)
	must(t, e.Alerts.Save(ctx, madeAlert("c", "ServiceDown", "other", 1)))
	must(t, e.Alerts.Save(ctx, madeAlert("d", "Other", "doc_store", 1)))
	a.State, a.Revision = health.Resolved, 2
	must(t, e.Alerts.Save(ctx, a))
	must(t, e.Alerts.Save(ctx, madeAlert("b", "ServiceDown", "doc_store", 1)))
}

func alertsFound(t *testing.T, e HealthEnv) {
	ctx := context.Background()
	for i := range 4 {
		a := madeAlert(fmt.Sprint("a", i), []string{"R", "S"}[i%2], fmt.Sprint("s", i/2), i/2)
		if i == 3 {
			a.State = health.Resolved
		}
		must(t, e.Alerts.Save(ctx, a))
	}
	for _, c := range []struct {
		f    healthmonitoring.AlertFilter
		want string
	}{
		{healthmonitoring.AlertFilter{}, "a2 a3 a0 a1 "},
		{healthmonitoring.AlertFilter{Rule: "R"}, "a2 a0 "},
		{healthmonitoring.AlertFilter{Service: "s1"}, "a2 a3 "},
		{healthmonitoring.AlertFilter{Service: "s1", State: health.Resolved}, "a3 "},
		{healthmonitoring.AlertFilter{Service: "s"}, ""},
	} {
		page, err := e.Alerts.Find(ctx, c.f, domain.PageRequest{})
		must(t, err)
		var got string
		for _, a := range page.Items {
			got += a.ID.String() + " "
		}
		if got != c.want || page.Total != len(page.Items) {
			t.Errorf("%+v finds %q of %d, want %q", c.f, got, page.Total, c.want)
		}
	}
	page, err := e.Alerts.Find(ctx, healthmonitoring.AlertFilter{}, domain.PageRequest{Limit: 1, Offset: 1})
	must(t, err)
	if page.Total != 4 || len(page.Items) != 1 || page.Items[0].ID.String() != "a3" {
		t.Errorf("got %+v", page)
	}
	var order string
	active, err := e.Alerts.Active(ctx)
	must(t, err)
	for _, a := range active {
		order += a.ID.String() + " "
	}
	wantSame(t, "order of the active", order, "a0 a2 a1 ")
}

func healthRollback(t *testing.T, e HealthEnv) {
	ctx := context.Background()
	broken := errors.New("broken")
	err := e.Unit.Within(ctx, func(ctx context.Context) error {
		must(t, e.Alerts.Save(ctx, madeAlert("a", "R", "s", 0)))
		must(t, e.Incidents.Add(ctx, madeIncident("i", "a", 0)))
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	active, err := e.Alerts.Active(ctx)
	must(t, err)
	if len(active) != 0 {
		t.Errorf("kept are %+v", active)
	}
	_, err = e.Incidents.Get(ctx, domain.StoredID[incident.Incident]("i"))
	wantKind(t, "the incident", err, domain.NotFound)
}

func healthTimeout(t *testing.T, e HealthEnv) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	i := madeIncident("i", "a", 0)
	_, active := e.Alerts.Active(ctx)
	_, alerts := e.Alerts.Find(ctx, healthmonitoring.AlertFilter{}, domain.PageRequest{})
	_, got := e.Incidents.Get(ctx, i.ID)
	_, found := e.Incidents.Find(ctx, healthmonitoring.IncidentFilter{}, domain.PageRequest{})
	for what, err := range map[string]error{
		"save": e.Alerts.Save(ctx, madeAlert("a", "R", "s", 0)), "active": active, "alerts": alerts,
		"add": e.Incidents.Add(ctx, i), "update": e.Incidents.Update(ctx, i), "get": got, "find": found,
	} {
		wantKind(t, what, err, domain.Timeout)
	}
}
