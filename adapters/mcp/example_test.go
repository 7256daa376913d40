package mcp_test

import (
	"context"
	"fmt"
	"log/slog"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/docsteward/docsteward/adapters/ids/uuidv7"
	"github.com/docsteward/docsteward/adapters/mcp"
)

func ExampleNewServer() {
	ctx := context.Background()
	server, err := mcp.NewServer(mcp.Options{
		Name: "docs", Version: "1", Logger: slog.New(slog.DiscardHandler), IDs: uuidv7.Generator{}, Include: mcp.ReadOnly,
	}, store())
	if err != nil {
		fmt.Println(err)
		return
	}
	near, far := sdk.NewInMemoryTransports()
	go func() { _ = server.Serve(ctx, far) }()
	session, err := sdk.NewClient(&sdk.Implementation{Name: "assistant"}, nil).Connect(ctx, near, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = session.Close() }()
	result, err := session.CallTool(ctx, &sdk.CallToolParams{Name: "doc_store_list-documents", Arguments: map[string]any{"limit": 5}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(result.StructuredContent)
	// Output: map[has_more:false items:[] limit:5 offset:0 total:0]
}

func ExampleToolName() {
	for _, op := range store()["doc_store"][:2] {
		fmt.Println(mcp.ToolName("doc_store", op))
	}
	// Output:
	// doc_store_store-document
	// doc_store_put-document
}
