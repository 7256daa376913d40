package sagacall_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/action/sagacall"
	"github.com/docsteward/docsteward/adapters/action/servicecall"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/saga"
	"github.com/docsteward/docsteward/ports/usecase"
)

// StorePage is an operation to call.
type StorePage struct {
	ID   string `json:"id" path:"id"`
	Text string `json:"text" required:"true"`
}

type stored struct{}

type library struct {
	Store usecase.Port[StorePage, stored]
}

func TestOperationsAreCalledByNameAndByPath(t *testing.T) {
	var got StorePage
	var meta usecase.Meta
	l := new(library)
	l.Store.HandleFunc(func(ctx context.Context, c StorePage) (stored, error) {
		got, meta = c, usecase.MetaOf(ctx)
		if c.Text == "locked" {
			return stored{}, domain.Conflict.New("It is locked.")
		}
		return stored{}, nil
	})
	table := []usecase.Operation{usecase.Put("/pages/{id}", "Store a page.", &l.Store)}
	caller := sagacall.New("orchestrator", servicecall.Tables{"library": table})
	for _, operation := range []string{"StorePage", "store_page", "store-page", "PUT /pages/7", "PUT /pages/{id}", "/pages/7"} {
		got = StorePage{}
		call := saga.Call{Service: "library", Operation: operation, Parameters: map[string]any{"id": "7", "text": "hello"}}
		if wrong := caller.Check(call); wrong != "" {
			t.Errorf("%s: %s", operation, wrong)
		}
		if err := caller.Call(t.Context(), call, "saga/1/do/a", "ada"); err != nil || got.ID != "7" || got.Text != "hello" {
			t.Errorf("%s: %+v, %v", operation, got, err)
		}
	}
	if meta.IdempotencyKey != "saga/1/do/a" || meta.Caller.User != "ada" || meta.Caller.Service != "orchestrator" {
		t.Errorf("the call says %+v", meta)
	}
	for operation, kind := range map[string]domain.Kind{"erase_page": domain.Rejected, "GET /pages/7": domain.Rejected} {
		call := saga.Call{Service: "library", Operation: operation}
		if err := caller.Call(t.Context(), call, "k", ""); !errors.Is(err, kind) || !strings.Contains(caller.Check(call), "no operation") {
			t.Errorf("%s: %v, %q", operation, err, caller.Check(call))
		}
	}
	locked := saga.Call{Service: "library", Operation: "store_page", Parameters: map[string]any{"id": "7", "text": "locked"}}
	if err := caller.Call(t.Context(), locked, "k", ""); !errors.Is(err, domain.Conflict) {
		t.Error(err)
	}
}
