package usecase

import "context"

// Meta is what accompanies a call besides its command. Every face fills it.
type Meta struct {
	// Correlation joins everything that one outer request caused.
	Correlation string
	// IdempotencyKey names the intent of a call, the same for each attempt at it. A
	// server answers a repeat as it answered the first, while it remembers that; in
	// the same process it is carried along for use cases that recognise a repeat.
	IdempotencyKey string
	// LastEventID is the resume token of a stream.
	LastEventID string
	// Caller is who calls.
	Caller Caller
}

// Caller is a chain: a user, and the service that calls on the user's behalf.
type Caller struct {
	// User is the id of the person or key at the start of the chain; empty is anonymous.
	User string
	// Roles are the roles that the user holds.
	Roles []string
	// Service is the id of the service that makes this call; empty when the user calls directly.
	Service string
}

type metaKey struct{}

// WithMeta returns a context that carries m.
func WithMeta(ctx context.Context, m Meta) context.Context {
	return context.WithValue(ctx, metaKey{}, m)
}

// MetaOf returns what the context carries, or the zero Meta.
func MetaOf(ctx context.Context) Meta {
	m, _ := ctx.Value(metaKey{}).(Meta)
	return m
}

// AsService returns a context in which the named service is the caller, on
// behalf of the user who was there before.
func AsService(ctx context.Context, service string) context.Context {
	m := MetaOf(ctx)
	m.Caller.Service = service
	return WithMeta(ctx, m)
}
