package auth_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/docsteward/docsteward/bootstrap/auth"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/usecase"
)

func ExampleKeys_Authenticate() {
	keys, err := auth.NewKeys(config.Auth{Keys: []string{"ada:editor:s3cret"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	request := httptest.NewRequest(http.MethodGet, "/", nil)
	request.Header.Set("Authorization", "Bearer s3cret")
	caller, err := keys.Authenticate(request)
	fmt.Println(caller.User, caller.Roles, err)
	// Output: ada [editor] <nil>
}

func TestAuthenticate(t *testing.T) {
	keys, err := auth.NewKeys(config.Auth{Keys: []string{"ada:editor:one", "bob:viewer:two:with:colons"}})
	if err != nil {
		t.Fatal(err)
	}
	open, err := auth.NewKeys(config.Auth{})
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		keys          *auth.Keys
		header, value string
		user          string
		want          error
	}{
		"a bearer token":               {keys, "Authorization", "Bearer one", "ada", nil},
		"a key with colons":            {keys, "X-API-Key", "two:with:colons", "bob", nil},
		"nothing":                      {keys, "X-Other", "one", "", nil},
		"a key that nobody has":        {keys, "Authorization", "Bearer three", "", domain.Unauthenticated},
		"the name in place of the key": {keys, "X-API-Key", "ada", "", domain.Unauthenticated},
		"a name that was claimed":      {keys, "X-User-Id", "ada", "", nil},
		"a name where there are none":  {open, "X-User-Id", "ada", "ada", nil},
	} {
		request := httptest.NewRequest(http.MethodGet, "/", nil)
		request.Header.Set(c.header, c.value)
		caller, err := c.keys.Authenticate(request)
		if !errors.Is(err, c.want) || caller.User != c.user {
			t.Errorf("%s: got %+v, %v", what, caller, err)
		}
	}
}

func TestKeysOfUnknownRolesAreRefused(t *testing.T) {
	for _, text := range []string{"ada:king:x", "ada:editor", "ada", ""} {
		if _, err := auth.NewKeys(config.Auth{Keys: []string{text}}); !errors.Is(err, domain.Invalid) {
			t.Errorf("%q: got %v, want Invalid", text, err)
		}
	}
}

func TestGrants(t *testing.T) {
	if auth.Grants(config.Auth{}) != nil {
		t.Error("there is authorisation without keys")
	}
	grants := auth.Grants(config.Auth{Keys: []string{"ada:editor:x"}, Anonymous: "health"})
	for role, may := range map[string]struct{ read, write, administer bool }{
		"viewer": {true, false, false}, "editor": {true, true, false}, "operator": {true, false, true}, "admin": {true, true, true}, "king": {},
	} {
		caller := usecase.Caller{User: "ada", Roles: []string{role}}
		for permission, want := range map[string]bool{docstore.Read: may.read, docstore.Write: may.write, docstore.Administer: may.administer} {
			if err := grants.Check(caller, permission); (err == nil) != want {
				t.Errorf("%s, %s: got %v", role, permission, err)
			}
		}
	}
	if err := grants.Check(usecase.Caller{}, "health:read"); err != nil {
		t.Errorf("anonymous health: %v", err)
	}
	if err := grants.Check(usecase.Caller{}, docstore.Read); !errors.Is(err, domain.Unauthenticated) {
		t.Errorf("anonymous reading: got %v", err)
	}
}
