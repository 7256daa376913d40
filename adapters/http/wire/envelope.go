package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/docsteward/docsteward/adapters/bind"
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

// Write writes the envelope around a value. It fails when the value is not to be
// written as JSON; what stands in the buffer is of no use then.
func (s Success) Write(to *bytes.Buffer, value any) error {
	to.Write(s.head(to.AvailableBuffer()))
	if err := bind.WriteValue(to, value); err != nil {
		return err
	}
	return to.WriteByte('}')
}

// head is the envelope up to the value.
func (s Success) head(b []byte) []byte {
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
	return append(b, `,"data":`...)
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

// failureBody is the envelope of a fault.
type failureBody struct {
	Success     bool      `json:"success"`
	Message     string    `json:"message"`
	Timestamp   time.Time `json:"timestamp"`
	RequestID   string    `json:"request_id"`
	ErrorCode   string    `json:"error_code"`
	Code        string    `json:"code,omitempty"`
	Details     any       `json:"details"`
	FieldErrors any       `json:"field_errors"`
	Detail      any       `json:"detail"`
}

// complaint is a field error in the form that clients of the earlier system read.
type complaint struct {
	Loc  []string `json:"loc"`
	Msg  string   `json:"msg"`
	Type string   `json:"type"`
}

// Failure is what surrounds a fault.
type Failure struct {
	// Err is the failure; what is no fault is told as domain.FaultOf makes one of it.
	Err error
	// RequestID and At identify the answer.
	RequestID string
	At        time.Time
	// Debug tells the cause of an unexpected fault.
	Debug bool
	// Place says which part of the request holds a field: path, query or body; nil
	// means that all are in the body.
	Place func(field string) string
}

// Write returns the status and the envelope, and sets the headers that go with
// them.
func (f Failure) Write(header http.Header) (int, []byte) {
	fault := domain.FaultOf(f.Err)
	status, code := StatusOf(fault)
	body := failureBody{
		Message: fault.Message, Timestamp: f.At, RequestID: f.RequestID, ErrorCode: code, Code: fault.Code, Detail: fault.Message,
	}
	if cause := fault.Unwrap(); f.Debug && cause != nil {
		fault = fault.WithDetail("cause", cause.Error())
	}
	if len(fault.Details) > 0 {
		body.Details = fault.Details
	}
	if len(fault.Fields) > 0 {
		body.FieldErrors, body.Detail = f.complaints(fault.Fields)
	}
	if fault.RetryAfter > 0 {
		header.Set("Retry-After", strconv.FormatInt(int64((fault.RetryAfter+time.Second-1)/time.Second), 10))
	}
	if status == http.StatusUnauthorized {
		header.Set("WWW-Authenticate", `Bearer realm="docsteward"`)
	}
	header.Set(HeaderErrorCode, code)
	data, err := bind.Value(body)
	if err != nil { // details that are no JSON
		body.Details = map[string]any{"details": fmt.Sprint(fault.Details)}
		data, _ = bind.Value(body)
	}
	return status, data
}

// complaints spells field errors in both ways that an envelope holds.
func (f Failure) complaints(fields []domain.FieldError) (map[string][]string, []complaint) {
	byName, list := make(map[string][]string, len(fields)), make([]complaint, len(fields))
	for i, field := range fields {
		place := "body"
		if f.Place != nil {
			place = f.Place(field.Field)
		}
		list[i] = complaint{Loc: []string{place, field.Field}, Msg: field.Message, Type: field.Rule}
		byName[field.Field] = append(byName[field.Field], field.Message)
	}
	return byName, list
}

// Refusal returns the envelope of an answer that belongs to no use case, such as
// an unknown route, with a code of its own.
func Refusal(code, message, requestID string, at time.Time) []byte {
	data, _ := json.Marshal(failureBody{Message: message, Timestamp: at, RequestID: requestID, ErrorCode: code, Detail: message})
	return data
}
