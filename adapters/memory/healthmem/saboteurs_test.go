package healthmem_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/memory/healthmem"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/health"
	"github.com/docsteward/docsteward/domain/incident"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/porttest"
)

const saboteurKey = "HEALTH_SABOTEUR"

// saboteurs are stores that each break one promise, by the case that must tell.
var saboteurs = map[string]struct {
	caught string
	spoil  func(*porttest.HealthEnv)
}{
	"two alerts of a kind": {"alerts/a_service_has_one_active_alert_of_a_rule", func(e *porttest.HealthEnv) { e.Alerts = twice{e.Alerts} }},
	"the last order":       {"alerts/are_found_by_what_they_are", func(e *porttest.HealthEnv) { e.Alerts = backwards{e.Alerts} }},
	"any revision will do": {"incidents/a_stale_change_is_a_conflict", func(e *porttest.HealthEnv) { e.Incidents = careless{e.Incidents} }},
	"forgets the review":   {"incidents/are_kept_whole", func(e *porttest.HealthEnv) { e.Incidents = forgetful{e.Incidents} }},
	"deaf to the end":      {"an_ended_context_is_a_timeout", func(e *porttest.HealthEnv) { e.Incidents = deaf{e.Incidents} }},
	"no way back":          {"a_rolled_back_change_is_gone", func(e *porttest.HealthEnv) { e.Unit = oneWay{} }},
}

// twice lets a service have any number of alerts of a rule.
type twice struct{ healthmonitoring.Alerts }

func (s twice) Save(ctx context.Context, a health.Alert) error {
	err := s.Alerts.Save(ctx, a)
	if a.Revision == 1 && domain.FaultOf(err) != nil && strings.Contains(err.Error(), "of the rule") {
		return nil
	}
	return err
}

// backwards finds the first started first.
type backwards struct{ healthmonitoring.Alerts }

func (s backwards) Find(ctx context.Context, f healthmonitoring.AlertFilter, page domain.PageRequest) (domain.Page[health.Alert], error) {
	found, err := s.Alerts.Find(ctx, f, page)
	slices.Reverse(found.Items)
	return found, err
}

// careless takes a change of any revision.
type careless struct{ healthmonitoring.Incidents }

func (s careless) Update(ctx context.Context, i incident.Incident) error {
	if stored, err := s.Incidents.Get(ctx, i.ID); err == nil {
		i.Revision = stored.Revision + 1
	}
	return s.Incidents.Update(ctx, i)
}

// forgetful loses what was learnt.
type forgetful struct{ healthmonitoring.Incidents }

func (s forgetful) Get(ctx context.Context, id incident.ID) (incident.Incident, error) {
	i, err := s.Incidents.Get(ctx, id)
	i.Review = incident.Review{}
	return i, err
}

// deaf works on when its context ended.
type deaf struct{ healthmonitoring.Incidents }

func (s deaf) Add(ctx context.Context, i incident.Incident) error {
	return s.Incidents.Add(context.WithoutCancel(ctx), i)
}

// oneWay keeps what was written before a failure.
type oneWay struct{}

func (oneWay) Within(ctx context.Context, fn func(context.Context) error) error { return fn(ctx) }

// TestSaboteur runs the suite on the saboteur that the environment names; by itself
// it does nothing but say so.
func TestSaboteur(t *testing.T) {
	saboteur, ok := saboteurs[os.Getenv(saboteurKey)]
	if !ok {
		t.Skipf("runs in the subprocesses of TestTheSuiteCatchesSaboteurs, which set %s", saboteurKey)
	}
	porttest.Health(t, func(*testing.T) porttest.HealthEnv {
		db := memkit.New()
		e := porttest.HealthEnv{Alerts: healthmem.NewAlerts(db), Incidents: healthmem.NewIncidents(db), Unit: db}
		saboteur.spoil(&e)
		return e
	})
}

func TestTheSuiteCatchesSaboteurs(t *testing.T) {
	for name, saboteur := range saboteurs {
		t.Run(name, func(t *testing.T) {
			command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSaboteur$", "-test.v", "-test.timeout=20s")
			command.Env = append(os.Environ(), saboteurKey+"="+name)
			out, err := command.CombinedOutput()
			if err == nil || !bytes.Contains(out, []byte("--- FAIL: TestSaboteur/"+saboteur.caught)) {
				t.Errorf("the case %s did not tell: %v\n%s", strings.ReplaceAll(saboteur.caught, "_", " "), err, out)
			}
		})
	}
}
