package httptable_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/http/httptable"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/usecase"
)

func TestDocStoreCrossesTheWire(t *testing.T) {
	httptable.RoundTrip(t, func() []usecase.Operation { return docstore.Operations(&docstore.UseCases{}) })
}
