package mcp_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/docsteward/docsteward/adapters/http/wire"
	"github.com/docsteward/docsteward/adapters/markup"
	"github.com/docsteward/docsteward/adapters/mcp"
	"github.com/docsteward/docsteward/adapters/memory/docstoremem"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	app "github.com/docsteward/docsteward/application/docstore"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/ids/idstest"
	"github.com/docsteward/docsteward/ports/usecase"
)

// silent is an outbox that nobody reads.
type silent struct{}

func (silent) Append(context.Context, ...domain.Event) error { return nil }

// store is a document store in memory.
func store() tables {
	db := memkit.New()
	kept := docstoremem.New(db)
	menu := new(docstore.UseCases)
	app.Fill(menu, app.Deps{
		Documents: kept, History: kept, Index: docstoremem.NewIndex(kept), Spans: kept,
		Outbox: silent{}, Unit: db, Clock: clocktest.New(), IDs: idstest.New("id"), Markup: markup.New(), MaxContentBytes: 1000,
	})
	return tables{"doc_store": docstore.Operations(menu)}
}

func TestAnAssistantStoresFindsAndReads(t *testing.T) {
	session := open(t, context.Background(), mcp.Options{}, store())
	put := value[docstore.Document](t, call(t, session, "doc_store_put-document", map[string]any{
		"id": "a", "content": "# Setup\n\nInstall the warden.", "metadata": map[string]any{"type": "guide"},
	}))
	if put.ID != "a" || put.Version != 1 {
		t.Errorf("got %+v", put)
	}
	found := value[docstore.SearchResults](t, call(t, session, "doc_store_search-documents", map[string]any{"q": "warden"}))
	if found.Total != 1 || found.Items[0].ID != "a" {
		t.Errorf("got %+v", found)
	}
	got := value[docstore.Document](t, call(t, session, "doc_store_get-document", map[string]any{"id": "a"}))
	if got.Content != "# Setup\n\nInstall the warden." || got.Metadata["type"] != "guide" {
		t.Errorf("got %+v", got)
	}
}

func TestAFaultIsAnAnswerThatSaysWhatToDo(t *testing.T) {
	session := open(t, context.Background(), mcp.Options{}, store())
	cases := []struct {
		name, tool string
		arguments  any
		kind, code string
		fields     []string
	}{
		{"an unknown id", "doc_store_get-document", map[string]any{"id": "nope"}, "not found", "not_found", nil},
		{"every field that is wrong", "doc_store_list-documents", map[string]any{"limit": 0, "offset": -1, "typo": 1}, "invalid", "validation_error", []string{"limit", "offset", "typo"}},
		{"no arguments", "doc_store_put-document", nil, "invalid", "validation_error", []string{"id", "content"}},
		{"a list", "doc_store_put-document", []int{1}, "invalid", "validation_error", []string{"body"}},
		{"a text where a number belongs", "doc_store_list-documents", map[string]any{"limit": "many"}, "invalid", "validation_error", []string{"limit"}},
		{"a content over the store's bound", "doc_store_put-document", map[string]any{"id": "a", "content": strings.Repeat("x", 1001)}, "too large", "payload_too_large", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			result := call(t, session, c.tool, c.arguments)
			f := failed(t, result)
			var fields []string
			for _, field := range f.Fields {
				fields = append(fields, field.Field)
			}
			slices.Sort(fields)
			slices.Sort(c.fields)
			if f.Kind != c.kind || f.ErrorCode != c.code || f.Message == "" || c.fields != nil && !slices.Equal(fields, c.fields) {
				t.Errorf("got %+v", f)
			}
			if f.RequestID == "" || result.Meta[mcp.MetaRequestID] != f.RequestID {
				t.Errorf("the request id is %q, and in _meta %v", f.RequestID, result.Meta)
			}
		})
	}
	if _, err := session.CallTool(t.Context(), &sdk.CallToolParams{Name: "doc_store_no-such-thing"}); err == nil {
		t.Error("an unknown tool is answered")
	}
}

type ask struct {
	Text string `json:"text"`
}

type menu struct {
	Ask usecase.Port[ask, []string]
}

// asked is a table of one operation that does what a test says.
func asked(do func(ctx context.Context, command ask) domain.DomainResult[[]string]) tables {
	m := new(menu)
	m.Ask.Handle(usecase.Func[ask, []string](do))
	return tables{"test": {usecase.Post("/ask", "Ask.", &m.Ask)}}
}

func TestMessageAndWarningsReachTheAssistant(t *testing.T) {
	session := open(t, context.Background(), mcp.Options{}, asked(func(context.Context, ask) domain.DomainResult[[]string] {
		return domain.Ok[[]string](nil).WithMessage("done").WithWarnings("one", "two")
	}))
	result := call(t, session, "test_ask", nil)
	if got := value[struct{ Value []string }](t, result); got.Value == nil {
		t.Error("a nil list became null")
	}
	if result.Meta[mcp.MetaMessage] != "done" || !reflect.DeepEqual(result.Meta[mcp.MetaWarnings], []any{"one", "two"}) {
		t.Errorf("_meta is %v", result.Meta)
	}
	var said []string
	for _, content := range result.Content[1:] {
		said = append(said, content.(*sdk.TextContent).Text)
	}
	if !slices.Equal(said, []string{"done", "Warning: one", "Warning: two"}) {
		t.Errorf("the texts are %q", said)
	}
}

