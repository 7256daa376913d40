package httpkit_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/http/httpkit"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/ids/idstest"
	"github.com/docsteward/docsteward/ports/usecase"
)

func TestAnOperationIsServedAtItsAliases(t *testing.T) {
	var keep usecase.Port[note, view]
	keep.HandleFunc(func(_ context.Context, c note) (view, error) { return view{ID: c.ID, Text: c.Text}, nil })
	mount := func(paths ...string) (*httpkit.Server, error) {
		s := httpkit.NewServer(httpkit.Options{Service: "test", Logger: slog.New(slog.DiscardHandler), Clock: clocktest.New(), IDs: idstest.New("id")})
		return s, s.Mount([]usecase.Operation{usecase.Put("/api/v1/notes/{id}", "Keep a note.", &keep, usecase.Also(paths...))})
	}
	s, err := mount("/notes/{id}", "/old/{id}/note")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/api/v1/notes/n", "/notes/n", "/old/n/note"} {
		answer := httptest.NewRecorder()
		s.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodPut, path, strings.NewReader(`{"text":"hello"}`)))
		if answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), `"id":"n"`) {
			t.Errorf("%s: %d %s", path, answer.Code, answer.Body)
		}
	}
	for _, path := range []string{"/notes", "/notes/{other}", "/api/v1/notes/{id}"} {
		if _, err := mount(path); err == nil {
			t.Errorf("%s is taken for a path of the operation", path)
		}
	}
}
