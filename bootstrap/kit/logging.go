package kit

import (
	"context"
	"io"
	"log/slog"

	"gopkg.in/natefinch/lumberjack.v2"

	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
)

// logFile opens LOG_FILE. When it has grown to MAX_LOG_SIZE it is set aside, and
// the oldest such file beyond LOG_BACKUP_COUNT is removed.
func logFile(cfg *config.Config) (io.Writer, error) {
	file := &lumberjack.Logger{Filename: cfg.LogFile, MaxSize: max(1, int(cfg.MaxLogSize>>20)), MaxBackups: cfg.LogBackups}
	if _, err := file.Write(nil); err != nil {
		return nil, domain.Storage.Wrap(err, "The log file "+cfg.LogFile+" cannot be written; correct LOG_FILE.")
	}
	return file, nil
}

// SetLevel changes the level of all loggers: ERROR, WARNING, INFO or DEBUG. It
// fails with Invalid for any other name.
func (k *Kit) SetLevel(name string) error {
	levels := map[string]slog.Level{"ERROR": slog.LevelError, "WARNING": slog.LevelWarn, "INFO": slog.LevelInfo, "DEBUG": slog.LevelDebug}
	level, ok := levels[name]
	if !ok {
		return domain.Invalid.New("There is no log level "+name+"; use ERROR, WARNING, INFO or DEBUG.").WithField("level", "enum", "must be ERROR, WARNING, INFO or DEBUG")
	}
	k.Level.Set(level)
	return nil
}

// Logger returns a logger that puts the service and the correlation id on every
// line. Outside a request the correlation id is that of the process.
func (k *Kit) Logger(service string) *slog.Logger {
	options := &slog.HandlerOptions{Level: k.Level, ReplaceAttr: rename}
	var handler slog.Handler
	if k.Config.LogFormat == "text" {
		handler = slog.NewTextHandler(k.logs, options)
	} else {
		handler = slog.NewJSONHandler(k.logs, options)
	}
	if k.Shipper != nil {
		handler = k.Shipper.Handler(handler)
	}
	return slog.New(&correlated{Handler: handler, process: k.IDs.New()}).With("service", service)
}

// rename gives lines the names that readers of the logs know.
func rename(groups []string, a slog.Attr) slog.Attr {
	if len(groups) > 0 {
		return a
	}
	switch a.Key {
	case slog.TimeKey:
		a.Key = "timestamp"
	case slog.MessageKey:
		a.Key = "message"
	case slog.LevelKey:
		if level, ok := a.Value.Any().(slog.Level); ok && level == slog.LevelWarn {
			a.Value = slog.StringValue("WARNING")
		}
	}
	return a
}

// correlated adds the correlation id of the context to every line.
type correlated struct {
	slog.Handler
	process string
}

// Handle writes one line.
func (h *correlated) Handle(ctx context.Context, record slog.Record) error {
	id := usecase.MetaOf(ctx).Correlation
	if id == "" {
		id = h.process
	}
	record.AddAttrs(slog.String("correlation_id", id))
	return h.Handler.Handle(ctx, record)
}

// WithAttrs keeps the correlation.
func (h *correlated) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &correlated{Handler: h.Handler.WithAttrs(attrs), process: h.process}
}

// WithGroup keeps the correlation.
func (h *correlated) WithGroup(name string) slog.Handler {
	return &correlated{Handler: h.Handler.WithGroup(name), process: h.process}
}
