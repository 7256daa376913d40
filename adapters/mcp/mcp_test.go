package mcp_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/docsteward/docsteward/adapters/mcp"
	"github.com/docsteward/docsteward/ports/ids/idstest"
	"github.com/docsteward/docsteward/ports/usecase"
)

type tables = map[string][]usecase.Operation

// open serves the tables to a client in the same process. The server's context
// carries what the given one does.
func open(t *testing.T, ctx context.Context, o mcp.Options, offered tables) *sdk.ClientSession {
	t.Helper()
	server := newServer(t, o, offered)
	near, far := sdk.NewInMemoryTransports()
	return connect(t, ctx, server, near, far)
}

func newServer(t *testing.T, o mcp.Options, offered tables) *mcp.Server {
	t.Helper()
	o.Name, o.Version, o.Logger, o.IDs = "test", "1", slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})), idstest.New("call")
	server, err := mcp.NewServer(o, offered)
	if err != nil {
		t.Fatal(err)
	}
	return server
}

func connect(t *testing.T, ctx context.Context, server *mcp.Server, near, far sdk.Transport) *sdk.ClientSession {
	t.Helper()
	served := make(chan error, 1)
	go func() { served <- server.Serve(ctx, far) }()
	session, err := sdk.NewClient(&sdk.Implementation{Name: "client", Version: "1"}, nil).Connect(t.Context(), near, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = session.Close()
		if err := <-served; err != nil {
			t.Errorf("the client left, and Serve says %v", err)
		}
	})
	return session
}

// call calls a tool; the answer may be an error, but not one of the protocol.
func call(t *testing.T, session *sdk.ClientSession, name string, arguments any, meta ...sdk.Meta) *sdk.CallToolResult {
	t.Helper()
	params := &sdk.CallToolParams{Name: name, Arguments: arguments}
	if len(meta) > 0 {
		params.Meta = meta[0]
	}
	result, err := session.CallTool(t.Context(), params)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return result
}

// value decodes the answer of a call that must succeed, whose text says the same.
func value[T any](t *testing.T, result *sdk.CallToolResult) T {
	t.Helper()
	if result.IsError {
		t.Fatalf("got the fault %s", text(result))
	}
	var fromText, structured T
	data, err := json.Marshal(result.StructuredContent)
	if err == nil {
		err = json.Unmarshal(data, &structured)
	}
	if err == nil {
		err = json.Unmarshal([]byte(text(result)), &fromText)
	}
	if err != nil {
		t.Fatal(err)
	}
	one, _ := json.Marshal(structured)
	if two, _ := json.Marshal(fromText); string(one) != string(two) {
		t.Errorf("the text says %s, and the structure %s", two, one)
	}
	return structured
}

// fault is a fault as a client reads it.
type fault struct {
	Kind      string
	ErrorCode string `json:"error_code"`
	Code      string
	Message   string
	Fields    []struct{ Field, Rule, Message string }
	Details   map[string]any
	Retry     float64 `json:"retry_after_seconds"`
	RequestID string  `json:"request_id"`
}

// failed decodes the answer of a call that must fail.
func failed(t *testing.T, result *sdk.CallToolResult) fault {
	t.Helper()
	if !result.IsError || result.StructuredContent != nil {
		t.Fatalf("got a success: %s", text(result))
	}
	var f fault
	if err := json.Unmarshal([]byte(text(result)), &f); err != nil {
		t.Fatalf("%v in %s", err, text(result))
	}
	return f
}

func text(result *sdk.CallToolResult) string { return result.Content[0].(*sdk.TextContent).Text }
