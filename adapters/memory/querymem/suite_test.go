package querymem_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/adapters/memory/querymem"
	"github.com/docsteward/docsteward/ports/porttest"
)

func TestSuite(t *testing.T) {
	porttest.Queries(t, func(*testing.T) porttest.QueriesEnv {
		db := memkit.New()
		return porttest.QueriesEnv{History: querymem.NewHistory(db), Unit: db}
	})
}
