package registrymem_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/adapters/memory/registrymem"
	"github.com/docsteward/docsteward/ports/porttest"
	"github.com/docsteward/docsteward/ports/serviceregistry"
)

func TestSuite(t *testing.T) {
	porttest.ServiceRegistry(t, func(*testing.T) serviceregistry.Services { return registrymem.New(memkit.New()) })
}
