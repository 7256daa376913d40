package usecase

import "time"

// Given returns what an optional field holds, and the zero value when it is absent.
func Given[T any](field *T) T {
	if field == nil {
		var zero T
		return zero
	}
	return *field
}

// TimeOrNil returns an instant for an optional field, which is absent when the instant
// is zero.
func TimeOrNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
