package servicecall_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/action/servicecall"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

type getPage struct {
	ID    string   `json:"id" path:"id" maxLength:"20"`
	Tags  []string `json:"tags" query:"tags"`
	Limit int      `json:"limit" query:"limit" default:"7"`
}

type putPage struct {
	ID   string `json:"id" path:"id"`
	Text string `json:"text" required:"true"`
}

type listRecent struct{}

type answer struct {
	What string `json:"what"`
}

type library struct {
	Get    usecase.Port[getPage, answer]
	Put    usecase.Port[putPage, answer]
	Recent usecase.Port[listRecent, answer]
}

// pages is a performer over a library of which the last call's context is kept.
func pages(t *testing.T, last *usecase.Meta) *servicecall.Performer {
	l := new(library)
	l.Get.HandleFunc(func(ctx context.Context, c getPage) (answer, error) {
		*last = usecase.MetaOf(ctx)
		return answer{fmt.Sprint("get ", c.ID, c.Tags, c.Limit)}, nil
	})
	l.Put.HandleFunc(func(_ context.Context, c putPage) (answer, error) {
		if c.Text == "gone" {
			return answer{}, domain.NotFound.New("no such page")
		}
		return answer{"put " + c.ID + " " + c.Text}, nil
	})
	l.Recent.HandleFunc(func(context.Context, listRecent) (answer, error) { return answer{"recent"}, nil })
	table := []usecase.Operation{
		usecase.Get("/pages/{id}", "Read a page.", &l.Get), usecase.Put("/pages/{id}", "Write a page.", &l.Put), usecase.Get("/pages/recent", "List pages.", &l.Recent),
	}
	if err := usecase.Check(l, table); err != nil {
		t.Fatal(err)
	}
	return servicecall.New("orchestrator", servicecall.Tables{"library": table})
}

func TestOperationsAreFound(t *testing.T) {
	var last usecase.Meta
	p := pages(t, &last)
	for _, c := range []struct {
		endpoint, method string
		parameters       map[string]any
		want             string
	}{
		{"/pages/a%2Fb?tags=x&tags=y&limit=3", "GET", nil, "get a/b[x y] 3"},
		{"/pages/{id}", "get", map[string]any{"id": "7", "limit": 3.0}, "get 7[] 3"},
		{"getPage", "", map[string]any{"id": "7", "gone": nil}, "get 7[] 7"},
		{"/pages/recent", "GET", nil, "recent"},
		{"/pages/9", "PUT", map[string]any{"text": "hello"}, "put 9 hello"},
	} {
		config := map[string]any{"service": "library", "endpoint": c.endpoint, "method": c.method}
		if c.parameters != nil {
			config["parameters"] = c.parameters
		}
		got, err := p.Perform(context.Background(), workflows.Call{Config: config, Key: "run/one", User: "ada"})
		if err != nil || got.(map[string]any)["what"] != c.want {
			t.Errorf("%s %s: %v, %v", c.method, c.endpoint, got, err)
		}
		if wrong := p.Check(config); wrong != "" {
			t.Errorf("%s: %s", c.endpoint, wrong)
		}
	}
	if last.IdempotencyKey != "run/one" || last.Caller.User != "ada" || last.Caller.Service != "orchestrator" {
		t.Errorf("the call says %+v", last)
	}
}

func TestWhatCannotBeCalledIsTold(t *testing.T) {
	p := pages(t, new(usecase.Meta))
	for _, c := range []struct {
		config map[string]any
		kind   domain.Kind
		told   string
	}{
		{map[string]any{"service": "shop", "endpoint": "/x"}, domain.Rejected, "There is no service shop; there are library."},
		{map[string]any{"service": "library", "endpoint": "/x"}, domain.Rejected, "no operation"},
		{map[string]any{"service": "library", "endpoint": "/pages/1"}, domain.Rejected, "give the method"},
		{map[string]any{"service": "library", "endpoint": "/pages/1", "method": "PUT"}, domain.Invalid, "text"},
		{map[string]any{"service": "library", "endpoint": "/pages/1", "method": "GET", "parameters": map[string]any{"colour": 1.0}}, domain.Invalid, "colour"},
		{map[string]any{"service": "library", "endpoint": "/pages/1", "method": "PUT", "parameters": map[string]any{"text": "gone"}}, domain.NotFound, "no such page"},
	} {
		_, err := p.Perform(context.Background(), workflows.Call{Config: c.config})
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.told) {
			t.Errorf("%v: %v", c.config, err)
		}
	}
	if wrong := p.Check(map[string]any{"service": "{{which}}", "endpoint": "/x"}); wrong != "" {
		t.Errorf("what is not known yet is judged: %s", wrong)
	}
}
