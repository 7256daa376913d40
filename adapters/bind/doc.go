// Package bind turns what came over a wire into a command and back. One plan
// per command type serves every face: HTTP, command line, MCP and workflows.
//
// Struct tags say it all: json names a field; path or query moves it out of the
// body (top level only); required, default, minimum, maximum, minLength,
// maxLength, pattern, enum, minItems, maxItems and description rule it, where
// rules of texts and numbers at a list or a map hold for each of its values;
// event:"id" marks the resume token of a stream's items; body:"stream" takes
// the body as it comes. Optional is a pointer; a PATCH uses usecase.Optional.
package bind

// Bounds of a request. A tag may say otherwise of the length of a text and of a
// list.
const (
	// DefaultMaxLength is the greatest length of a string, in characters.
	DefaultMaxLength = 10_000
	// DefaultMaxItems is the greatest number of items of a list or a map.
	DefaultMaxItems = 1000
	// MaxDepth is how deep the values of a body may lie inside each other.
	MaxDepth = 100
	// MaxFaults is how many complaints one answer lists; the rest is counted.
	MaxFaults = 100
)
