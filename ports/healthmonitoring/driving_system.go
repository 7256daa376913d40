package healthmonitoring

import "time"

// GetSystemMetrics asks what the services use and how fast they answer.
type GetSystemMetrics struct{}

// SystemMetrics is what the orchestrator uses, with a row for each service.
type SystemMetrics struct {
	Timestamp         time.Time                 `json:"timestamp" description:"When the metrics were read."`
	Service           string                    `json:"service" description:"Always orchestrator."`
	Version           string                    `json:"version" description:"Its version."`
	UptimeSeconds     float64                   `json:"uptime_seconds" description:"How long it runs."`
	CPUUsage          float64                   `json:"cpu_usage" description:"Processor time, in percent of what it may use."`
	MemoryUsage       float64                   `json:"memory_usage" description:"Memory, in percent of its limit."`
	DiskUsage         float64                   `json:"disk_usage" description:"How full the disk of its data is, in percent."`
	ActiveConnections int                       `json:"active_connections" description:"Connections to its database in use."`
	RequestCount      int64                     `json:"request_count" description:"Requests answered."`
	ErrorCount        int64                     `json:"error_count" description:"Those answered 4xx or 5xx."`
	ActiveWorkflows   int                       `json:"active_workflows" description:"Runs that have not ended."`
	TotalServices     int                       `json:"total_services" description:"Services that are watched."`
	RoutesCount       int                       `json:"routes_count" description:"Routes that it offers."`
	LastCheck         *time.Time                `json:"last_check" description:"When the services were last asked."`
	Services          map[string]ServiceMetrics `json:"services" description:"Each service, by its id."`
}

// ServiceMetrics are those of one service. Times are estimated from histograms, in
// milliseconds; 0 where there was no request.
type ServiceMetrics struct {
	Timestamp           *time.Time         `json:"timestamp" description:"When they were read; null for never."`
	Error               string             `json:"error" description:"Why they could not be read."`
	RequestCount        int64              `json:"request_count" description:"Requests answered since it started."`
	ClientErrorCount    int64              `json:"client_error_count" description:"Those answered 4xx."`
	ServerErrorCount    int64              `json:"server_error_count" description:"Those answered 5xx."`
	RequestsPerSecond   float64            `json:"requests_per_second" description:"Over about the last minute."`
	ErrorRate           float64            `json:"error_rate" description:"Share of 4xx and 5xx over about the last minute, from 0 to 1."`
	P50MS               float64            `json:"p50_ms" description:"Median time of all requests."`
	P95MS               float64            `json:"p95_ms" description:"95th percentile."`
	P99MS               float64            `json:"p99_ms" description:"99th percentile."`
	CPUUsage            float64            `json:"cpu_usage" description:"In percent."`
	MemoryUsage         float64            `json:"memory_usage" description:"In percent."`
	DiskUsage           float64            `json:"disk_usage" description:"In percent."`
	DatabaseConnections int                `json:"database_connections" description:"Connections to its database in use."`
	CacheHitRate        float64            `json:"cache_hit_rate" description:"Share of the reads of caches that found something, from 0 to 1."`
	Queues              map[string]float64 `json:"queues" description:"Lengths of queues by their names."`
	Routes              []RouteMetrics     `json:"routes" description:"The routes with the slowest answers, at most 20."`
}

// RouteMetrics are those of one route.
type RouteMetrics struct {
	Route        string  `json:"route" description:"Method and pattern."`
	RequestCount int64   `json:"request_count" description:"Requests answered."`
	ErrorCount   int64   `json:"error_count" description:"Those answered 4xx or 5xx."`
	P50MS        float64 `json:"p50_ms" description:"Median time, in milliseconds."`
	P95MS        float64 `json:"p95_ms" description:"95th percentile."`
	P99MS        float64 `json:"p99_ms" description:"99th percentile."`
}

// GetSystemInfo asks what runs.
type GetSystemInfo struct{}

