package httpkit_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/docsteward/docsteward/adapters/http/httpkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/ids/idstest"
	"github.com/docsteward/docsteward/ports/usecase"
)

type note struct {
	ID    string `json:"id" path:"id"`
	Text  string `json:"text" required:"true" maxLength:"20"`
	Limit int    `json:"limit" query:"limit" default:"7" minimum:"1"`
}

type old struct {
	Text string `json:"text"`
}

type upload struct {
	Body io.Reader `json:"-" body:"stream"`
}

type view struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Limit int    `json:"limit"`
}

type ticks struct {
	To int `json:"to" query:"to" default:"3"`
}

type tick struct {
	N int `json:"n" event:"id"`
}

type menu struct {
	Note  usecase.Port[note, view]
	Old   usecase.Port[old, view]
	Count usecase.Port[upload, int]
	Ticks usecase.Stream[ticks, tick]
}

type server struct {
	*httpkit.Server
	registry *prometheus.Registry
	clock    *clocktest.Manual
	logs     *strings.Builder
	fail     error
	panics   bool
	never    chan struct{}
}

func newServer(t *testing.T) *server {
	t.Helper()
	s := &server{registry: prometheus.NewRegistry(), clock: clocktest.New(), logs: new(strings.Builder), never: make(chan struct{})}
	s.Server = httpkit.NewServer(httpkit.Options{
		Service: "test", Version: "v", Logger: slog.New(slog.NewJSONHandler(s.logs, nil)), Clock: s.clock, IDs: idstest.New("made"),
		Metrics: s.registry, Gatherer: s.registry, MaxBody: 200,
	})
	var m menu
	m.Note.HandleFunc(func(_ context.Context, c note) (view, error) {
		if s.panics {
			panic("boom with a secret")
		}
		return view(c), s.fail
	})
	m.Ticks.HandleFunc(func(ctx context.Context, c ticks) (iter.Seq2[tick, error], error) {
		return func(yield func(tick, error) bool) {
			for i := range c.To {
				if !yield(tick{i + 1}, nil) {
					return
				}
			}
			if s.panics {
				panic("boom with a secret")
			}
			if s.fail != nil {
				yield(tick{}, s.fail)
				return
			}
			select {
			case <-ctx.Done():
			case <-s.never:
			}
		}, nil
	})
	m.Old.HandleFunc(func(_ context.Context, c old) (view, error) { return view{Text: c.Text}, s.fail })
	m.Count.HandleFunc(func(_ context.Context, c upload) (int, error) {
		data, err := io.ReadAll(c.Body)
		return len(data), err
	})
	table := []usecase.Operation{
		usecase.Post("/old", "As it ever was.", &m.Old, usecase.Direct),
		usecase.Post("/api/v1/count", "Count bytes.", &m.Count, usecase.MaxBody(1000)),
		usecase.Put("/api/v1/notes/{id}", "Keep a note.", &m.Note),
		usecase.Watch("/api/v1/ticks", "Count.", &m.Ticks),
	}
	if err := s.Mount(table); err != nil {
		t.Fatal(err)
	}
	s.MountOperational(httpkit.Operational{
		Health: func(context.Context) httpkit.Health { return httpkit.Health{Status: "unhealthy", Service: "test"} },
		Ready: func(context.Context) error {
			return domain.Unavailable.New("not yet").WithRetryAfter(1500 * time.Millisecond)
		},
		Info:   func(context.Context) any { return map[string]int{"api_version": 1} },
		Config: func(context.Context) any { return []string{} },
	})
	return s
}

func (s *server) do(method, target, body string, header ...string) (*httptest.ResponseRecorder, map[string]any) {
	request := httptest.NewRequest(method, "http://test/", strings.NewReader(body))
	if err := parseTarget(request, target); err != nil {
		panic(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	recorder := httptest.NewRecorder()
	s.Handler().ServeHTTP(recorder, request)
	var decoded map[string]any
	_ = json.Unmarshal(recorder.Body.Bytes(), &decoded)
	return recorder, decoded
}

// parseTarget sets the address as a server would, without its checks.
func parseTarget(r *http.Request, target string) (err error) {
	r.RequestURI = target
	r.URL, err = r.URL.Parse(target)
	return err
}

func TestStatuses(t *testing.T) {
	cases := []struct {
		name, method, target, body string
		header                     []string
		status                     int
		code                       string
	}{
		{"a success", "PUT", "/api/v1/notes/a", `{"text":"x"}`, nil, 200, ""},
		{"malformed JSON", "PUT", "/api/v1/notes/a", `{`, nil, 422, "validation_error"},
		{"a missing field", "PUT", "/api/v1/notes/a", `{}`, nil, 422, "validation_error"},
		{"an unknown field", "PUT", "/api/v1/notes/a", `{"text":"x","more":1}`, nil, 422, "validation_error"},
		{"a path value in the body", "PUT", "/api/v1/notes/a", `{"text":"x","id":"b"}`, nil, 422, "validation_error"},
		{"a query out of bounds", "PUT", "/api/v1/notes/a?limit=0", `{"text":"x"}`, nil, 422, "validation_error"},
		{"a broken escape in the query", "PUT", "/api/v1/notes/a?limit=%zz", `{"text":"x"}`, nil, 400, "validation_error"},
		{"an unknown encoding", "PUT", "/api/v1/notes/a", `{"text":"x"}`, []string{"Content-Encoding", "br"}, 400, "validation_error"},
		{"an unknown charset", "PUT", "/api/v1/notes/a", `{"text":"x"}`, []string{"Content-Type", "application/json; charset=latin1"}, 400, "validation_error"},
		{"a large body", "PUT", "/api/v1/notes/a", `{"text":"` + strings.Repeat("x", 300) + `"}`, nil, 413, "payload_too_large"},
		{"an unknown path", "GET", "/nope", "", nil, 404, "route_not_found"},
		{"an unknown method", "DELETE", "/api/v1/notes/a", "", nil, 405, "method_not_allowed"},
		{"two dots as a path value", "PUT", "/api/v1/notes/%2e%2e", `{"text":"x"}`, nil, 422, "validation_error"},
		{"unhealthy", "GET", "/health", "", nil, 503, ""},
		{"not ready", "GET", "/ready", "", nil, 503, "service_unavailable"},
		{"HEAD of a GET", "HEAD", "/info", "", nil, 200, ""},
	}
	s := newServer(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			answer, body := s.do(c.method, c.target, c.body, append(c.header, "X-Correlation-ID", "given")...)
			code, _ := body["error_code"].(string)
			if answer.Code != c.status || code != c.code {
				t.Errorf("got %d %q, want %d %q: %s", answer.Code, code, c.status, c.code, answer.Body)
			}
			if answer.Header().Get("X-Correlation-ID") != "given" {
				t.Error("the correlation id is not echoed")
			}
			if c.code != "" && body["request_id"] != "given" {
				t.Errorf("request_id is %v", body["request_id"])
			}
		})
	}
}

