// Package registry is the directory of services: which there are, where they are,
// what they can do, and when they were last seen.
package registry

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
)

// ID identifies a service.
type ID = domain.ID[Service]

// ParseID returns the service id that text spells; Invalid when it spells none.
func ParseID(text string) (ID, error) { return domain.ParseID[Service](strings.TrimSpace(text)) }

// Status says how a service is.
type Status string

// The statuses of a service.
const (
	Healthy     Status = "healthy"
	Unhealthy   Status = "unhealthy"
	Unknown     Status = "unknown"
	Maintenance Status = "maintenance"
)

// Statuses lists the statuses.
func Statuses() []Status { return []Status{Healthy, Unhealthy, Unknown, Maintenance} }

const (
	// Lease is how long after it was last seen a service counts as alive: three missed
	// heartbeats of 30 s.
	Lease = 90 * time.Second
	// Forget is how long after it was last seen a service is removed.
	Forget = 30 * time.Minute
)

// Names of the events of a service.
const (
	EventRegistered   = "service.registered"
	EventUnregistered = "service.unregistered"
	EventStatus       = "service.status_changed"
	EventDrifted      = "service.interface_changed"
)

// Endpoint is something that a service answers.
type Endpoint struct {
	Method, Path, Description string
}

// String returns method and path.
func (e Endpoint) String() string { return e.Method + " " + e.Path }

// Service is an entry of the directory.
type Service struct {
	ID                          ID
	Name, Description, Category string
	// URL is where it answers; empty for one that never registered.
	URL, OpenAPIURL string
	Capabilities    []string
	Endpoints       []Endpoint
	// DependsOn names the services that it calls, Owner who looks after it.
	DependsOn []string
	Owner     string
	Metadata  map[string]any
	Status    Status
	// Error says why it is unhealthy.
	Error string
	// SpecHash identifies the interface that was last read.
	SpecHash     string
	RegisteredAt time.Time
	LastSeen     time.Time
	// Origin is the registry that it registered with, empty for this one.
	Origin string
	// Revision counts all changes, from 1; 0 is an entry that never registered.
	Revision int
}

// Alive reports whether the service was seen within the lease.
func (s Service) Alive(now time.Time) bool {
	return s.Revision > 0 && now.Sub(s.LastSeen) <= Lease
}

// Check fails with Invalid and names every field that is not acceptable.
func (s Service) Check() error {
	fault := domain.Invalid.New("The service is not acceptable; mend the fields and register again.")
	if s.ID.IsZero() {
		fault = fault.WithField("service_name", "required", "must not be blank")
	}
	if u, err := url.Parse(s.URL); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || utf8.RuneCountInString(s.URL) > 2000 {
		fault = fault.WithField("service_url", "format", "must be an http or https address of at most 2000 characters")
	}
	if len(s.Capabilities) > 100 {
		fault = fault.WithField("capabilities", "maxItems", "must be at most 100")
	}
	for i, c := range s.Capabilities {
		if strings.TrimSpace(c) == "" || strings.ContainsAny(c, " \t\n") || c == strings.ToUpper(c) {
			fault = fault.WithField(fmt.Sprintf("capabilities[%d]", i), "format", "must be a word such as document_storage, without blanks and not in capitals")
		}
	}
	for i, e := range s.Endpoints {
		if !slices.Contains(methods(), e.Method) || !strings.HasPrefix(e.Path, "/") {
			fault = fault.WithField(fmt.Sprintf("endpoints[%d]", i), "format", "must be a method and a path, such as GET /health")
		}
	}
	if len(fault.Fields) > 0 {
		return fault
	}
	return nil
}

func methods() []string {
	return []string{"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"}
}

// ParseEndpoint reads "GET /health" or "GET /health - what it tells".
func ParseEndpoint(text string) Endpoint {
	call, description, _ := strings.Cut(text, " - ")
	method, path, _ := strings.Cut(strings.TrimSpace(call), " ")
	return Endpoint{Method: strings.ToUpper(method), Path: strings.TrimSpace(path), Description: strings.TrimSpace(description)}
}

// Register takes over what a service says of itself; kept is the entry of its id, or
// of revision 0 when there is none. It fails with Conflict when another address
// claims the id of a service that is alive; metadata.replace takes it over.
func Register(kept, said Service, now time.Time) domain.DomainResult[Service] {
	said.Capabilities, said.DependsOn = unique(said.Capabilities), unique(said.DependsOn)
	if err := said.Check(); err != nil {
		return domain.Fail[Service](err)
	}
	replace, _ := said.Metadata["replace"].(bool)
	if kept.Alive(now) && kept.URL != said.URL && !replace {
		return domain.Fail[Service](domain.Conflict.New(fmt.Sprintf(
			"The service %s is alive at %s and cannot be claimed by %s; stop the one, or register with metadata.replace.", said.ID, kept.URL, said.URL)).
			WithDetail("registered_url", kept.URL).WithDetail("claimed_url", said.URL))
	}
	said.RegisteredAt, said.LastSeen, said.Status, said.Revision = kept.RegisteredAt, now, Healthy, kept.Revision+1
	said.SpecHash = kept.SpecHash
	if kept.Revision == 0 {
		said.RegisteredAt = now
	}
	if kept.Status == Maintenance {
		said.Status = Maintenance
	}
	merged := make(map[string]any, len(kept.Metadata)+len(said.Metadata))
	for _, metadata := range []map[string]any{kept.Metadata, said.Metadata} {
		for name, value := range metadata {
			if name != "replace" {
				merged[name] = value
			}
		}
	}
	said.Metadata = merged
	return domain.Ok(said)
}

// Seen notes a sign of life. A service in maintenance stays so.
func (s *Service) Seen(now time.Time) {
	s.LastSeen, s.Error = now, ""
	if s.Status != Maintenance {
		s.Status = Healthy
	}
	s.Revision++
}

// Turn sets the status; Invalid for one that does not exist.
func (s *Service) Turn(to Status, why string, now time.Time) error {
	if !slices.Contains(Statuses(), to) {
		return domain.Invalid.New("There is no status "+string(to)+".").WithField("status", "enum", "must be healthy, unhealthy, unknown or maintenance")
	}
	s.Status, s.Error = to, why
	if to == Healthy {
		s.LastSeen = now
	}
	s.Revision++
	return nil
}

func unique(all []string) []string {
	kept := make([]string, 0, len(all))
	for _, one := range all {
		if one = strings.TrimSpace(one); !slices.Contains(kept, one) {
			kept = append(kept, one)
		}
	}
	return kept
}
