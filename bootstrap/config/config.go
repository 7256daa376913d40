// Package config reads the configuration of a process once: environment over
// file over default. It knows where each value came from, finds every fault at
// once, and can show itself with its secrets masked.
package config

import "time"

// Config is the configuration of a process. The tag env names the variable,
// envDefault its default; secret values are masked wherever they are shown.
type Config struct {
	Environment string `env:"ENVIRONMENT" envDefault:"development" oneof:"development staging production"`
	Composition string `env:"DOCSTEWARD_ENV" envDefault:"embedded" oneof:"embedded singlenode cluster"`
	DataDir     string `env:"DOCSTEWARD_DATA" envDefault:"./data"`
	Sync        string `env:"DOCSTEWARD_SYNC" envDefault:"NORMAL" oneof:"NORMAL FULL"`
	// Exclusive keeps other processes from opening the SQLite files of this one, which
	// spares two system calls in every read.
	Exclusive bool   `env:"DOCSTEWARD_EXCLUSIVE" envDefault:"true"`
	Host      string `env:"SERVICE_HOST" envDefault:"127.0.0.1"`
	LogLevel  string `env:"LOG_LEVEL" envDefault:"INFO" oneof:"DEBUG INFO WARNING ERROR"`
	LogFormat string `env:"LOG_FORMAT" envDefault:"json" oneof:"json text"`
	LogFile   string `env:"LOG_FILE"`
	// MaxLogSize is when LOG_FILE is set aside, in bytes, counted in whole MiB; and
	// LogBackups how many such files are kept.
	MaxLogSize int64 `env:"MAX_LOG_SIZE" envDefault:"10485760"`
	LogBackups int   `env:"LOG_BACKUP_COUNT" envDefault:"5"`
	// LogCollector is the address that log lines are also sent to; empty is none.
	LogCollector    string        `env:"LOG_COLLECTOR_URL"`
	Debug           bool          `env:"DEBUG" envDefault:"false"`
	DrainTimeout    time.Duration `env:"DOCSTEWARD_DRAIN_TIMEOUT" envDefault:"30s"`
	SlowQuery       time.Duration `env:"DOCSTEWARD_SLOW_QUERY" envDefault:"200ms"`
	RateLimit       bool          `env:"RATE_LIMIT_ENABLED" envDefault:"false"`
	MaxBodyBytes    int64         `env:"DOCSTEWARD_MAX_BODY_BYTES" envDefault:"52428800"`
	MaxContentBytes int           `env:"DOCSTORE_MAX_CONTENT_BYTES" envDefault:"1000000"`
	DocStoreDB      string        `env:"DOCSTORE_DB"`
	DocStorePool    int           `env:"DOCSTORE_CONNECTION_POOL_SIZE" envDefault:"5"`
	AnalysisDB      string        `env:"ANALYSIS_DB_PATH"`
	OrchestratorDB  string        `env:"ORCHESTRATOR_DB_PATH"`
	Peers           []string      `env:"ORCHESTRATOR_PEERS"`
	// HealthIntervalSeconds is the time between two checks of all services, and
	// HealthTimeoutSeconds how long one may take.
	HealthIntervalSeconds int `env:"HEALTH_CHECK_INTERVAL" envDefault:"5"`
	HealthTimeoutSeconds  int `env:"HEALTH_TIMEOUT" envDefault:"5"`
	// HealthTargets are checked besides, each as name=address, where the address is of
	// http, https, tcp or tls.
	HealthTargets []string `env:"ORCHESTRATOR_HEALTH_TARGETS"`
	// IngestionWorkers is how many ingestions may be at work at once, IngestionQueue how
	// many may wait, and IngestionStall for how long nothing may move before one ends as
	// stalled. IngestionRoots are the folders that may be ingested; all when empty.
	IngestionWorkers int           `env:"INGESTION_WORKERS" envDefault:"4"`
	IngestionQueue   int           `env:"INGESTION_QUEUE_LIMIT" envDefault:"100"`
	IngestionStall   time.Duration `env:"INGESTION_STALL_TIMEOUT" envDefault:"5m"`
	IngestionRoots   []string      `env:"INGESTION_ROOTS"`
	// WebhookAllowedHosts lists hosts that webhooks may name although their
	// addresses are not public.
	WebhookAllowedHosts []string `env:"WEBHOOK_ALLOWED_HOSTS"`
	RedisURL            string   `env:"REDIS_URL" secret:"url"`
	RedisHost           string   `env:"REDIS_HOST"`
	RedisPort           int      `env:"REDIS_PORT" envDefault:"6379"`
	RedisDB             int      `env:"REDIS_DB" envDefault:"0"`
	RedisPassword       string   `env:"REDIS_PASSWORD" secret:"true"`
	RedisSSL            bool     `env:"REDIS_SSL" envDefault:"false"`
	Caching             bool     `env:"ENABLE_CACHING" envDefault:"true"`
	CacheTTLSeconds     int      `env:"CACHE_DEFAULT_TTL" envDefault:"3600"`
	// CacheEviction is what a full cache lets go of first: the least recently or the
	// least frequently used.
	CacheEviction string     `env:"CACHE_EVICTION" envDefault:"lru" oneof:"lru lfu"`
	Postgres      Postgres   `envPrefix:"POSTGRES_"`
	Temporal      Temporal   `envPrefix:"TEMPORAL_"`
	Auth          Auth       `envPrefix:"AUTH_"`
	HTTPClient    HTTPClient `envPrefix:"HTTP_"`
	// DocStore is how the document store looks after itself.
	DocStore DocStore `envPrefix:"DOCSTORE_"`
	// SecretKey seals stored secrets: 32 bytes in base64. Empty means the file
	// secret.key in the data directory, which is made when there is none.
	SecretKey string `env:"DOCSTEWARD_SECRET_KEY" secret:"true"`

	sources map[string]string
	ports   map[string]int
	urls    map[string]string
}

// Temporal is where the Temporal server is, for the composition cluster alone.
type Temporal struct {
	// Address is the host and port of its frontend.
	Address   string `env:"ADDRESS"`
	Namespace string `env:"NAMESPACE" envDefault:"default"`
}

// Postgres is where the database server is; an empty host means there is none.
type Postgres struct {
	Host     string `env:"HOST"`
	Port     int    `env:"PORT" envDefault:"5432"`
	Database string `env:"DB" envDefault:"docsteward"`
	User     string `env:"USER" envDefault:"docsteward"`
	Password string `env:"PASSWORD" secret:"true"`
	SSLMode  string `env:"SSLMODE" envDefault:"prefer" oneof:"disable allow prefer require verify-ca verify-full"`
}

// Auth says who may call.
type Auth struct {
	// Keys lists API keys as name:role:key, separated by commas. Empty switches
	// authorisation off, which is allowed on the loopback host only.
	Keys []string `env:"API_KEYS" secret:"true"`
	// Anonymous is the role of callers without credentials; empty is none.
	Anonymous string `env:"ANONYMOUS" oneof:"health viewer"`
}

// HTTPClient bounds the calls to other services.
type HTTPClient struct {
	TimeoutSeconds int  `env:"CLIENT_TIMEOUT" envDefault:"30"`
	RetryAttempts  int  `env:"RETRY_ATTEMPTS" envDefault:"3"`
	RetryBaseMS    int  `env:"RETRY_BASE_MS" envDefault:"150"`
	Circuit        bool `env:"CIRCUIT_ENABLED" envDefault:"true"`
}
