// Package kit opens what the services of a process share.
package kit

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/adapters/ids/uuidv7"
	"github.com/docsteward/docsteward/adapters/telemetry/logship"
	"github.com/docsteward/docsteward/adapters/telemetry/otel"
	"github.com/docsteward/docsteward/adapters/telemetry/prom"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/telemetry"
)

// APIVersion is the major version of the API; a client refuses a peer of another.
const APIVersion = 1

// Kit is what the services of a process share.
type Kit struct {
	Config  *config.Config
	Version string
	Started time.Time
	Clock   clock.Clock
	IDs     ids.Generator
	Tracer  telemetry.Tracer
	// Level is that of all loggers, and may be changed at run time.
	Level *slog.LevelVar

	// Shipper sends log lines to LOG_COLLECTOR_URL while it runs; nil is none.
	Shipper *logship.Shipper

	logs io.Writer

	mu       sync.Mutex
	services map[string]*Service
}

// Options replace what a kit opens by itself; the zero value replaces nothing.
type Options struct {
	// Logs takes log lines; nil means standard error, or LOG_FILE where it is set.
	Logs io.Writer
	// Version is that of the build; empty means what the toolchain recorded.
	Version string
	// Clock and IDs replace those of the machine.
	Clock clock.Clock
	IDs   ids.Generator
	// Traces takes spans; nil means none.
	Traces trace.TracerProvider
}

// New opens a kit and makes the data directory. It fails with Storage when that,
// or the log file, cannot be written.
func New(cfg *config.Config, o Options) (*Kit, error) {
	if err := os.MkdirAll(cfg.DataDir, 0o700); err != nil {
		return nil, domain.Storage.Wrap(err, "The data directory "+cfg.DataDir+" cannot be made; set DOCSTEWARD_DATA to a place that can be written.")
	}
	if o.Logs == nil {
		o.Logs = os.Stderr
		if cfg.LogFile != "" {
			file, err := logFile(cfg)
			if err != nil {
				return nil, err
			}
			o.Logs = file
		}
	}
	if o.Clock == nil {
		o.Clock = systemclock.Clock{}
	}
	if o.IDs == nil {
		o.IDs = uuidv7.Generator{}
	}
	if o.Traces == nil {
		o.Traces = noop.NewTracerProvider()
	}
	if o.Version == "" {
		o.Version = buildVersion()
	}
	k := &Kit{
		Config: cfg, Version: o.Version, Started: o.Clock.Now(), Clock: o.Clock, IDs: o.IDs,
		Tracer: otel.NewTracer(o.Traces), Level: new(slog.LevelVar), logs: o.Logs, services: make(map[string]*Service),
	}
	if cfg.LogCollector != "" {
		k.Shipper = logship.New(cfg.LogCollector, k.Clock)
	}
	return k, k.SetLevel(cfg.LogLevel)
}

func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value[:min(12, len(s.Value))]
		}
	}
	return info.Main.Version
}

// Service is a kit for one service: its name on every log line and metric.
type Service struct {
	*Kit
	// ID is the id of the service.
	ID string
	// Logger writes lines with the service and, inside a request, its correlation id.
	Logger *slog.Logger
	// Registry holds the metrics of the service alone.
	Registry *prometheus.Registry
	// Meter counts the executions of the service's use cases.
	Meter telemetry.Meter
	// External counts what the service calls.
	External *prom.External
}

// Service returns the kit of one service, the same for the same id.
func (k *Kit) Service(id string) *Service {
	k.mu.Lock()
	defer k.mu.Unlock()
	s, known := k.services[id]
	if !known {
		s = k.newService(id)
		k.services[id] = s
	}
	return s
}

func (k *Kit) newService(id string) *Service {
	registry := prometheus.NewRegistry()
	prom.RegisterProcess(registry, id, k.Config.DataDir)
	if k.Shipper != nil {
		prom.RegisterQueue(registry, id, "logs", k.Shipper.Waiting)
	}
	return &Service{Kit: k, ID: id, Logger: k.Logger(id), Registry: registry, Meter: prom.NewMeter(registry, id), External: prom.NewExternal(registry, id)}
}

// DataFile returns the path of a file in the data directory.
func (k *Kit) DataFile(name string) string { return filepath.Join(k.Config.DataDir, name) }
