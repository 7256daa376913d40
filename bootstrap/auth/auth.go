// Package auth turns the configured keys into callers, and roles into grants.
package auth

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"

	"github.com/docsteward/docsteward/adapters/http/wire"
	"github.com/docsteward/docsteward/application/around"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/usecase"
)

// roles says what each role may do. Never written.
var roles = around.Roles{
	"health":   {"health:read"},
	"viewer":   {"health:read", "documents:read", "sources:read", "analysis:read", "workflows:read", "queries:read", "ingestions:read", "infrastructure:read"},
	"editor":   {"health:read", "documents:read", "documents:write", "sources:read", "sources:write", "analysis:*", "workflows:*", "queries:*", "ingestions:*", "infrastructure:*"},
	"operator": {"health:read", "documents:read", "documents:admin", "sources:*", "analysis:*", "workflows:*", "queries:*", "ingestions:*", "infrastructure:*", "operations:*", "registry:*"},
	"admin":    {"*"},
}

// services says what each service may do on behalf of its callers. Never written.
var services = around.Roles{
	"doc_store":        {"registry:write"},
	"code-analyzer":    {"registry:write"},
	sourceagent.ID:     {"documents:read", "documents:write", "registry:write"},
	"analysis-service": {"documents:read", "sources:read", "registry:write"},
	// What a workflow may do is that of its author and of who runs it: both need
	// a permission of their own.
	orchestrator.ID: {"documents:*", "sources:*", "analysis:*", "workflows:*", "queries:*", "ingestions:*", "infrastructure:*", "registry:*", "health:read"},
}

// Grants returns what callers may do; nil when no keys are configured, which
// switches authorisation off.
func Grants(c config.Auth) *around.Grants {
	if len(c.Keys) == 0 {
		return nil
	}
	grants := &around.Grants{Users: roles, Services: services}
	if c.Anonymous != "" {
		grants.Anonymous = []string{c.Anonymous}
	}
	return grants
}

// Keys knows callers by their API keys. It keeps hashes only.
type Keys struct{ keys []key }

type key struct {
	hash   [sha256.Size]byte
	caller usecase.Caller
}

// NewKeys reads name:role:key triples. It fails with Invalid on a role that
// nobody knows.
func NewKeys(c config.Auth) (*Keys, error) {
	k := &Keys{}
	for _, text := range c.Keys {
		parts := strings.SplitN(text, ":", 3)
		if len(parts) != 3 || roles[parts[1]] == nil {
			return nil, domain.Invalid.New("AUTH_API_KEYS names a role that does not exist; use viewer, editor, operator or admin.")
		}
		k.keys = append(k.keys, key{sha256.Sum256([]byte(parts[2])), usecase.Caller{User: parts[0], Roles: []string{parts[1]}}})
	}
	return k, nil
}

// Authenticate returns the caller whose key the request carries as a bearer
// token or in X-API-Key; the anonymous caller when it carries none. It fails
// with Unauthenticated on a key that nobody has.
func (k *Keys) Authenticate(r *http.Request) (usecase.Caller, error) {
	secret := r.Header.Get("X-Api-Key")
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		secret = token
	}
	if len(k.keys) == 0 {
		return usecase.Caller{User: r.Header.Get(wire.HeaderUser)}, nil
	}
	if secret == "" {
		return usecase.Caller{}, nil
	}
	hash := sha256.Sum256([]byte(secret))
	for _, known := range k.keys {
		if subtle.ConstantTimeCompare(hash[:], known.hash[:]) == 1 {
			return known.caller, nil
		}
	}
	return usecase.Caller{}, domain.Unauthenticated.New("The key is not known; ask an administrator for a valid one.")
}
