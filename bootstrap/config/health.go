package config

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/catalogue"
)

// mostSeconds bounds interval and timeout of checks.
const mostSeconds = 3600

// healthComplaints checks how services are watched.
func (c *Config) healthComplaints() []domain.FieldError {
	var out []domain.FieldError
	for name, seconds := range map[string]int{"HEALTH_CHECK_INTERVAL": c.HealthIntervalSeconds, "HEALTH_TIMEOUT": c.HealthTimeoutSeconds} {
		if seconds < 1 || seconds > mostSeconds {
			out = append(out, domain.FieldError{Field: name, Rule: "bounds", Message: fmt.Sprintf("must be from 1 to %d seconds", mostSeconds)})
		}
	}
	seen := make(map[string]bool)
	for _, target := range c.HealthTargets {
		name, address, _ := strings.Cut(target, "=")
		name = strings.TrimSpace(name)
		u, err := url.Parse(strings.TrimSpace(address))
		_, taken := catalogue.Find(name)
		if name == "" || err != nil || u.Host == "" || !slices.Contains([]string{"http", "https", "tcp", "tls"}, u.Scheme) || seen[name] || taken == nil {
			out = append(out, domain.FieldError{
				Field: "ORCHESTRATOR_HEALTH_TARGETS", Rule: "format", Message: "must list targets such as search=https://host/health or mail=tls://host:465, each under a name of its own",
			})
		}
		seen[name] = true
	}
	return out
}
