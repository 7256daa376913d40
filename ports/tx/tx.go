// Package tx is the port of a unit of work: several store calls that happen
// together or not at all.
package tx

//go:generate go tool mockgen -source=tx.go -destination=../mocks/txmock/tx.go -package=txmock

import "context"

// Unit runs work inside one transaction of one service's store.
type Unit interface {
	// Within calls fn once with a context that carries the transaction; store
	// calls made with that context take part in it. When fn returns nil the work
	// is committed and durable before Within returns; when fn fails or panics,
	// nothing of it remains and the error, or the panic, is passed on.
	//
	// A Within inside fn joins the transaction that is open. Only store calls of
	// the same service belong inside: no network, no model, no other service.
	//
	// It fails with Storage when the store cannot begin or commit, and with
	// Timeout when ctx ended first; nothing is written then.
	Within(ctx context.Context, fn func(ctx context.Context) error) error
}

type insideKey struct{}

// MarkInside returns a context that tells that a transaction is open. Units
// call it; nobody else does.
func MarkInside(ctx context.Context) context.Context {
	return context.WithValue(ctx, insideKey{}, true)
}

// Inside reports whether a transaction is open, so that adapters of outside
// systems can refuse to be called there.
func Inside(ctx context.Context) bool {
	inside, _ := ctx.Value(insideKey{}).(bool)
	return inside
}
