package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// answer is either envelope as a client reads it.
type answer struct {
	Success   *bool           `json:"success"`
	Message   *string         `json:"message"`
	Warnings  []string        `json:"warnings"`
	Data      json.RawMessage `json:"data"`
	ErrorCode string          `json:"error_code"`
	Code      string          `json:"code"`
	Detail    json.RawMessage `json:"detail"`
	RequestID string          `json:"request_id"`
}

// ReadSuccess takes the envelope off a body and decodes the value inside it. A
// body without an envelope is the value itself.
func ReadSuccess(body []byte, direct bool, value any) (message string, warnings []string, err error) {
	if direct {
		return "", nil, decode(body, value)
	}
	var a answer
	if err := decode(body, &a); err != nil {
		return "", nil, err
	}
	if a.Success == nil {
		return "", nil, decode(body, value)
	}
	if a.Message != nil {
		message = *a.Message
	}
	return message, a.Warnings, decode(a.Data, value)
}

func decode(body []byte, value any) error {
	if err := json.Unmarshal(body, value); err != nil {
		return domain.Upstream.Wrap(err, "The peer's answer cannot be read; it may be of another version.")
	}
	return nil
}

// ReadFailure returns the fault that a failed answer tells.
func ReadFailure(status int, header http.Header, body []byte) *domain.Fault {
	var a answer
	if json.Unmarshal(bytes.TrimSpace(body), &a) != nil || a.Message == nil {
		return domain.Upstream.New(fmt.Sprintf("The peer answered %d without an explanation; check its address.", status)).WithDetail("status", status)
	}
	code := a.ErrorCode
	if code == "" {
		code = header.Get(HeaderErrorCode)
	}
	fault := KindOf(status, code).New(*a.Message)
	fault.Code, fault.Details = a.Code, details(body)
	if fault.Kind == domain.Upstream && fault.Code == "" && code != "service_unavailable" {
		fault.Code = code
	}
	var complaints []complaint
	if json.Unmarshal(a.Detail, &complaints) == nil {
		for _, c := range complaints {
			if len(c.Loc) == 2 {
				fault.Fields = append(fault.Fields, domain.FieldError{Field: c.Loc[1], Rule: c.Type, Message: c.Msg})
			}
		}
	}
	if seconds, err := strconv.Atoi(header.Get("Retry-After")); err == nil && seconds > 0 {
		fault.RetryAfter = time.Duration(seconds) * time.Second
	}
	return fault
}

// details reads the details of a failure. Whole numbers become int, as they
// mostly were: versions, sizes and counts.
func details(body []byte) map[string]any {
	var a struct {
		Details map[string]any `json:"details"`
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if decoder.Decode(&a) != nil {
		return nil
	}
	whole, _ := natural(a.Details).(map[string]any)
	return whole
}

func natural(v any) any {
	switch v := v.(type) {
	case json.Number:
		if i, err := strconv.Atoi(v.String()); err == nil {
			return i
		}
		f, _ := v.Float64()
		return f
	case map[string]any:
		for name, value := range v {
			v[name] = natural(value)
		}
	case []any:
		for i, value := range v {
			v[i] = natural(value)
		}
	}
	return v
}
