package document

import (
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain"
)

// Metadata is what is known about a document besides its content: a JSON object
// of strings, numbers, booleans, nulls, lists and objects.
type Metadata map[string]any

// reservedKeys are fields of the document itself. Never written.
var reservedKeys = []string{"id", "content", "content_hash", "created_at", "updated_at"}

// countKeys hold whole numbers from 0. Never written.
var countKeys = []string{"views", "unique_views", "watchers"}

// derivedKeys are added to what callers read and never kept. Never written.
var derivedKeys = []string{"content_length"}

// normal returns a deep copy as a store gives it back: numbers are float64, lists
// []any, objects map[string]any, and derived keys are left out. It is never nil.
func (m Metadata) normal() Metadata {
	kept := make(Metadata, len(m))
	for key, value := range m {
		if !slices.Contains(derivedKeys, key) {
			kept[key] = normalValue(value)
		}
	}
	return kept
}

func normalValue(v any) any {
	switch v := v.(type) {
	case int:
		return float64(v)
	case int64:
		return float64(v)
	case []string:
		list := make([]any, len(v))
		for i, text := range v {
			list[i] = text
		}
		return list
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = normalValue(item)
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(v))
		for key, value := range v {
			object[key] = normalValue(value)
		}
		return object
	}
	return v
}

// Clone returns a deep copy.
func (m Metadata) Clone() Metadata { return m.normal() }

// Check fails with Invalid and names every key that metadata may not hold, and
// every counter that is not a whole number from 0.
func (m Metadata) Check() error {
	fault := domain.Invalid.New("The metadata is not acceptable.")
	for _, key := range slices.Sorted(maps.Keys(m)) {
		if strings.TrimSpace(key) == "" {
			fault = fault.WithField("metadata", "required", "must not hold a blank key")
		}
		if holdsNUL(key) || holdsNUL(m[key]) {
			fault = fault.WithField("metadata."+strings.ReplaceAll(key, "\x00", "?"), "text", "must not hold NUL characters")
		}
		if slices.Contains(reservedKeys, key) {
			fault = fault.WithField("metadata."+key, "reserved", "is a field of the document itself; choose another key")
		}
		if slices.Contains(countKeys, key) && !isCount(m[key]) {
			fault = fault.WithField("metadata."+key, "type", "must be a whole number from 0")
		}
	}
	if len(fault.Fields) > 0 {
		return fault
	}
	return nil
}

// holdsNUL looks for a NUL character in a string or anything that holds one; no
// store keeps it.
func holdsNUL(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.IndexByte(v, 0) >= 0
	case []any:
		return slices.ContainsFunc(v, holdsNUL)
	case map[string]any:
		for key, value := range v {
			if holdsNUL(key) || holdsNUL(value) {
				return true
			}
		}
	}
	return false
}

// Text returns the string under key, trimmed, or "" when there is none.
func (m Metadata) Text(key string) string {
	text, _ := m[key].(string)
	return strings.TrimSpace(text)
}

// Count returns the whole number under key, or 0.
func (m Metadata) Count(key string) int {
	switch n := m[key].(type) {
	case int:
		return n
	case int64:
		return int(n)
	case float64:
		return int(n)
	}
	return 0
}

// Texts returns the strings under key: a list, or a single string.
func (m Metadata) Texts(key string) []string {
	switch v := m[key].(type) {
	case string:
		return []string{v}
	case []string:
		return v
	case []any:
		texts := make([]string, 0, len(v))
		for _, item := range v {
			if text, ok := item.(string); ok {
				texts = append(texts, text)
			}
		}
		return texts
	}
	return nil
}

// Merge returns a copy with the updates laid over it; a nil update removes the key.
func (m Metadata) Merge(updates Metadata) Metadata {
	merged := maps.Clone(m)
	if merged == nil {
		merged = make(Metadata, len(updates))
	}
	for key, value := range updates {
		if value == nil {
			delete(merged, key)
			continue
		}
		merged[key] = value
	}
	return merged
}

func isCount(v any) bool {
	switch n := v.(type) {
	case int:
		return n >= 0
	case int64:
		return n >= 0
	case float64:
		return n >= 0 && n == math.Trunc(n) && n <= 1<<53
	}
	return false
}
