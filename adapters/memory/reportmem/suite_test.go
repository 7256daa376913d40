package reportmem_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/adapters/memory/reportmem"
	"github.com/docsteward/docsteward/ports/porttest"
)

func env(*testing.T) porttest.ReportingEnv {
	db := memkit.New()
	return porttest.ReportingEnv{
		Reports: reportmem.NewReports(db), Schedules: reportmem.NewSchedules(db), Deliveries: reportmem.NewDeliveries(db), Unit: db,
	}
}

func TestSuite(t *testing.T) { porttest.Reporting(t, env) }
