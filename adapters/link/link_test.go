package link_test

import (
	"fmt"
	"testing"

	"github.com/docsteward/docsteward/adapters/link"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
)

func TestAQueryIsTheCallItself(t *testing.T) {
	links := link.New()
	if err := links.Add("orchestrator", "http://here:5099", healthmonitoring.Operations(new(healthmonitoring.UseCases))); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		command any
		want    string
	}{
		{healthmonitoring.ListIncidents{Status: "closed", Service: "a&b", Limit: 10}, "/api/v1/health/incidents?limit=10&service=a%26b&status=closed"},
		{healthmonitoring.GetIncident{ID: "a/b"}, "/api/v1/health/incidents/a%2Fb"},
		{healthmonitoring.ListServiceHealth{}, "/api/v1/health/services"},
	} {
		query, permission, err := links.Find(c.command)
		if err != nil || query.Path != c.want || query.URL != "http://here:5099"+c.want || query.Service != "orchestrator" || permission != healthmonitoring.Read {
			t.Errorf("%+v, %q, %v", query, permission, err)
		}
	}
	if _, _, err := links.Find(healthmonitoring.OpenIncident{}); err == nil {
		t.Error("a link that changes something")
	}
}

func ExampleLinks() {
	links := link.New()
	_ = links.Add("orchestrator", "http://127.0.0.1:5099", healthmonitoring.Operations(new(healthmonitoring.UseCases)))
	query, _, _ := links.Find(healthmonitoring.ListAlerts{State: "firing"})
	fmt.Println(query.URL)
	// Output: http://127.0.0.1:5099/api/v1/health/alerts?state=firing
}
