package httptable_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/http/httptable"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/usecase"
)

func TestAnalysisCrossesTheWire(t *testing.T) {
	httptable.RoundTrip(t, func() []usecase.Operation { return analysis.Operations(&analysis.UseCases{}) })
}
