package httptable_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/http/httptable"
	"github.com/docsteward/docsteward/ports/serviceregistry"
	"github.com/docsteward/docsteward/ports/usecase"
)

func TestServiceRegistryCrossesTheWire(t *testing.T) {
	httptable.RoundTrip(t, func() []usecase.Operation { return serviceregistry.Operations(&serviceregistry.UseCases{}) })
}
