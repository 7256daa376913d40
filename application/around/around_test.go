package around_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/application/around"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Ask is the command of the tests, Send one with a body that comes.
type Ask struct{ Text string }

// Send is an upload.
type Send struct {
	Body io.Reader `json:"-" body:"stream"`
}

// call executes a decorated use case that does as it is told.
func call[C any](ctx context.Context, do func(context.Context) error, option usecase.Option, arounds ...usecase.Around) error {
	var port usecase.Port[C, string]
	port.HandleFunc(func(ctx context.Context, _ C) (string, error) { return "done", do(ctx) })
	usecase.Decorate([]usecase.Operation{usecase.Post("/x", "", &port, option)}, arounds...)
	var command C
	return port.Execute(ctx, command).Err()
}

func ExampleGrants_Check() {
	grants := around.Grants{Users: around.Roles{"viewer": {"documents:read"}, "admin": {"*"}}}
	for _, role := range []string{"viewer", "admin"} {
		caller := usecase.Caller{User: "ada", Roles: []string{role}}
		fmt.Println(role, grants.Check(caller, "documents:write") == nil)
	}
	// Output:
	// viewer false
	// admin true
}

func TestAuthoriseAsksTheOneWhoCalls(t *testing.T) {
	grants := around.Grants{
		Users:    around.Roles{"viewer": {"documents:read"}, "editor": {"documents:*"}, "guest": {"health:read"}},
		Services: around.Roles{"agent": {"documents:write"}}, Anonymous: []string{"guest"},
	}
	for what, c := range map[string]struct {
		caller     usecase.Caller
		permission string
		want       error
	}{
		"no permission needed":             {usecase.Caller{}, "", nil},
		"a role that holds it":             {usecase.Caller{User: "a", Roles: []string{"viewer"}}, "documents:read", nil},
		"a role that lacks it":             {usecase.Caller{User: "a", Roles: []string{"viewer"}}, "documents:write", domain.Forbidden},
		"a wildcard":                       {usecase.Caller{User: "a", Roles: []string{"editor"}}, "documents:write", nil},
		"a wildcard of something else":     {usecase.Caller{User: "a", Roles: []string{"editor"}}, "sources:read", domain.Forbidden},
		"a role that nobody knows":         {usecase.Caller{User: "a", Roles: []string{"king"}}, "documents:read", domain.Forbidden},
		"nobody, who may":                  {usecase.Caller{}, "health:read", nil},
		"nobody, who may not":              {usecase.Caller{}, "documents:read", domain.Unauthenticated},
		"a service for a mere viewer":      {usecase.Caller{User: "a", Roles: []string{"viewer"}, Service: "agent"}, "documents:write", nil},
		"a service that lacks it":          {usecase.Caller{User: "a", Roles: []string{"editor"}, Service: "agent"}, "documents:read", domain.Forbidden},
		"a service that nobody knows":      {usecase.Caller{Service: "other"}, "documents:write", domain.Forbidden},
		"a role in place of a service":     {usecase.Caller{Service: "editor"}, "documents:write", domain.Forbidden},
		"a service in place of a role":     {usecase.Caller{User: "a", Roles: []string{"agent"}}, "documents:write", domain.Forbidden},
		"roles of somebody without a name": {usecase.Caller{Roles: []string{"editor"}}, "documents:write", domain.Unauthenticated},
	} {
		ran := false
		ctx := usecase.WithMeta(context.Background(), usecase.Meta{Caller: c.caller})
		err := call[Ask](ctx, func(context.Context) error { ran = true; return nil }, usecase.Needs(c.permission), around.Authorise(grants))
		if !errors.Is(err, c.want) || ran != (c.want == nil) {
			t.Errorf("%s: got %v, ran %v; want %v", what, err, ran, c.want)
		}
	}
}

// limiter lets so many calls of each key pass.
type limiter struct {
	left int
	keys map[string]int
}

func (l limiter) Take(_ context.Context, key string) time.Duration {
	if l.keys[key]++; l.keys[key] > l.left {
		return 3 * time.Second
	}
	return 0
}

