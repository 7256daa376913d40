package saga

import (
	"fmt"
	"strings"

	"github.com/docsteward/docsteward/domain"
)

// check fails with Invalid and names every field that is not acceptable.
func (s Saga) check() error {
	fault := domain.Invalid.New("The saga is not acceptable.")
	blank := func(field, value string) {
		if strings.TrimSpace(value) == "" {
			fault = fault.WithField(field, "required", "must not be blank")
		}
	}
	blank("saga_type", s.Type)
	blank("correlation_id", s.Correlation)
	switch {
	case len(s.Steps) == 0:
		fault = fault.WithField("steps", "minItems", "must hold at least one step")
	case len(s.Steps) > MaxSteps:
		fault = fault.WithField("steps", "maxItems", fmt.Sprintf("must hold at most %d steps", MaxSteps))
	}
	known := make(map[string]bool)
	for i, step := range s.Steps {
		at := fmt.Sprintf("steps.%d.", i)
		blank(at+"step_id", step.ID)
		blank(at+"service_name", step.Do.Service)
		blank(at+"operation", step.Do.Operation)
		if known[step.ID] {
			fault = fault.WithField(at+"step_id", "unique", "must not be that of another step")
		}
		known[step.ID] = true
	}
	if len(fault.Fields) > 0 {
		return fault
	}
	return nil
}