func TestPathValuesArriveUnescaped(t *testing.T) {
	s := newServer(t)
	for target, want := range map[string]string{"a%20b": "a b", "a%2Fb%20c": "a/b c", "100%25": "100%", "a%252Fb": "a%2Fb", "%C3%BC": "ü"} {
		answer, body := s.do("PUT", "/api/v1/notes/"+target, `{"text":"x"}`)
		data, _ := body["data"].(map[string]any)
		if answer.Code != 200 || data["id"] != want || data["limit"] != 7.0 {
			t.Errorf("%s: got %d %v", target, answer.Code, data)
		}
	}
}

func TestEveryFaultHasItsStatusAndRetryAfter(t *testing.T) {
	s := newServer(t)
	want := map[domain.Kind]int{
		domain.Invalid: 422, domain.Rejected: 400, domain.Unauthenticated: 401, domain.Forbidden: 403, domain.NotFound: 404, domain.Conflict: 409,
		domain.TooLarge: 413, domain.RateLimited: 429, domain.Internal: 500, domain.Storage: 503, domain.Upstream: 502, domain.Unavailable: 503, domain.Timeout: 504,
	}
	for _, kind := range domain.Kinds() {
		s.fail = kind.New("what to do").WithRetryAfter(1500 * time.Millisecond)
		answer, body := s.do("PUT", "/api/v1/notes/a", `{"text":"x"}`)
		if answer.Code != want[kind] || answer.Header().Get("Retry-After") != "2" || body["success"] != false {
			t.Errorf("%v: got %d, Retry-After %q", kind, answer.Code, answer.Header().Get("Retry-After"))
		}
		if (kind == domain.Unauthenticated) != (answer.Header().Get("WWW-Authenticate") != "") {
			t.Errorf("%v: WWW-Authenticate is %q", kind, answer.Header().Get("WWW-Authenticate"))
		}
	}
}

func TestAPanicIsA500WithAnIDAndWithoutItsText(t *testing.T) {
	s := newServer(t)
	s.panics = true
	answer, body := s.do("PUT", "/api/v1/notes/a", `{"text":"x"}`)
	if answer.Code != 500 || body["request_id"] != "made-1" || strings.Contains(answer.Body.String(), "secret") {
		t.Fatalf("got %d %s", answer.Code, answer.Body)
	}
	if !strings.Contains(s.logs.String(), "boom with a secret") {
		t.Error("the panic is not logged")
	}
}

func TestRequestsAreLoggedAndCountedByPattern(t *testing.T) {
	s := newServer(t)
	s.do("PUT", "/api/v1/notes/a", `{"text":"x"}`)
	s.do("PUT", "/api/v1/notes/b", `{`)
	answer, _ := s.do("GET", "/metrics", "")
	for _, want := range []string{
		`http_requests_total{endpoint="/api/v1/notes/:id",method="PUT",service="test",status="200"} 1`,
		`http_requests_total{endpoint="/api/v1/notes/:id",method="PUT",service="test",status="422"} 1`,
		`errors_total{endpoint="/api/v1/notes/:id",error_type="invalid",service="test"} 1`,
		`http_request_duration_seconds_bucket{endpoint="/api/v1/notes/:id",method="PUT",service="test",le="0.0005"}`,
	} {
		if !strings.Contains(answer.Body.String(), want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	if !strings.Contains(s.logs.String(), `"level":"WARN","msg":"http_request","method":"PUT","path":"/api/v1/notes/b","status":422`) {
		t.Errorf("the log lacks the request:\n%s", s.logs)
	}
	_, routes := s.do("GET", "/metrics", "", "Accept", "application/json")
	if routes["routes"].(float64) < 5 {
		t.Errorf("got %v", routes)
	}
}

func TestTwoRoutesAreRefused(t *testing.T) {
	s := newServer(t)
	var m menu
	m.Note.HandleFunc(func(context.Context, note) (view, error) { return view{}, errors.New("x") })
	if err := s.Mount([]usecase.Operation{usecase.Put("/api/v1/notes/{id}", "", &m.Note)}); err == nil {
		t.Fatal("a taken route was mounted")
	}
	if err := s.Mount([]usecase.Operation{usecase.Put("/api/v1/other/{name}", "", &m.Note)}); err == nil {
		t.Fatal("a route that does not fit its command was mounted")
	}
}
