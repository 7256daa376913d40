package domain

import "errors"

// DomainResult is what every driving port returns: a value with an optional
// message and warnings, or a failure. The zero value is a failure, so that a
// forgotten return cannot pass as success.
//
// It does not marshal to JSON: presenters build the envelope from its parts.
//
//nolint:revive // The name is the published vocabulary of the library.
type DomainResult[T any] struct {
	value T
	err   error
	notes *notes
	ok    bool
}

// notes is apart so that results without any cost no allocation.
type notes struct {
	message  string
	warnings []string
}

var errNoResult = Internal.New("The use case returned no result.")

// Ok returns a success that holds v.
func Ok[T any](v T) DomainResult[T] {
	return DomainResult[T]{value: v, ok: true}
}

// Fail returns a failure. Fail(nil) is a failure too.
func Fail[T any](err error) DomainResult[T] {
	if err == nil {
		err = errNoResult
	}
	return DomainResult[T]{err: err}
}

// From returns Ok(v) when err is nil, and otherwise Fail(err), dropping v.
func From[T any](v T, err error) DomainResult[T] {
	if err != nil {
		return Fail[T](err)
	}
	return Ok(v)
}

// Unwrap returns the value and nil, or the zero value and the failure.
func (r DomainResult[T]) Unwrap() (T, error) {
	return r.value, r.Err()
}

// Err returns the failure, or nil on success.
func (r DomainResult[T]) Err() error {
	if r.ok {
		return nil
	}
	if r.err == nil {
		return errNoResult
	}
	return r.err
}

// Succeeded reports whether the result holds a value.
func (r DomainResult[T]) Succeeded() bool { return r.ok }

// Message returns the sentence for the user that WithMessage set, or "".
func (r DomainResult[T]) Message() string {
	if r.notes == nil {
		return ""
	}
	return r.notes.message
}

// Warnings returns what the user should know although the call succeeded. The
// slice must not be changed.
func (r DomainResult[T]) Warnings() []string {
	if r.notes == nil {
		return nil
	}
	return r.notes.warnings
}

// WithMessage returns a copy with the message replaced.
func (r DomainResult[T]) WithMessage(message string) DomainResult[T] {
	r.notes = &notes{message: message, warnings: r.Warnings()}
	return r
}

// WithWarnings returns a copy with the warnings appended.
func (r DomainResult[T]) WithWarnings(warnings ...string) DomainResult[T] {
	if len(warnings) == 0 {
		return r
	}
	have := r.Warnings()
	r.notes = &notes{message: r.Message(), warnings: append(have[:len(have):len(have)], warnings...)}
	return r
}

// MarshalJSON always fails: a result is not a wire format.
func (r DomainResult[T]) MarshalJSON() ([]byte, error) {
	return nil, errors.New("domain: a DomainResult does not marshal; present its value or its error")
}

// Then passes the value of a success to next and returns what next returns,
// with the warnings of both. A failure is passed on and next is not called.
func Then[T, R any](r DomainResult[T], next func(T) DomainResult[R]) DomainResult[R] {
	if !r.ok {
		return Fail[R](r.err)
	}
	out := next(r.value)
	if r.notes == nil {
		return out
	}
	merged := &notes{message: out.Message()}
	merged.warnings = append(append(merged.warnings, r.notes.warnings...), out.Warnings()...)
	out.notes = merged
	return out
}

// Map returns the result with its value converted; message, warnings and
// failure stay.
func Map[T, R any](r DomainResult[T], convert func(T) R) DomainResult[R] {
	if !r.ok {
		return Fail[R](r.err)
	}
	return DomainResult[R]{value: convert(r.value), ok: true, notes: r.notes}
}
