package infrastructuremem_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/memory/infrastructuremem"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/ports/porttest"
)

func env() porttest.InfrastructureEnv {
	db := memkit.New()
	return porttest.InfrastructureEnv{Sagas: infrastructuremem.NewSagas(db), Retries: infrastructuremem.NewRetries(db), Unit: db}
}

func TestSuite(t *testing.T) {
	porttest.Infrastructure(t, func(*testing.T) porttest.InfrastructureEnv { return env() })
}
