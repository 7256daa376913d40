// Package telemetry is the port through which the application tells how it
// fares: measurements of operations and spans of traces.
package telemetry

//go:generate go tool mockgen -source=telemetry.go -destination=../mocks/telemetrymock/telemetry.go -package=telemetrymock

import (
	"context"
	"time"
)

// Meter counts and times the executions of operations. It never fails and never
// blocks on an outside system.
type Meter interface {
	// Executed records one execution: of which operation of which service, how it
	// ended ("ok" or the name of a domain.Kind), and how long it took.
	Executed(ctx context.Context, service, operation, outcome string, took time.Duration)
}

// CacheMeter counts the reads of caches. It never fails and never blocks on an
// outside system.
type CacheMeter interface {
	// CacheRead records one read of the named cache and whether it found something.
	CacheRead(ctx context.Context, cache string, hit bool)
}

// DocumentMeter counts the documents that were processed. It never fails and never
// blocks on an outside system.
type DocumentMeter interface {
	// Processed records that as many documents of a kind of source ended with the
	// status, such as stored or failed; 0 makes the status known.
	Processed(ctx context.Context, source, status string, documents int)
}

// Tracer opens spans. It never fails.
type Tracer interface {
	// Start opens a span beneath that of ctx and returns a context that carries
	// it, and the function that ends it with the error of the work, or nil.
	Start(ctx context.Context, service, operation string) (context.Context, func(error))
}
