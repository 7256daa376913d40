package attempt

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// recorded is how a fault is written down. The names are those of the record
// format: old records are read by new programs.
type recorded struct {
	Kind       string              `json:"kind"`
	Code       string              `json:"code,omitempty"`
	Message    string              `json:"message,omitempty"`
	Fields     []domain.FieldError `json:"fields,omitempty"`
	Details    map[string]any      `json:"details,omitempty"`
	RetryAfter time.Duration       `json:"retry_after_ns,omitempty"`
	Cause      string              `json:"cause,omitempty"`
}

// EncodeFault writes a fault as JSON. Of the cause its text is kept.
func EncodeFault(fault *domain.Fault) []byte {
	r := recorded{Kind: fault.Kind.String(), Code: fault.Code, Message: fault.Message, Fields: fault.Fields,
		Details: fault.Details, RetryAfter: fault.RetryAfter}
	if cause := fault.Unwrap(); cause != nil {
		r.Cause = cause.Error()
	}
	text, err := json.Marshal(r)
	if err != nil { // a detail that is no JSON
		r.Details = nil
		text, _ = json.Marshal(r)
	}
	return text
}

// DecodeFault reads what EncodeFault wrote. A kind that this program does not
// know is Internal.
func DecodeFault(text []byte) (*domain.Fault, error) {
	var r recorded
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, fmt.Errorf("read a recorded fault: %w", err)
	}
	fault := domain.KindNamed(r.Kind).New(r.Message)
	if r.Cause != "" {
		fault = fault.Kind.Wrap(errors.New(r.Cause), r.Message)
	}
	fault.Code, fault.Fields, fault.Details, fault.RetryAfter = r.Code, r.Fields, r.Details, r.RetryAfter
	return fault, nil
}
