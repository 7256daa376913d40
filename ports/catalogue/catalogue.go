// Package catalogue is the one table of the services: their ids, ports and the
// variables that change them. Every face and composition reads it.
package catalogue

import (
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain"
)

// Service is a row of the table.
type Service struct {
	// ID is the stable name by which users, logs and metrics know the service.
	ID string
	// Port is the TCP port that it listens on unless configured.
	Port int
}

// Variable is the name of the environment variable that sets the port.
func (s Service) Variable() string { return s.prefix() + "_PORT" }

// URLVariable is the name of the environment variable that says where a service
// in another process answers.
func (s Service) URLVariable() string { return s.prefix() + "_URL" }

func (s Service) prefix() string {
	return strings.ToUpper(strings.ReplaceAll(s.ID, "-", "_"))
}

// Services returns the table, in the order in which services start.
func Services() []Service {
	return []Service{
		{"doc_store", 5087},
		{"orchestrator", 5099},
		{"prompt-store", 5110},
		{"interpreter", 5120},
		{"source-agent", 5085},
		{"analysis-service", 5020},
		{"log-collector", 5040},
		{"notification-service", 5130},
		{"secure-analyzer", 5100},
		{"summarizer-hub", 5160},
		{"github-mcp", 5030},
		{"memory-agent", 5090},
		{"code-analyzer", 5025},
		{"bedrock-proxy", 5060},
		{"frontend", 3000},
	}
}

// Find returns the row of a service. It fails with NotFound and lists the known
// ids when there is none of that name.
func Find(id string) (Service, error) {
	services := Services()
	if i := slices.IndexFunc(services, func(s Service) bool { return s.ID == id }); i >= 0 {
		return services[i], nil
	}
	known := make([]string, len(services))
	for i, s := range services {
		known[i] = s.ID
	}
	return Service{}, domain.NotFound.New("There is no service " + id + "; the services are " + strings.Join(known, ", ") + ".")
}
