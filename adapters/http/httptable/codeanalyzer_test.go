package httptable_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/http/httptable"
	"github.com/docsteward/docsteward/ports/codeanalyzer"
	"github.com/docsteward/docsteward/ports/usecase"
)

func TestCodeAnalyzerCrossesTheWire(t *testing.T) {
	httptable.RoundTrip(t, func() []usecase.Operation { return codeanalyzer.Operations(&codeanalyzer.UseCases{}) })
}
