package logship

import (
	"context"
	"log/slog"
	"maps"
	"time"
)

// Handler hands every line on to another handler, and a copy to the shipper.
func (s *Shipper) Handler(next slog.Handler) slog.Handler {
	return &handler{next: next, shipper: s, fixed: make(map[string]any)}
}

// handler keeps the attributes that With put on the logger. Attributes inside a
// group have the names of the group before their own, with dots between.
type handler struct {
	next    slog.Handler
	shipper *Shipper
	fixed   map[string]any
	prefix  string
}

// Enabled asks the other handler.
func (h *handler) Enabled(ctx context.Context, l slog.Level) bool { return h.next.Enabled(ctx, l) }

// Handle ships a copy of the line and passes it on.
func (h *handler) Handle(ctx context.Context, record slog.Record) error {
	told := maps.Clone(h.fixed)
	told["timestamp"] = record.Time.UTC().Format(time.RFC3339Nano)
	record.Attrs(func(a slog.Attr) bool {
		flatten(told, h.prefix, a)
		return true
	})
	service, _ := told["service"].(string)
	delete(told, "service")
	h.shipper.ship(line{Service: service, Level: level(record.Level), Message: record.Message, Context: told})
	return h.next.Handle(ctx, record)
}

// WithAttrs keeps the attributes for every line.
func (h *handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	fixed := maps.Clone(h.fixed)
	for _, a := range attrs {
		flatten(fixed, h.prefix, a)
	}
	return &handler{next: h.next.WithAttrs(attrs), shipper: h.shipper, fixed: fixed, prefix: h.prefix}
}

// WithGroup names what follows.
func (h *handler) WithGroup(name string) slog.Handler {
	if name == "" {
		return h
	}
	return &handler{next: h.next.WithGroup(name), shipper: h.shipper, fixed: h.fixed, prefix: h.prefix + name + "."}
}

// flatten puts an attribute where JSON can write it.
func flatten(into map[string]any, prefix string, a slog.Attr) {
	value := a.Value.Resolve()
	if value.Kind() == slog.KindGroup {
		if a.Key != "" {
			prefix += a.Key + "."
		}
		for _, inner := range value.Group() {
			flatten(into, prefix, inner)
		}
		return
	}
	into[prefix+a.Key] = plain(value)
}

func plain(value slog.Value) any {
	switch value.Kind() {
	case slog.KindString, slog.KindBool, slog.KindInt64, slog.KindUint64, slog.KindFloat64:
		return value.Any()
	case slog.KindAny:
		if err, ok := value.Any().(error); ok {
			return err.Error()
		}
	}
	return value.String()
}
