package sourceagentmem_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/adapters/memory/sourceagentmem"
	"github.com/docsteward/docsteward/ports/porttest"
)

func TestSuite(t *testing.T) {
	porttest.SourceAgent(t, func(*testing.T) porttest.SourceAgentEnv {
		db := memkit.New()
		places, records := sourceagentmem.New(db)
		return porttest.SourceAgentEnv{Places: places, Records: records, Runs: sourceagentmem.NewRuns(db), Unit: db}
	})
}
