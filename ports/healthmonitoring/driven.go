package healthmonitoring

//go:generate go tool mockgen -source=driven.go -destination=../mocks/healthmonitoringmock/healthmonitoringmock.go -package=healthmonitoringmock

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/health"
	"github.com/docsteward/docsteward/domain/incident"
)

// Prober asks others how they are.
type Prober interface {
	// Probe asks the address once: http and https addresses with GET, tcp addresses by
	// opening a connection, tls addresses by a handshake too. It never fails: silence is
	// an answer whose Error says why, health.Timeout when ctx ended by its deadline. Of
	// a body the first 64 KiB are kept, and redirects are not followed.
	Probe(ctx context.Context, address string) health.Answer
}

// Scraper reads the metrics of others.
type Scraper interface {
	// Scrape reads the text of Prometheus at the address. It fails with Unavailable
	// when nobody answers, with Upstream when the answer is no success or no such text,
	// and with Timeout when ctx ended.
	Scrape(ctx context.Context, address string) (health.Metrics, error)
}

// Alerts keeps what fires and fired. Every method fails with Storage when the store
// cannot serve and with Timeout when ctx ended; a failed write leaves nothing behind.
// Writes take part in the transaction of ctx.
type Alerts interface {
	// Save stores an alert: a new one, of revision 1, or one whose stored revision is
	// one less. It fails with Conflict on any other revision, and when the service has
	// another alert of the rule that is not resolved; with NotFound when what is changed
	// is not there.
	Save(ctx context.Context, a health.Alert) error
	// Active returns the alerts that are not resolved, by rule and service.
	Active(ctx context.Context) ([]health.Alert, error)
	// Find returns alerts that match, the last started first, ties by id.
	Find(ctx context.Context, f AlertFilter, page domain.PageRequest) (domain.Page[health.Alert], error)
}

// AlertFilter chooses alerts; what is empty chooses all.
type AlertFilter struct {
	Service, Rule string
	State         health.AlertState
}

// Incidents keeps incidents. Faults are as in Alerts.
type Incidents interface {
	// Add stores a new incident; Conflict when the id is taken, or the alert has one.
	// An empty alert has any number.
	Add(ctx context.Context, i incident.Incident) error
	// Update replaces an incident whose stored revision is one less than i's. It fails
	// with NotFound, and with Conflict on another revision.
	Update(ctx context.Context, i incident.Incident) error
	// Get returns an incident; NotFound when the id is unknown.
	Get(ctx context.Context, id incident.ID) (incident.Incident, error)
	// Find returns incidents that match, the last opened first, ties by id.
	Find(ctx context.Context, f IncidentFilter, page domain.PageRequest) (domain.Page[incident.Incident], error)
}

// IncidentFilter chooses incidents; what is empty chooses all.
type IncidentFilter struct {
	Service, Alert string
	Status         incident.Status
}
