package httptable_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/http/httptable"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/usecase"
)

func TestHealthMonitoringCrossesTheWire(t *testing.T) {
	httptable.RoundTrip(t, func() []usecase.Operation { return healthmonitoring.Operations(&healthmonitoring.UseCases{}) })
}
