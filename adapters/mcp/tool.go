package mcp

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/usecase"
)

// tool calls one operation.
type tool struct {
	name     string
	op       usecase.Operation
	plan     *bind.Plan
	ids      ids.Generator
	logger   *slog.Logger
	maxInput int64
}

// call never fails: an error would be one of the protocol, which the assistant
// does not see.
func (t *tool) call(ctx context.Context, request *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
	meta := t.accompany(usecase.MetaOf(ctx), request.Params.Meta)
	reply, err := t.invoke(usecase.WithMeta(ctx, meta), request.Params.Arguments)
	if err != nil {
		return failure(err, meta.Correlation), nil
	}
	return success(reply, meta.Correlation), nil
}

// accompany adds what the call says of itself to what its context says.
func (t *tool) accompany(meta usecase.Meta, given sdk.Meta) usecase.Meta {
	if key := textOf(given, MetaIdempotencyKey); key != "" {
		meta.IdempotencyKey = key
	}
	if id := textOf(given, MetaRequestID); id != "" {
		meta.Correlation = id
	}
	if meta.Correlation == "" {
		meta.Correlation = t.ids.New()
	}
	return meta
}

// textOf returns a text of _meta; "" for what could break a log line or a header.
func textOf(meta sdk.Meta, key string) string {
	text, _ := meta[key].(string)
	if len(text) > 255 || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return ""
	}
	return text
}

func (t *tool) invoke(ctx context.Context, arguments []byte) (reply usecase.Reply, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			t.logger.ErrorContext(ctx, "tool panicked", "tool", t.name, "panic", fmt.Sprint(panicked), "stack", string(debug.Stack()))
			err = domain.FaultOf(fmt.Errorf("panic: %v", panicked))
		}
	}()
	if int64(len(arguments)) > t.maxInput {
		return reply, domain.TooLarge.New(fmt.Sprintf("The arguments are larger than %d bytes; send less at once.", t.maxInput)).WithDetail("max_bytes", t.maxInput)
	}
	if bytes.Equal(bytes.TrimSpace(arguments), []byte("null")) {
		arguments = nil // Some clients say so that there are none.
	}
	command := t.op.Slot.NewCommand()
	if err := t.plan.BindJSON(command, bytes.NewReader(arguments)); err != nil {
		return reply, err
	}
	return t.op.Slot.Invoke(ctx, command)
}
