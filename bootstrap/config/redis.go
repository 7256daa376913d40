package config

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// Redis is where the Redis server is; an empty host means that there is none.
type Redis struct {
	Host     string
	Port     int
	Database int
	Password string
	TLS      bool
}

// Redis returns the server of REDIS_HOST and its companions, or else of REDIS_URL.
func (c *Config) Redis() Redis {
	if c.RedisHost == "" && c.RedisURL != "" {
		r, _ := redisOf(c.RedisURL) // Load has refused it otherwise
		return r
	}
	return Redis{Host: c.RedisHost, Port: c.RedisPort, Database: c.RedisDB, Password: c.RedisPassword, TLS: c.RedisSSL}
}

// CacheTTL is for how long a computed answer is kept that does not say.
func (c *Config) CacheTTL() time.Duration { return time.Duration(c.CacheTTLSeconds) * time.Second }

// redisOf reads redis://user:password@host:port/database; rediss means TLS.
func redisOf(text string) (r Redis, ok bool) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "redis" && u.Scheme != "rediss" || u.Hostname() == "" {
		return Redis{}, false
	}
	r = Redis{Host: u.Hostname(), Port: 6379, TLS: u.Scheme == "rediss"}
	r.Password, _ = u.User.Password()
	if text := u.Port(); text != "" {
		r.Port, err = strconv.Atoi(text)
	}
	if path := strings.Trim(u.Path, "/"); err == nil && path != "" {
		r.Database, err = strconv.Atoi(path)
	}
	return r, err == nil && r.Database >= 0
}

// redisComplaints checks what is said of Redis and of caching.
func (c *Config) redisComplaints() (out []domain.FieldError) {
	if c.RedisURL != "" {
		if _, ok := redisOf(c.RedisURL); !ok {
			out = append(out, domain.FieldError{Field: "REDIS_URL", Rule: "format", Message: "must be like redis://:password@host:6379/0"})
		}
	}
	if c.RedisPort < 1 || c.RedisPort > 65535 {
		out = append(out, domain.FieldError{Field: "REDIS_PORT", Rule: "bounds", Message: "must be from 1 to 65535"})
	}
	if c.RedisDB < 0 {
		out = append(out, domain.FieldError{Field: "REDIS_DB", Rule: "bounds", Message: "must be 0 or more"})
	}
	if c.CacheTTLSeconds < 1 {
		out = append(out, domain.FieldError{Field: "CACHE_DEFAULT_TTL", Rule: "bounds", Message: "must be 1 second or more; set ENABLE_CACHING=false to keep nothing"})
	}
	return out
}
