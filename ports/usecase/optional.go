package usecase

import (
	"bytes"
	"encoding/json"
)

// Optional is a field of a PATCH: absent, explicitly null, or a value. The zero
// Optional is absent.
type Optional[T any] struct {
	value   T
	present bool
	null    bool
}

// Some returns an Optional that holds v.
func Some[T any](v T) Optional[T] { return Optional[T]{value: v, present: true} }

// Null returns an Optional that is present without a value: the field is to be cleared.
func Null[T any]() Optional[T] { return Optional[T]{present: true, null: true} }

// Present reports whether the caller sent the field, as null or as a value.
func (o Optional[T]) Present() bool { return o.present }

// IsNull reports whether the caller sent null.
func (o Optional[T]) IsNull() bool { return o.null }

// Get returns the value and true, or the zero value and false when the field is absent or null.
func (o Optional[T]) Get() (T, bool) { return o.value, o.present && !o.null }

// Target makes the field present and returns a pointer to its value, a *T, for
// decoders that know T by reflection only.
func (o *Optional[T]) Target() any {
	o.present, o.null = true, false
	return &o.value
}

// IsZero reports absence; encoding/json leaves an absent field out under omitzero.
func (o Optional[T]) IsZero() bool { return !o.present }

// MarshalJSON writes the value, or null.
func (o Optional[T]) MarshalJSON() ([]byte, error) {
	if !o.present || o.null {
		return []byte("null"), nil
	}
	return json.Marshal(o.value)
}

// UnmarshalJSON reads a value or null; either makes the field present.
func (o *Optional[T]) UnmarshalJSON(data []byte) error {
	o.present, o.null = true, bytes.Equal(bytes.TrimSpace(data), []byte("null"))
	if o.null {
		var zero T
		o.value = zero
		return nil
	}
	return json.Unmarshal(data, &o.value)
}
