package auth

import (
	"strings"

	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Callers knows what callers may do when they are not there to send a key.
type Callers struct {
	config config.Auth
}

// NewCallers returns the callers of the configured keys.
func NewCallers(c config.Auth) Callers { return Callers{c} }

// Known returns the user with the roles of their keys. It fails with Forbidden when
// keys are configured and none is theirs.
func (c Callers) Known(user string) (usecase.Caller, error) {
	caller := usecase.Caller{User: user}
	for _, text := range c.config.Keys {
		if parts := strings.SplitN(text, ":", 3); len(parts) == 3 && parts[0] == user {
			caller.Roles = append(caller.Roles, parts[1])
		}
	}
	if len(c.config.Keys) > 0 && len(caller.Roles) == 0 && user != "" {
		return usecase.Caller{}, domain.Forbidden.New("The owner " + user + " has no key any more; have somebody else own it.")
	}
	return caller, nil
}

// May fails with Forbidden or Unauthenticated unless the caller holds the permission.
// Without configured keys everybody may do everything.
func (c Callers) May(caller usecase.Caller, permission string) error {
	grants := Grants(c.config)
	if grants == nil {
		return nil
	}
	return grants.Check(caller, permission)
}
