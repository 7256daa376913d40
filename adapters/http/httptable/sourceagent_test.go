package httptable_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/http/httptable"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/usecase"
)

func TestSourceAgentCrossesTheWire(t *testing.T) {
	httptable.RoundTrip(t, func() []usecase.Operation { return sourceagent.Operations(&sourceagent.UseCases{}) })
}
