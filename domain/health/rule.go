package health

import "time"

// Severity says how urgent an alert is.
type Severity string

// The severities.
const (
	// Critical alerts open an incident.
	Critical Severity = "critical"
	// Warning alerts want somebody's attention.
	Warning Severity = "warning"
)

// Signal names what a rule looks at, of one service.
type Signal string

// The signals, with their units.
const (
	// Unavailable is 1 while the service is unhealthy and 0 else.
	Unavailable Signal = "unavailable"
	// ErrorRatio is the share of requests answered 4xx or 5xx, from 0 to 1.
	ErrorRatio Signal = "error_ratio"
	// ServerErrorRatio is the share of requests answered 5xx, from 0 to 1.
	ServerErrorRatio Signal = "server_error_ratio"
	// LatencyP95 is the 95th percentile of the time of requests, in seconds.
	LatencyP95 Signal = "latency_p95_seconds"
	// LatencyDeviation is how far the answer to a check is above what is usual, in
	// deviations; see Baseline.
	LatencyDeviation Signal = "latency_deviation"
	// QueueLength is the length of the longest queue.
	QueueLength Signal = "queue_length"
	// MemoryPercent is the memory in use over the limit of the process, in percent.
	MemoryPercent Signal = "memory_percent"
	// DiskPercent is how full the file system of the data is, in percent.
	DiskPercent Signal = "disk_percent"
	// CPUPercent is the processor time over what the process may use, in percent.
	CPUPercent Signal = "cpu_percent"
	// DatabaseConnections is how many connections to the database are in use.
	DatabaseConnections Signal = "database_connections"
	// CertificateDays is for how many days a certificate is still good, negated, so
	// that more is worse, as with every other signal.
	CertificateDays Signal = "certificate_days"
)

// OfProcess reports whether a signal is one of the process, which is the same for all
// services that share it.
func OfProcess(s Signal) bool { return s == MemoryPercent || s == DiskPercent || s == CPUPercent }

// Rule says when a signal is a problem: above Threshold without a break for For. An
// alert that fires ends when the signal was not above for Hold.
type Rule struct {
	// Name is unique.
	Name      string
	Signal    Signal
	Threshold float64
	For, Hold time.Duration
	Severity  Severity
	// Summary is one sentence for who is told.
	Summary string
}

// DefaultRules returns the rules of the house: the thresholds and durations at which
// its operators are told.
func DefaultRules() []Rule {
	const minute = time.Minute
	return []Rule{
		{"ServiceDown", Unavailable, 0, 30 * time.Second, 0, Critical, "The service does not answer its health check."},
		{"HighErrorRate", ErrorRatio, 0.05, 5 * minute, minute, Critical, "More than 5 % of the requests are answered with an error."},
		{"HighServerErrorRate", ServerErrorRatio, 0.05, 5 * minute, minute, Critical, "More than 5 % of the requests fail on the side of the service."},
		{"SlowResponse", LatencyP95, 2, 5 * minute, minute, Warning, "One request of twenty takes longer than 2 s."},
		{"LatencyAnomaly", LatencyDeviation, 6, 2 * minute, minute, Warning, "The service answers much slower than it usually does."},
		{"QueueDepth", QueueLength, 1000, minute, minute, Warning, "More than 1000 messages wait in a queue."},
		{"HighMemory", MemoryPercent, 85, 5 * minute, minute, Warning, "More than 85 % of the memory is in use."},
		{"DiskUsage", DiskPercent, 90, 5 * minute, minute, Critical, "More than 90 % of the disk is in use."},
		{"HighCPU", CPUPercent, 80, 10 * minute, minute, Warning, "More than 80 % of the processor time is in use."},
		{"DatabaseConnections", DatabaseConnections, 50, 5 * minute, minute, Warning, "More than 50 connections to the database are in use."},
		{"CertificateExpires", CertificateDays, -14, 0, minute, Warning, "The certificate ends within 14 days."},
	}
}
