package analysismem_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/memory/analysismem"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/ports/porttest"
)

func open(*testing.T) porttest.AnalysisEnv {
	db := memkit.New()
	return porttest.AnalysisEnv{Checks: analysismem.NewChecks(db), Claims: analysismem.NewClaims(db), Turns: analysismem.NewTurns(db), Facts: analysismem.NewFacts(db), Unit: db}
}

func TestSuite(t *testing.T) { porttest.Analysis(t, open) }
