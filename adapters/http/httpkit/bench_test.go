package httpkit_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/adapters/http/httpkit"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/ids/idstest"
	"github.com/docsteward/docsteward/ports/usecase"
)

type store struct {
	Title    string            `json:"title" required:"true" maxLength:"500"`
	Content  string            `json:"content" required:"true" maxLength:"100000"`
	Author   string            `json:"author" maxLength:"255"`
	Tags     []string          `json:"tags" maxItems:"50"`
	Metadata map[string]string `json:"metadata"`
	Priority int               `json:"priority" default:"3" minimum:"1" maximum:"5"`
}

type find struct {
	ID     string `json:"id" path:"id" param:"id"`
	Limit  int    `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000"`
	Offset int    `json:"offset" query:"offset" minimum:"0"`
	Type   string `json:"type" query:"type"`
	Owner  string `json:"owner" query:"owner"`
}

type found struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Size  int    `json:"size"`
}

type benchMenu struct {
	Store usecase.Port[store, found]
	Find  usecase.Port[find, found]
}

// kit serves with everything on: rules, guard, metrics, ids, envelope.
func kit(b *testing.B) http.Handler {
	b.Helper()
	registry := prometheus.NewRegistry()
	server := httpkit.NewServer(httpkit.Options{
		Service: "bench", Logger: slog.New(slog.DiscardHandler), Clock: clocktest.New(), IDs: idstest.New("id"), Metrics: registry, Gatherer: registry,
	})
	var m benchMenu
	m.Store.HandleFunc(func(_ context.Context, c store) (found, error) { return found{"1", c.Title, len(c.Content)}, nil })
	m.Find.HandleFunc(func(_ context.Context, c find) (found, error) { return found{c.ID, c.Type, c.Limit}, nil })
	table := []usecase.Operation{usecase.Post("/documents", "", &m.Store), usecase.Get("/documents/{id}", "", &m.Find)}
	guard, err := bind.Guard(table)
	if err != nil {
		b.Fatal(err)
	}
	usecase.Decorate(table, guard)
	if err := server.Mount(table); err != nil {
		b.Fatal(err)
	}
	return server.Handler()
}

// bare serves with echo's own binding and writing: no rules, no envelope.
func bare() http.Handler {
	e := echo.New()
	e.POST("/documents", func(c echo.Context) error {
		var s store
		if err := c.Bind(&s); err != nil {
			return err
		}
		return c.JSON(http.StatusOK, found{"1", s.Title, len(s.Content)})
	})
	e.GET("/documents/:id", func(c echo.Context) error {
		var f find
		if err := c.Bind(&f); err != nil {
			return err
		}
		return c.JSON(http.StatusOK, found{f.ID, f.Type, f.Limit})
	})
	return e
}

// sink is a response writer that keeps nothing but the status.
type sink struct {
	header http.Header
	status int
}

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) Write(p []byte) (int, error) { return len(p), nil }
func (s *sink) WriteHeader(status int)      { s.status = status }

func serve(b *testing.B, handler http.Handler, method, target string, body []byte) {
	b.Helper()
	b.ReportAllocs()
	request := httptest.NewRequest(method, target, nil)
	request.Header.Set("Content-Type", "application/json")
	request.ContentLength = int64(len(body))
	reader := bytes.NewReader(body)
	for b.Loop() {
		reader.Reset(body)
		request.Body = readCloser{reader}
		out := sink{header: make(http.Header)}
		if handler.ServeHTTP(&out, request); out.status != http.StatusOK {
			b.Fatalf("got %d", out.status)
		}
	}
}

type readCloser struct{ *bytes.Reader }

func (readCloser) Close() error { return nil }

func BenchmarkPost(b *testing.B) {
	body, err := json.Marshal(store{
		Title: "A page", Content: strings.Repeat("Some \"words\" of a page.\n", 130), Author: "me",
		Tags: []string{"a", "b", "c"}, Metadata: map[string]string{"owner": "me", "team": "docs"}, Priority: 2,
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("httpkit", func(b *testing.B) { serve(b, kit(b), "POST", "/documents", body) })
	b.Run("echo", func(b *testing.B) { serve(b, bare(), "POST", "/documents", body) })
}

func BenchmarkGet(b *testing.B) {
	const target = "/documents/abc?limit=20&offset=40&type=guide&owner=me"
	b.Run("httpkit", func(b *testing.B) { serve(b, kit(b), "GET", target, nil) })
	b.Run("echo", func(b *testing.B) { serve(b, bare(), "GET", target, nil) })
}
