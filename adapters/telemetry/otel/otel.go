// Package otel opens OpenTelemetry spans.
package otel

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/telemetry"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Tracer opens spans at a provider. Which provider, and where its spans go, is
// the composition's choice; the no-op provider costs nothing.
type Tracer struct{ tracer trace.Tracer }

var _ telemetry.Tracer = Tracer{}

// NewTracer returns a tracer over a provider.
func NewTracer(provider trace.TracerProvider) Tracer {
	return Tracer{provider.Tracer("github.com/docsteward/docsteward")}
}

// Start opens a span named service/operation with the correlation id.
func (t Tracer) Start(ctx context.Context, service, operation string) (context.Context, func(error)) {
	ctx, span := t.tracer.Start(ctx, service+"/"+operation)
	if !span.IsRecording() {
		return ctx, func(error) { span.End() }
	}
	span.SetAttributes(attribute.String("correlation_id", usecase.MetaOf(ctx).Correlation))
	return ctx, func(err error) {
		if err != nil {
			span.SetStatus(codes.Error, domain.FaultOf(err).Kind.String())
			span.RecordError(err)
		}
		span.End()
	}
}
