package workflowsmem_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/adapters/memory/workflowsmem"
	"github.com/docsteward/docsteward/ports/porttest"
)

func TestSuite(t *testing.T) {
	porttest.Workflows(t, func(*testing.T) porttest.WorkflowsEnv {
		db := memkit.New()
		return porttest.WorkflowsEnv{Definitions: workflowsmem.NewDefinitions(db), Executions: workflowsmem.NewExecutions(db), Unit: db}
	})
}
