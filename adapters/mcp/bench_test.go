package mcp_test

import (
	"context"
	"log/slog"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/docsteward/docsteward/adapters/mcp"
	"github.com/docsteward/docsteward/ports/ids/idstest"
)

// The server of the real tables is made at each start of the command.
func BenchmarkNewServer(b *testing.B) {
	offered := real()
	for b.Loop() {
		if _, err := mcp.NewServer(mcp.Options{Name: "test", Version: "1", Logger: slog.New(slog.DiscardHandler), IDs: idstest.New("call")}, offered); err != nil {
			b.Fatal(err)
		}
	}
}

// A call reads one document, over the transport in memory.
func BenchmarkCall(b *testing.B) {
	server, err := mcp.NewServer(mcp.Options{Name: "test", Version: "1", Logger: slog.New(slog.DiscardHandler), IDs: idstest.New("call")}, store())
	if err != nil {
		b.Fatal(err)
	}
	near, far := sdk.NewInMemoryTransports()
	served := make(chan error, 1)
	go func() { served <- server.Serve(context.Background(), far) }()
	session, err := sdk.NewClient(&sdk.Implementation{Name: "client", Version: "1"}, nil).Connect(b.Context(), near, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = session.Close(); <-served })
	put := &sdk.CallToolParams{Name: "doc_store_put-document", Arguments: map[string]any{"id": "a", "content": "# Setup"}}
	if result, err := session.CallTool(b.Context(), put); err != nil || result.IsError {
		b.Fatal(err, result)
	}
	get := &sdk.CallToolParams{Name: "doc_store_get-document", Arguments: map[string]any{"id": "a"}}
	for b.Loop() {
		if result, err := session.CallTool(b.Context(), get); err != nil || result.IsError {
			b.Fatal(err, result)
		}
	}
}
