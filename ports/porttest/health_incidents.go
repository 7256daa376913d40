package porttest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/incident"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
)

func madeIncident(id, alert string, minute int) incident.Incident {
	at := noon.Add(time.Duration(minute) * time.Minute)
	return incident.OpenIncident(incident.Opening{
		ID: domain.StoredID[incident.Incident](id), Service: "doc_store", Rule: "ServiceDown", Alert: alert, Severity: "critical", Title: "It's down. ü",
		Error: "refused", Affected: []string{"a", "ü"}, Since: at,
	}, at.Add(30*time.Second))
}

func incidentKept(t *testing.T, e HealthEnv) {
	ctx := context.Background()
	i := madeIncident("i", "a", 0)
	_, err := e.Incidents.Get(ctx, i.ID)
	wantKind(t, "the unknown", err, domain.NotFound)
	must(t, e.Incidents.Add(ctx, i))
	got, err := e.Incidents.Get(ctx, i.ID)
	must(t, err)
	wantSame(t, "incident", got, i)
	got.Steps[0].Title, got.Timeline[0].Text, got.Affected[0] = "spoiled", "spoiled", "spoiled"
	i, err = e.Incidents.Get(ctx, i.ID)
	must(t, err)
	wantSame(t, "incident after its copy was changed", i, madeIncident("i", "a", 0))
	must(t, i.Do(1, 1, "refused", "ada", noon.Add(time.Minute)))
	must(t, e.Incidents.Update(ctx, i))
	must(t, i.Resolve("It was started.", "ada", noon.Add(time.Hour)))
	must(t, e.Incidents.Update(ctx, i))
	must(t, i.Close(incident.Review{Prevention: "Watch it."}, "ada", noon.Add(2*time.Hour)))
	must(t, e.Incidents.Update(ctx, i))
	got, err = e.Incidents.Get(ctx, i.ID)
	must(t, err)
	wantSame(t, "closed incident", got, i)
	bare := incident.Incident{ID: domain.StoredID[incident.Incident]("bare"), Revision: 1}
	must(t, e.Incidents.Add(ctx, bare))
	got, err = e.Incidents.Get(ctx, bare.ID)
	must(t, err)
	wantSame(t, "an incident with nothing", got, bare)
}

func incidentStale(t *testing.T, e HealthEnv) {
	ctx := context.Background()
	i := madeIncident("i", "a", 0)
	wantKind(t, "a change of the unknown", e.Incidents.Update(ctx, i), domain.NotFound)
	must(t, e.Incidents.Add(ctx, i))
	wantKind(t, "the same revision", e.Incidents.Update(ctx, i), domain.Conflict)
	must(t, i.Note("x", "ada", noon))
	must(t, e.Incidents.Update(ctx, i))
	wantKind(t, "a revision twice", e.Incidents.Update(ctx, i), domain.Conflict)
}

func incidentOnce(t *testing.T, e HealthEnv) {
	ctx := context.Background()
	must(t, e.Incidents.Add(ctx, madeIncident("i", "a", 0)))
	wantKind(t, "the same id", e.Incidents.Add(ctx, madeIncident("i", "b", 0)), domain.Conflict)
	wantKind(t, "the same alert", e.Incidents.Add(ctx, madeIncident("j", "a", 0)), domain.Conflict)
	must(t, e.Incidents.Add(ctx, madeIncident("k", "", 0)))
	must(t, e.Incidents.Add(ctx, madeIncident("l", "", 0)))
}

func incidentsFound(t *testing.T, e HealthEnv) {
	ctx := context.Background()
	for n := range 4 {
		i := madeIncident(fmt.Sprint("i", n), fmt.Sprint("a", n), n/2)
		if n == 3 {
			i.Service = "other"
			must(t, i.Resolve("done", "ada", noon.Add(time.Hour)))
		}
		must(t, e.Incidents.Add(ctx, i))
	}
	for _, c := range []struct {
		f    healthmonitoring.IncidentFilter
		want string
	}{
		{healthmonitoring.IncidentFilter{}, "i2 i3 i0 i1 "},
		{healthmonitoring.IncidentFilter{Service: "doc_store"}, "i2 i0 i1 "},
		{healthmonitoring.IncidentFilter{Alert: "a1"}, "i1 "},
		{healthmonitoring.IncidentFilter{Status: incident.Resolved}, "i3 "},
		{healthmonitoring.IncidentFilter{Status: incident.Closed}, ""},
	} {
		page, err := e.Incidents.Find(ctx, c.f, domain.PageRequest{})
		must(t, err)
		var got string
		for _, i := range page.Items {
			got += i.ID.String() + " "
		}
		if got != c.want || page.Total != len(page.Items) {
			t.Errorf("%+v finds %q of %d, want %q", c.f, got, page.Total, c.want)
		}
	}
}
