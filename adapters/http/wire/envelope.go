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

// Success is what surrounds a value.
type Success struct {
	// Message may be empty, and is then null.
	Message string
	// Warnings are left out when there are none.
	Warnings []string
	// RequestID and At identify the answer.
	RequestID string
	At        time.Time
}

// Append writes the envelope around data, which is JSON already.
func (s Success) Append(b []byte, data []byte) []byte {
	b = append(b, `{"success":true,"message":`...)
	if s.Message == "" {
		b = append(b, "null"...)
	} else {
		b = appendString(b, s.Message)
	}
	b = append(b, `,"timestamp":"`...)
	b = s.At.AppendFormat(b, time.RFC3339Nano)
	b = append(b, `","request_id":`...)
	b = appendString(b, s.RequestID)
	if len(s.Warnings) > 0 {
		warnings, _ := json.Marshal(s.Warnings)
		b = append(append(b, `,"warnings":`...), warnings...)
	}
	b = append(append(b, `,"data":`...), data...)
	return append(b, '}')
}

// appendString quotes text as JSON; plain ASCII, which is nearly all, is copied.
func appendString(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' || c >= 0x7f {
			quoted, _ := json.Marshal(text)
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, text...)
	return append(b, '"')
}

// failure is the envelope of a fault.
type failure struct {
	Success     bool                `json:"success"`
	Message     string              `json:"message"`
	Timestamp   time.Time           `json:"timestamp"`
	RequestID   string              `json:"request_id"`
	ErrorCode   string              `json:"error_code"`
	Code        string              `json:"code,omitempty"`
	Details     map[string]any      `json:"details"`
	FieldErrors map[string][]string `json:"field_errors"`
	Detail      any                 `json:"detail"`
}

// complaint is a field error in the form that clients of the earlier system read.
type complaint struct {
	Loc  []string `json:"loc"`
	Msg  string   `json:"msg"`
	Type string   `json:"type"`
}

// Failure returns the status and the envelope of a fault, and sets the headers
// that go with it. With debug, an internal fault tells its cause.
func Failure(header http.Header, err error, requestID string, at time.Time, debug bool) (int, []byte) {
	fault := domain.FaultOf(err)
	status, code := StatusOf(fault)
	body := failure{
		Message: fault.Message, Timestamp: at, RequestID: requestID, ErrorCode: code, Code: fault.Code,
		Details: fault.Details, Detail: fault.Message,
	}
	if cause := fault.Unwrap(); debug && cause != nil {
		body.Details = fault.WithDetail("cause", cause.Error()).Details
	}
	if len(fault.Fields) > 0 {
		complaints := make([]complaint, len(fault.Fields))
		body.FieldErrors = make(map[string][]string, len(fault.Fields))
		for i, f := range fault.Fields {
			complaints[i] = complaint{Loc: []string{"body", f.Field}, Msg: f.Message, Type: f.Rule}
			body.FieldErrors[f.Field] = append(body.FieldErrors[f.Field], f.Message)
		}
		body.Detail = complaints
	}
	if fault.RetryAfter > 0 {
		header.Set("Retry-After", strconv.FormatInt(int64((fault.RetryAfter+time.Second-1)/time.Second), 10))
	}
	if status == http.StatusUnauthorized {
		header.Set("WWW-Authenticate", `Bearer realm="docsteward"`)
	}
	header.Set(HeaderErrorCode, code)
	data, marshalErr := json.Marshal(body)
	if marshalErr != nil { // details that are no JSON
		body.Details = map[string]any{"details": fmt.Sprint(fault.Details)}
		data, _ = json.Marshal(body)
	}
	return status, data
}

// answer is either envelope as a client reads it.
type answer struct {
	Success   *bool           `json:"success"`
	Message   *string         `json:"message"`
	Warnings  []string        `json:"warnings"`
	Data      json.RawMessage `json:"data"`
	ErrorCode string          `json:"error_code"`
	Code      string          `json:"code"`
	Details   map[string]any  `json:"details"`
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
	fault.Code, fault.Details = a.Code, a.Details
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

// Refusal returns the envelope of an answer that belongs to no use case, such as
// an unknown route, with a code of its own.
func Refusal(code, message, requestID string, at time.Time) []byte {
	data, _ := json.Marshal(failure{Message: message, Timestamp: at, RequestID: requestID, ErrorCode: code, Detail: message})
	return data
}
