package httptable_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/http/httptable"
	"github.com/docsteward/docsteward/ports/queryprocessing"
	"github.com/docsteward/docsteward/ports/usecase"
)

func TestQueriesCrossTheWire(t *testing.T) {
	httptable.RoundTrip(t, func() []usecase.Operation { return queryprocessing.Operations(&queryprocessing.UseCases{}) })
}
