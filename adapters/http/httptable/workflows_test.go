package httptable_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/http/httptable"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

func TestWorkflowsCrossTheWire(t *testing.T) {
	httptable.RoundTrip(t, func() []usecase.Operation { return workflows.Operations(&workflows.UseCases{}) })
}