func TestACallKnowsItsCallerAndItsIDs(t *testing.T) {
	var metas []usecase.Meta
	ctx := usecase.WithMeta(context.Background(), usecase.Meta{Caller: usecase.Caller{User: "ann"}})
	session := open(t, ctx, mcp.Options{}, asked(func(ctx context.Context, _ ask) domain.DomainResult[[]string] {
		metas = append(metas, usecase.MetaOf(ctx))
		return domain.Ok([]string{})
	}))
	call(t, session, "test_ask", nil)
	call(t, session, "test_ask", nil, sdk.Meta{mcp.MetaRequestID: "r-1", mcp.MetaIdempotencyKey: "k-1"})
	call(t, session, "test_ask", nil, sdk.Meta{mcp.MetaRequestID: "breaks\na line", mcp.MetaIdempotencyKey: 7})
	if metas[0].Caller.User != "ann" || metas[0].Correlation == "" || metas[0].Correlation == metas[2].Correlation {
		t.Errorf("got %+v", metas)
	}
	if metas[1].Correlation != "r-1" || metas[1].IdempotencyKey != "k-1" || metas[2].IdempotencyKey != "" || strings.Contains(metas[2].Correlation, "\n") {
		t.Errorf("got %+v", metas)
	}
}

func TestACallerWhoGivesUpStopsTheUseCase(t *testing.T) {
	began, ended := make(chan struct{}), make(chan error, 1)
	session := open(t, context.Background(), mcp.Options{}, asked(func(ctx context.Context, _ ask) domain.DomainResult[[]string] {
		close(began)
		<-ctx.Done()
		ended <- ctx.Err()
		return domain.Fail[[]string](ctx.Err())
	}))
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-began; cancel() }()
	if _, err := session.CallTool(ctx, &sdk.CallToolParams{Name: "test_ask"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	select {
	case err := <-ended:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("the use case goes on")
	}
}

func TestArgumentsHaveABound(t *testing.T) {
	ran := false
	session := open(t, context.Background(), mcp.Options{MaxInput: 100}, asked(func(context.Context, ask) domain.DomainResult[[]string] {
		ran = true
		return domain.Ok([]string{})
	}))
	f := failed(t, call(t, session, "test_ask", ask{Text: strings.Repeat("x", 100)}))
	if f.ErrorCode != "payload_too_large" || f.Details["max_bytes"] != 100.0 || ran {
		t.Errorf("got %+v, executed: %v", f, ran)
	}
	if call(t, session, "test_ask", ask{Text: "short"}).IsError || !ran {
		t.Error("the session does not go on")
	}
}

func TestASessionEndsWithItsContextOrItsClient(t *testing.T) {
	cases := map[string]struct {
		in   string
		stop bool
		want error
	}{
		"the context ends":         {stop: true, want: context.Canceled},
		"the client leaves":        {},
		"what is no JSON":          {in: "no\n", want: domain.Invalid},
		"a message over its bound": {in: `{"jsonrpc":"2.0","id":1,"method":"` + strings.Repeat("x", 200_000) + "\"}\n", want: domain.Invalid},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			in, feed := io.Pipe()
			served := make(chan error, 1)
			go func() {
				served <- newServer(t, mcp.Options{MaxInput: 100}, store()).ServeStdio(ctx, in, nopCloser{io.Discard})
			}()
			switch {
			case c.stop:
				cancel()
			case c.in == "":
				_ = feed.Close()
			default:
				_, _ = io.WriteString(feed, c.in) // The server may close its end before all is read.
			}
			if err := <-served; !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

type nopCloser struct{ io.Writer }

// Close implements io.Closer.
func (nopCloser) Close() error { return nil }

func TestAPanicIsAFaultThatHidesItsCause(t *testing.T) {
	session := open(t, context.Background(), mcp.Options{}, asked(func(context.Context, ask) domain.DomainResult[[]string] { panic("secret") }))
	if f := failed(t, call(t, session, "test_ask", nil)); f.ErrorCode != "internal_error" || strings.Contains(f.Message, "secret") {
		t.Errorf("got %+v", f)
	}
}

func TestEveryKindOfFaultIsToldAsOverHTTP(t *testing.T) {
	var next *domain.Fault
	session := open(t, context.Background(), mcp.Options{}, asked(func(context.Context, ask) domain.DomainResult[[]string] {
		return domain.Fail[[]string](next)
	}))
	for _, kind := range domain.Kinds() {
		next = kind.Wrap(errors.New("secret"), "what to do").WithCode("own").WithDetail("id", "x").WithField("a[0].b", "rule", "is bad").WithRetryAfter(1500 * time.Millisecond)
		result := call(t, session, "test_ask", nil)
		f := failed(t, result)
		_, code := wire.StatusOf(next)
		if f.Kind != kind.String() || f.ErrorCode != code || f.Code != "own" || f.Message != "what to do" || f.Retry != 1.5 || f.Details["id"] != "x" {
			t.Errorf("%v: got %+v", kind, f)
		}
		if len(f.Fields) != 1 || f.Fields[0].Field != "a[0].b" || f.Fields[0].Rule != "rule" || f.Fields[0].Message != "is bad" {
			t.Errorf("%v: got %+v", kind, f.Fields)
		}
		if data, err := json.Marshal(result); err != nil || strings.Contains(string(data), "secret") {
			t.Errorf("%v: the cause is told: %s", kind, data)
		}
	}
}

func TestWhatCannotBeAToolIsRefused(t *testing.T) {
	for name, offered := range map[string]tables{
		"a long name":      {strings.Repeat("x", 61): asked(nil)["test"]},
		"an odd name":      {"a.b": asked(nil)["test"]},
		"one name for two": {"test": slices.Concat(asked(nil)["test"], asked(nil)["test"])},
		"an odd command":   {"test": odd()},
	} {
		if _, err := mcp.NewServer(mcp.Options{}, offered); !errors.Is(err, domain.Internal) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func odd() []usecase.Operation {
	var port usecase.Port[struct{ C chan int }, string]
	return []usecase.Operation{usecase.Post("/odd", "Odd.", &port)}
}
