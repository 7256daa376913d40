package bind

import (
	"errors"

	"github.com/docsteward/docsteward/domain"
)

// faults gathers what is wrong with an input, up to MaxFaults; the rest is counted.
type faults struct {
	fields []domain.FieldError
	more   int
}

func (f *faults) add(field, rule, message string) {
	if len(f.fields) == MaxFaults {
		f.more++
		return
	}
	f.fields = append(f.fields, domain.FieldError{Field: field, Rule: rule, Message: message})
}

func (f *faults) count() int { return len(f.fields) + f.more }

func (f *faults) fault() error {
	if len(f.fields) == 0 {
		return nil
	}
	fault := domain.Invalid.New("The request is not valid; correct the fields that are named.")
	fault.Fields = f.fields
	if f.more > 0 {
		fault = fault.WithDetail("more_faults", f.more)
	}
	return fault
}

// malformed is the fault of a body that is not JSON. A fault of the body itself,
// such as one that is too large, passes unchanged.
func malformed(err error) error {
	var fault *domain.Fault
	if errors.As(err, &fault) {
		return fault
	}
	return domain.Invalid.Wrap(err, "The body is not valid JSON: "+err.Error()).WithField("body", "json", "must be one valid JSON object")
}
