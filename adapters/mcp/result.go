package mcp

import (
	"encoding/json"
	"fmt"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
)

// success presents a value: structured, and as text for clients that read
// nothing else. What the result has to say besides stands in _meta and, since
// assistants do not see that, as text of its own.
func success(reply usecase.Reply, requestID string) *sdk.CallToolResult {
	data, err := bind.Value(reply.Value)
	if err != nil {
		return failure(domain.Internal.Wrap(err, "The answer cannot be written as JSON; report it with the request id."), requestID)
	}
	if len(data) == 0 || data[0] != '{' {
		data = append(append([]byte(`{"value":`), data...), '}') // Structured content is an object.
	}
	result := &sdk.CallToolResult{
		Meta:              sdk.Meta{MetaRequestID: requestID},
		Content:           []sdk.Content{&sdk.TextContent{Text: string(data)}},
		StructuredContent: json.RawMessage(data),
	}
	if reply.Message != "" {
		result.Meta[MetaMessage] = reply.Message
		result.Content = append(result.Content, &sdk.TextContent{Text: reply.Message})
	}
	if len(reply.Warnings) > 0 {
		result.Meta[MetaWarnings] = reply.Warnings
	}
	for _, warning := range reply.Warnings {
		result.Content = append(result.Content, &sdk.TextContent{Text: "Warning: " + warning})
	}
	return result
}

// told is a fault as text.
type told struct {
	Kind       string         `json:"kind"`
	ErrorCode  string         `json:"error_code"`
	Code       string         `json:"code,omitempty"`
	Message    string         `json:"message"`
	Fields     []complaint    `json:"fields,omitempty"`
	Details    map[string]any `json:"details,omitempty"`
	RetryAfter float64        `json:"retry_after_seconds,omitempty"`
	RequestID  string         `json:"request_id"`
}

type complaint struct {
	Field   string `json:"field"`
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

// failure presents a fault. Its cause is for logs and is not told.
func failure(err error, requestID string) *sdk.CallToolResult {
	fault := domain.FaultOf(err)
	text := told{
		Kind: fault.Kind.String(), ErrorCode: codeOf(fault.Kind), Code: fault.Code, Message: fault.Message,
		Details: fault.Details, RetryAfter: fault.RetryAfter.Round(time.Millisecond).Seconds(), RequestID: requestID,
	}
	for _, f := range fault.Fields {
		text.Fields = append(text.Fields, complaint(f))
	}
	data, err := bind.Value(text)
	if err != nil { // details that are no JSON
		text.Details = map[string]any{"details": fmt.Sprint(fault.Details)}
		data, _ = bind.Value(text)
	}
	return &sdk.CallToolResult{
		Meta: sdk.Meta{MetaRequestID: requestID}, Content: []sdk.Content{&sdk.TextContent{Text: string(data)}}, IsError: true,
	}
}

// codeOf returns the error code of a kind, the same word that the HTTP face says.
func codeOf(kind domain.Kind) string {
	switch kind {
	case domain.Invalid, domain.Rejected:
		return "validation_error"
	case domain.Unauthenticated:
		return "unauthorized"
	case domain.Forbidden:
		return "forbidden"
	case domain.NotFound:
		return "not_found"
	case domain.Conflict:
		return "conflict"
	case domain.TooLarge:
		return "payload_too_large"
	case domain.RateLimited:
		return "rate_limited"
	case domain.Storage:
		return "database_error"
	case domain.Upstream, domain.Unavailable, domain.Timeout:
		return "service_unavailable"
	}
	return "internal_error"
}
