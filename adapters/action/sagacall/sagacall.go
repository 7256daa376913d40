// Package sagacall calls the operations that steps of sagas name, found in the tables
// of operations: in this process or another.
package sagacall

import (
	"context"
	"strings"
	"unicode"

	"github.com/docsteward/docsteward/adapters/action/servicecall"
	"github.com/docsteward/docsteward/domain/saga"
	"github.com/docsteward/docsteward/ports/infrastructure"
	"github.com/docsteward/docsteward/ports/workflows"
)

// Caller calls operations of services.
type Caller struct{ performer *servicecall.Performer }

var _ infrastructure.Caller = Caller{}

// New returns a caller that calls the operations as the service of the id.
func New(service string, tables servicecall.Tables) Caller {
	return Caller{servicecall.New(service, tables)}
}

// Call implements infrastructure.Caller.
func (c Caller) Call(ctx context.Context, call saga.Call, key, user string) error {
	_, err := c.performer.Perform(ctx, workflows.Call{Type: "service_call", Config: config(call), Key: key, User: user})
	return err
}

// Check implements infrastructure.Caller.
func (c Caller) Check(call saga.Call) string { return c.performer.Check(config(call)) }

// config spells a call as actions of workflows do. An operation is a path, with or
// without its method, or a name: StoreDocument, store_document or store-document.
func config(call saga.Call) map[string]any {
	config := map[string]any{"service": call.Service}
	if method, path, both := strings.Cut(strings.TrimSpace(call.Operation), " "); both {
		config["method"], config["endpoint"] = method, strings.TrimSpace(path)
	} else {
		config["endpoint"] = named(method)
	}
	if call.Parameters != nil {
		config["parameters"] = call.Parameters
	}
	return config
}

// named spells the name of an operation as its type is; a path stays.
func named(operation string) string {
	if strings.Contains(operation, "/") {
		return operation
	}
	var b strings.Builder
	upper := true
	for _, r := range operation {
		switch {
		case r == '_' || r == '-':
			upper = true
		case upper:
			b.WriteRune(unicode.ToUpper(r))
			upper = false
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
