// Package bind turns what came over a wire into a command and back. One plan
// per command type serves every face: HTTP, command line, MCP and workflows.
//
// Struct tags say it all: json names a field; path or query moves it out of the
// body (top level only); required, default, minimum, maximum, minLength,
// maxLength, pattern, enum, minItems, maxItems and description rule it;
// event:"id" marks the resume token of a stream's items; body:"stream" takes
// the body as it comes. Optional is a pointer; a PATCH uses usecase.Optional.
package bind

// Bounds that hold where no tag says otherwise.
const (
	// DefaultMaxLength is the greatest length of a string, in characters.
	DefaultMaxLength = 10_000
	// DefaultMaxItems is the greatest number of items of a list.
	DefaultMaxItems = 1000
)
