package config_test

import (
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/bootstrap/config"
)

func TestRedis(t *testing.T) {
	for name, test := range map[string]struct {
		environ []string
		want    config.Redis
	}{
		"none": {nil, config.Redis{Port: 6379}},
		"host": {[]string{"REDIS_HOST=cache"}, config.Redis{Host: "cache", Port: 6379}},
		"all": {[]string{"REDIS_HOST=cache", "REDIS_PORT=1", "REDIS_DB=2", "REDIS_PASSWORD=p", "REDIS_SSL=true", "REDIS_URL=redis://other"},
			config.Redis{Host: "cache", Port: 1, Database: 2, Password: "p", TLS: true}},
		"url":   {[]string{"REDIS_URL=redis://cache"}, config.Redis{Host: "cache", Port: 6379}},
		"whole": {[]string{"REDIS_URL=rediss://u:p@cache:1/2"}, config.Redis{Host: "cache", Port: 1, Database: 2, Password: "p", TLS: true}},
	} {
		c, err := config.Load(test.environ)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := c.Redis(); got != test.want {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
	}
}

func TestFaultsOfRedisAreListed(t *testing.T) {
	_, err := config.Load([]string{"REDIS_URL=localhost:6379", "REDIS_PORT=0", "REDIS_DB=-1", "CACHE_DEFAULT_TTL=0"})
	for _, name := range []string{"REDIS_URL", "REDIS_PORT", "REDIS_DB", "CACHE_DEFAULT_TTL"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("the fault does not name %s: %v", name, err)
		}
	}
	_, err = config.Load([]string{"REDIS_PORT=many", "ENABLE_CACHING=perhaps"})
	for _, name := range []string{"REDIS_PORT", "ENABLE_CACHING"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("the fault does not name %s: %v", name, err)
		}
	}
}

func TestCacheSettings(t *testing.T) {
	c, err := config.Load(nil)
	if err != nil || !c.Caching || c.CacheTTL() != time.Hour {
		t.Fatalf("defaults: %+v, %v", c, err)
	}
	c, err = config.Load([]string{"ENABLE_CACHING=false", "CACHE_DEFAULT_TTL=30", "REDIS_PASSWORD=hunter2"})
	if err != nil || c.Caching || c.CacheTTL() != 30*time.Second {
		t.Fatalf("got %+v, %v", c, err)
	}
	for _, v := range c.Values() {
		if strings.Contains(v.Value, "hunter2") {
			t.Errorf("%s shows the password", v.Name)
		}
	}
}
