package around

import (
	"context"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Roles says which permissions each role holds. A permission may end in "*",
// which stands for any ending: "documents:*", or "*" for all.
type Roles map[string][]string

// Holds reports whether any of the roles holds the permission.
func (r Roles) Holds(roles []string, permission string) bool {
	return slices.ContainsFunc(roles, func(role string) bool {
		return slices.ContainsFunc(r[role], func(held string) bool {
			prefix, wild := strings.CutSuffix(held, "*")
			return held == permission || wild && strings.HasPrefix(permission, prefix)
		})
	})
}

// Grants is what callers may do.
type Grants struct {
	// Users says which permissions the roles of users hold.
	Users Roles
	// Services says which permissions each service holds, by its id.
	Services Roles
	// Anonymous are the roles of a caller without credentials.
	Anonymous []string
}

// Authorise refuses a caller who lacks the permission of the operation. Around
// a call that a service makes, it is the service that must hold it; the user
// behind it was asked at the outermost call.
func Authorise(grants Grants) usecase.Around {
	return func(ctx context.Context, op *usecase.Operation, _ any, next func(context.Context) error) error {
		if err := grants.Check(usecase.MetaOf(ctx).Caller, op.Permission); err != nil {
			return err
		}
		return next(ctx)
	}
}

// Check fails unless the caller holds the permission; see Authorise.
func (g Grants) Check(caller usecase.Caller, permission string) error {
	switch {
	case permission == "":
		return nil
	case caller.Service != "":
		if g.Services.Holds([]string{caller.Service}, permission) {
			return nil
		}
	case caller.User == "":
		if g.Users.Holds(g.Anonymous, permission) {
			return nil
		}
		return domain.Unauthenticated.New("This needs credentials; send an API key or a bearer token.").WithDetail("permission", permission)
	case g.Users.Holds(caller.Roles, permission):
		return nil
	}
	return domain.Forbidden.New("You lack the permission "+permission+"; ask an administrator for a role that holds it.").WithDetail("permission", permission)
}