func TestRateLimitCountsOutermostCallsByCaller(t *testing.T) {
	limit := around.RateLimit(limiter{left: 1, keys: map[string]int{}})
	as := func(c usecase.Caller) error {
		ctx := usecase.WithMeta(context.Background(), usecase.Meta{Caller: c})
		return call[Ask](ctx, func(context.Context) error { return nil }, usecase.Accepted, limit)
	}
	if err := errors.Join(as(usecase.Caller{User: "a"}), as(usecase.Caller{User: "b"})); err != nil {
		t.Errorf("a first call: %v", err)
	}
	err := as(usecase.Caller{User: "a"})
	if !errors.Is(err, domain.RateLimited) || domain.FaultOf(err).RetryAfter != 3*time.Second {
		t.Errorf("a second call: got %v", err)
	}
	if err := as(usecase.Caller{User: "a", Service: "agent"}); err != nil {
		t.Errorf("a call on behalf of another: %v", err)
	}
}

func TestDeadlineLeavesStreamsAlone(t *testing.T) {
	bounded := func(got *bool) func(context.Context) error {
		return func(ctx context.Context) error { _, *got = ctx.Deadline(); return nil }
	}
	var plain, upload bool
	deadline := around.Deadline(time.Minute)
	err := errors.Join(
		call[Ask](context.Background(), bounded(&plain), usecase.Idempotent, deadline),
		call[Send](context.Background(), bounded(&upload), usecase.Idempotent, deadline),
	)
	if err != nil || !plain || upload {
		t.Errorf("bounded: a plain call %v, an upload %v, %v", plain, upload, err)
	}
}

func TestAPanicIsLoggedAsTheFaultItBecame(t *testing.T) {
	var lines bytes.Buffer
	logger, clock := slog.New(slog.NewTextHandler(&lines, nil)), clocktest.New()
	err := call[Ask](context.Background(), func(context.Context) error { panic("boom") }, usecase.Idempotent,
		around.Log(logger, clock), around.Recover(logger))
	if !errors.Is(err, domain.Internal) || strings.Contains(domain.FaultOf(err).Message, "boom") {
		t.Errorf("got %v", err)
	}
	for _, part := range []string{"around_test.go", "operation=Ask", "kind=internal", "boom"} {
		if !strings.Contains(lines.String(), part) {
			t.Errorf("the log does not tell %q:\n%s", part, &lines)
		}
	}
}

func TestTheLevelTellsWhoseFaultItIs(t *testing.T) {
	for fault, want := range map[error]string{
		nil: "DEBUG", domain.NotFound.New("no"): "WARN", domain.Storage.New("no"): "ERROR", domain.Timeout.New("no"): "WARN",
	} {
		var line bytes.Buffer
		logger := slog.New(slog.NewTextHandler(&line, &slog.HandlerOptions{Level: slog.LevelDebug}))
		_ = call[Ask](context.Background(), func(context.Context) error { return fault }, usecase.Idempotent, around.Log(logger, clocktest.New()))
		if !strings.Contains(line.String(), "level="+want) {
			t.Errorf("%v is logged as %s", fault, &line)
		}
	}
}

// told keeps what a meter and a tracer are told.
type told struct{ lines *[]string }

func (m told) Executed(_ context.Context, service, operation, outcome string, _ time.Duration) {
	*m.lines = append(*m.lines, service+" "+operation+" "+outcome)
}

func (m told) Start(ctx context.Context, service, operation string) (context.Context, func(error)) {
	return ctx, func(err error) {
		*m.lines = append(*m.lines, fmt.Sprintf("%s %s ended with %v", service, operation, err))
	}
}

func TestTheStackTellsOfWhatItsInnermostRefuses(t *testing.T) {
	var lines []string
	refuse := func(context.Context, *usecase.Operation, any, func(context.Context) error) error {
		return domain.Invalid.New("no")
	}
	stack := around.Stack(around.Options{
		Service: "s", Logger: slog.New(slog.DiscardHandler), Clock: clocktest.New(), Meter: told{&lines}, Tracer: told{&lines}, Guard: refuse,
	})
	err := call[Ask](context.Background(), func(context.Context) error { t.Error("it ran"); return nil }, usecase.Idempotent, stack...)
	if want := "s Ask invalid, s Ask ended with no"; !errors.Is(err, domain.Invalid) || strings.Join(lines, ", ") != want {
		t.Errorf("got %v and %q, want %q", err, lines, want)
	}
}