// SystemInfo is what runs.
type SystemInfo struct {
	Service         string            `json:"service" description:"Always orchestrator."`
	Description     string            `json:"description" description:"One sentence."`
	Version         string            `json:"version" description:"Its version."`
	ServiceVersion  string            `json:"service_version" description:"The same."`
	Hostname        string            `json:"hostname" description:"Name of the machine."`
	Platform        string            `json:"platform" description:"System and architecture."`
	RuntimeVersion  string            `json:"runtime_version" description:"Version of Go."`
	Environment     string            `json:"environment" description:"development, staging or production."`
	StartupTime     time.Time         `json:"startup_time" description:"When it started."`
	UptimeSeconds   float64           `json:"uptime_seconds" description:"How long it runs."`
	Capabilities    []string          `json:"capabilities" description:"What it can do."`
	KnownServices   []string          `json:"known_services" description:"Services that it watches."`
	RoutesCount     int               `json:"routes_count" description:"Routes that it offers."`
	LastSystemCheck *time.Time        `json:"last_system_check" description:"When the services were last asked."`
	Config          map[string]string `json:"config" description:"How it watches."`
}

// GetSystemConfig asks for the configuration in effect.
type GetSystemConfig struct{}

// SystemConfig is the configuration in effect, secrets masked.
type SystemConfig struct {
	RedisEnabled            bool      `json:"redis_enabled" description:"Whether there is a Redis."`
	PeerOrchestrators       []string  `json:"peer_orchestrators" description:"Other orchestrators; there are none."`
	ServiceDiscoveryEnabled bool      `json:"service_discovery_enabled" description:"Whether services are known by their addresses."`
	EventDrivenEnabled      bool      `json:"event_driven_enabled" description:"Whether events go out."`
	HealthCheckInterval     float64   `json:"health_check_interval" description:"Seconds between two checks."`
	HealthCheckTimeout      float64   `json:"health_check_timeout" description:"Seconds that a check may take."`
	Values                  []Setting `json:"values" description:"Every variable."`
}

// Setting is a variable of the configuration.
type Setting struct {
	Name   string `json:"name" description:"Name of the variable."`
	Value  string `json:"value" description:"Its value; secrets are masked."`
	Source string `json:"source" description:"env, file or default."`
}

// GetReadiness asks whether traffic may come. It fails with Unavailable while it may
// not, and the details of the fault hold the whole answer.
type GetReadiness struct{}

// Readiness tells whether traffic may come.
type Readiness struct {
	Ready     bool                      `json:"ready" description:"Whether it may."`
	Status    string                    `json:"status" description:"ready or not_ready."`
	Timestamp time.Time                 `json:"timestamp" description:"When that was found."`
	Checks    map[string]ReadinessCheck `json:"checks" description:"What it stands on."`
}

// ReadinessCheck is one thing that readiness needs.
type ReadinessCheck struct {
	Status  string            `json:"status" description:"healthy or unhealthy."`
	Message string            `json:"message" description:"One sentence."`
	Details map[string]string `json:"details" description:"What is wrong with whom."`
}

// GetWorkflowHealth asks how the runs of workflows fare. It fails with Unavailable
// while nobody runs them, and the details of the fault hold the whole answer.
type GetWorkflowHealth struct{}

// WorkflowHealth is how the runs of workflows fare.
type WorkflowHealth struct {
	Status             string        `json:"status" description:"healthy, degraded or unhealthy."`
	ActiveWorkflows    int           `json:"active_workflows" description:"Runs that have not ended."`
	CompletedWorkflows int           `json:"completed_workflows" description:"Runs that succeeded."`
	FailedWorkflows    int           `json:"failed_workflows" description:"Runs that failed."`
	Definitions        int           `json:"definitions" description:"Workflows that are kept."`
	Runtime            RuntimeHealth `json:"runtime" description:"The durable runtime."`
	Timestamp          time.Time     `json:"timestamp" description:"When that was found."`
}

// RuntimeHealth is how the durable runtime fares.
type RuntimeHealth struct {
	Name                 string  `json:"name" description:"Name of the runtime."`
	Status               string  `json:"status" description:"healthy, degraded or unhealthy."`
	Polling              bool    `json:"polling" description:"Whether this process runs what is recorded."`
	Pending              int     `json:"pending" description:"Runs that wait to begin, at most 1000."`
	OldestPendingSeconds float64 `json:"oldest_pending_seconds" description:"How long the oldest of them waits."`
	LastError            string  `json:"last_error" description:"What failed last."`
}
