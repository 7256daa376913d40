package healthmem_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/memory/healthmem"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/ports/porttest"
)

func TestSuite(t *testing.T) {
	porttest.Health(t, func(*testing.T) porttest.HealthEnv {
		db := memkit.New()
		return porttest.HealthEnv{Alerts: healthmem.NewAlerts(db), Incidents: healthmem.NewIncidents(db), Unit: db}
	})
}
