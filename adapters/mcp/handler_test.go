package mcp_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/docsteward/docsteward/adapters/mcp"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
)

// key puts a key on every request.
type key string

// RoundTrip implements http.RoundTripper.
func (k key) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("X-Api-Key", string(k))
	return http.DefaultTransport.RoundTrip(r)
}

// users knows a caller by a key that is the name.
func users(r *http.Request) (usecase.Caller, error) {
	name := r.Header.Get("X-Api-Key")
	switch name {
	case "":
		return usecase.Caller{}, domain.Unauthenticated.New("Send a key.")
	case "eve":
		return usecase.Caller{}, domain.Forbidden.New("Not you.")
	}
	return usecase.Caller{User: name}, nil
}

func TestOverHTTPEveryRequestHasItsOwnCaller(t *testing.T) {
	server := newServer(t, mcp.Options{MaxInput: 1000}, asked(func(ctx context.Context, command ask) domain.DomainResult[[]string] {
		return domain.Ok([]string{usecase.MetaOf(ctx).Caller.User, command.Text})
	}))
	listening := httptest.NewServer(server.Handler(users))
	t.Cleanup(listening.Close)
	for _, user := range []string{"ann", "bob"} {
		transport := &sdk.StreamableClientTransport{Endpoint: listening.URL, HTTPClient: &http.Client{Transport: key(user)}}
		session, err := sdk.NewClient(&sdk.Implementation{Name: "client", Version: "1"}, nil).Connect(t.Context(), transport, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = session.Close() })
		if len(list(t, session)) != 1 {
			t.Error("the tool is not listed")
		}
		if got := value[struct{ Value []string }](t, call(t, session, "test_ask", ask{Text: "hi"})); got.Value[0] != user || got.Value[1] != "hi" {
			t.Errorf("got %v", got.Value)
		}
	}
}

func TestOverHTTPACallerWhoIsNotKnownIsRefused(t *testing.T) {
	handler := newServer(t, mcp.Options{MaxInput: 1000}, store()).Handler(users)
	post := func(user, body string) *httptest.ResponseRecorder {
		request := httptest.NewRequest(http.MethodPost, "/mcp", strings.NewReader(body))
		request.Header.Set("X-Api-Key", user)
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Accept", "application/json, text/event-stream")
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, request)
		return recorder
	}
	if got := post("", "{}"); got.Code != http.StatusUnauthorized || got.Header().Get("WWW-Authenticate") == "" || !strings.Contains(got.Body.String(), "Send a key.") {
		t.Errorf("got %d %s", got.Code, got.Body)
	}
	if got := post("eve", "{}"); got.Code != http.StatusForbidden {
		t.Errorf("got %d %s", got.Code, got.Body)
	}
	if got := post("ann", `{"jsonrpc":"2.0","id":1,"method":"`+strings.Repeat("x", 100_000)+`"}`); got.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("got %d %s", got.Code, got.Body)
	}
}
