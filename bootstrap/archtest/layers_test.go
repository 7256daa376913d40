package archtest

import (
	"strings"
	"testing"
)

// layers says which layers each layer may import; outside reports whether
// modules of others are allowed.
var layers = []struct {
	layer   string
	may     []string
	outside bool
}{
	{"domain", []string{"domain"}, false},
	{"ports", []string{"domain", "ports"}, false},
	{"application", []string{"domain", "ports", "application"}, false},
	{"adapters", []string{"domain", "ports", "adapters"}, true},
	{"bootstrap", []string{"domain", "ports", "application", "adapters", "bootstrap"}, true},
	{"examples", []string{"domain", "ports", "application", "adapters", "bootstrap", "examples"}, true},
}

func TestImportsPointInwards(t *testing.T) {
	for _, p := range packages(t) {
		known := false
		for _, rule := range layers {
			if !p.in(rule.layer) {
				continue
			}
			known = true
			for _, imported := range p.Imports {
				if problem := forbidden(imported, rule.may, rule.outside || p.in("ports/mocks")); problem {
					t.Errorf("%s imports %s", p.path(), imported)
				}
			}
		}
		if !known && p.path() != "" {
			t.Errorf("%s lies in no layer", p.path())
		}
	}
}

func forbidden(imported string, may []string, outside bool) bool {
	if !strings.HasPrefix(imported, module) {
		return !standard(imported) && !outside
	}
	inner := strings.TrimPrefix(imported, module+"/")
	for _, layer := range may {
		if inner == layer || strings.HasPrefix(inner, layer+"/") {
			return false
		}
	}
	return true
}

// The faces read the operation tables and not each other.
func TestFacesDoNotImportEachOther(t *testing.T) {
	faces := []string{"adapters/http", "adapters/cli", "adapters/mcp", "adapters/web"}
	for _, p := range packages(t) {
		for _, face := range faces {
			if !p.in(face) {
				continue
			}
			for _, imported := range p.Imports {
				for _, other := range faces {
					if other != face && strings.HasPrefix(imported, module+"/"+other) {
						t.Errorf("%s imports %s", p.path(), imported)
					}
				}
			}
		}
	}
}

// owners says which service owns a noun of the domain: only its application and
// adapters import it. Nouns of the shared kernel are not listed.
var owners = map[string][]string{
	"domain/source":     {"sourceagent", "source", "analysis"},
	"domain/bulk":       {"docstore"},
	"domain/webhook":    {"docstore", "webhook"},
	"domain/check":      {"analysis"},
	"domain/workflow":   {"workflows", "expression"},
	"domain/health":     {"health", "probe"},
	"domain/incident":   {"health"},
	"domain/deadletter": {"infrastructure", "deadletters"},
	"domain/saga":       {"infrastructure", "sagacall"},
	"domain/ingest":     {"ingest"},
	"domain/registry":   {"serviceregistry", "registry"},
	"domain/query":      {"query"},
}

func TestEveryNounIsImportedByItsOwnerOnly(t *testing.T) {
	for _, p := range packages(t) {
		if !p.in("application") && !p.in("adapters") {
			continue
		}
		for _, imported := range p.Imports {
			services, owned := owners[strings.TrimPrefix(imported, module+"/")]
			if owned && !servedBy(p, services) {
				t.Errorf("%s imports %s, which belongs to %v; go through ports", p.path(), imported, services)
			}
		}
	}
}

func servedBy(p pkg, services []string) bool {
	for _, part := range strings.Split(p.path(), "/") {
		for _, service := range services {
			if strings.HasPrefix(part, service) {
				return true
			}
		}
	}
	return false
}
