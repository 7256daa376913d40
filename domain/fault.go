package domain

import (
	"context"
	"errors"
	"maps"
	"strings"
	"time"
)

// FieldError is one complaint about one input field.
type FieldError struct {
	// Field is the path of the field in the input, such as "metadata.owner" or "items[3].id".
	Field string
	// Rule is the rule that was broken, such as "required" or "maxLength".
	Rule string
	// Message says in words what is expected.
	Message string
}

// Fault is the one error type that crosses a port. Build one with Kind.New or
// Kind.Wrap and refine it with the With methods, each of which returns a copy.
type Fault struct {
	// Kind decides how every face presents the fault.
	Kind Kind
	// Code names the fault more closely than its kind, such as "route_not_found".
	// Empty where the kind says enough.
	Code string
	// Message is safe to show and tells the user what to do.
	Message string
	// Fields lists every field that was refused, in input order.
	Fields []FieldError
	// Details holds facts that help the caller react, such as the current version.
	Details map[string]any
	// RetryAfter is how long to wait before trying again; zero means unknown.
	RetryAfter time.Duration

	cause error
}

// Error returns the message, and the cause behind it where there is one. It is
// for logs: faces show Message alone.
func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.Message)
	if f.Message == "" {
		b.WriteString(f.Kind.String())
	}
	for i, field := range f.Fields {
		if i == 0 {
			b.WriteString(": ")
		} else {
			b.WriteString("; ")
		}
		b.WriteString(field.Field + " " + field.Message)
	}
	if f.cause != nil {
		b.WriteString(": " + f.cause.Error())
	}
	return b.String()
}

// Unwrap returns the cause, or nil.
func (f *Fault) Unwrap() error { return f.cause }

// Is reports whether target is this fault's Kind.
func (f *Fault) Is(target error) bool {
	kind, ok := target.(Kind)
	return ok && kind == f.Kind
}

// WithCode returns a copy with the code set.
func (f *Fault) WithCode(code string) *Fault {
	c := *f
	c.Code = code
	return &c
}

// WithDetail returns a copy with one detail added or replaced.
func (f *Fault) WithDetail(key string, value any) *Fault {
	c := *f
	c.Details = maps.Clone(f.Details)
	if c.Details == nil {
		c.Details = make(map[string]any, 1)
	}
	c.Details[key] = value
	return &c
}

// WithField returns a copy with one field complaint appended.
func (f *Fault) WithField(field, rule, message string) *Fault {
	c := *f
	c.Fields = append(c.Fields[:len(c.Fields):len(c.Fields)], FieldError{Field: field, Rule: rule, Message: message})
	return &c
}

// WithRetryAfter returns a copy that tells the caller when to come back.
func (f *Fault) WithRetryAfter(d time.Duration) *Fault {
	c := *f
	c.RetryAfter = d
	return &c
}

// FaultOf returns the first Fault in err's chain. An error of a bare Kind
// becomes a fault of that kind, a context error a Timeout, and any other error
// an Internal fault whose message hides the text, which stays as the cause.
// FaultOf(nil) is nil.
func FaultOf(err error) *Fault {
	if err == nil {
		return nil
	}
	var fault *Fault
	if errors.As(err, &fault) && fault != nil {
		return fault
	}
	var kind Kind
	if errors.As(err, &kind) {
		return kind.Wrap(err, kind.String())
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return Timeout.Wrap(err, "The operation took too long; try again, or ask for less at once.")
	}
	if errors.Is(err, context.Canceled) {
		return Timeout.Wrap(err, "The caller gave up before the operation ended.").WithCode("cancelled")
	}
	return Internal.Wrap(err, "An unexpected error occurred; report it with the request id.")
}
