// Package httptable proves that a service's table of operations crosses the
// wire: what a use case returns behind a server is what the typed client hands
// to its caller.
package httptable

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"net/http/httptest"
	"reflect"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/adapters/http/httpclient"
	"github.com/docsteward/docsteward/adapters/http/httpkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/ids/idstest"
	"github.com/docsteward/docsteward/ports/usecase"
)

// RoundTrip proves a table: for every operation, made values, every kind of
// fault with its fields, the correlation id, message and warnings arrive as they
// were sent, and the command arrives as it was called, with every field set and
// with only the required ones. The table has a document, too. table returns the
// operations over a fresh, empty menu at each call.
func RoundTrip(t *testing.T, table func() []usecase.Operation) {
	far, near := table(), table()
	ends := make([]*end, len(far))
	for i, op := range far {
		ends[i] = &end{op: op}
		op.Slot.Fill(ends[i])
	}
	server := httpkit.NewServer(httpkit.Options{Service: "test", Logger: slog.New(slog.DiscardHandler), Clock: clocktest.New(), IDs: idstest.New("id")})
	if err := server.Mount(far); err != nil {
		t.Fatal(err)
	}
	if _, err := httpkit.Document("test", "1", far); err != nil {
		t.Fatal(err)
	}
	listening := httptest.NewServer(server.Handler())
	t.Cleanup(listening.Close)
	client := httpclient.New(httpclient.Options{Base: listening.URL, Clock: clocktest.New(), Attempts: 1, Timeout: time.Minute})
	if err := client.Fill(near); err != nil {
		t.Fatal(err)
	}
	for i, op := range near {
		t.Run(op.Name, func(t *testing.T) {
			client.Breaker().Close()
			ends[i].crossValue(t, op, full)
			ends[i].crossValue(t, op, sparse)
			ends[i].crossFaults(t, op, client)
		})
	}
}

// end is the far side of one operation.
type end struct {
	op      usecase.Operation
	command any
	body    string
	meta    usecase.Meta
	value   any
	fault   error
}

// Call implements usecase.Remote.
func (e *end) Call(ctx context.Context, command, value any) (string, []string, error) {
	e.command, e.meta, e.body = command, usecase.MetaOf(ctx), takeStream(command)
	if e.fault != nil {
		return "", nil, e.fault
	}
	reflect.ValueOf(value).Elem().Set(reflect.ValueOf(e.value).Elem())
	return "a message", []string{"one", "two"}, nil
}

// Open implements usecase.Remote.
func (e *end) Open(ctx context.Context, command any, _ func() any) (iter.Seq2[any, error], error) {
	e.command, e.meta = command, usecase.MetaOf(ctx)
	return func(yield func(any, error) bool) {
		if yield(e.value, nil) && e.fault != nil {
			yield(nil, e.fault)
		}
	}, nil
}

func (e *end) crossValue(t *testing.T, op usecase.Operation, h how) {
	t.Helper()
	command := made(t, op, h)
	e.value, e.fault = reflect.New(op.Slot.Value()).Interface(), nil
	fill(reflect.ValueOf(e.value).Elem(), "", 0, h)
	key := fmt.Sprint("k-", h) // each command is another intent
	ctx := usecase.WithMeta(context.Background(), usecase.Meta{Correlation: "c-1", IdempotencyKey: key})
	reply, err := op.Slot.Invoke(ctx, command)
	if err != nil {
		t.Fatalf("a success became %v", err)
	}
	if e.meta.Correlation != "c-1" || e.meta.IdempotencyKey != key {
		t.Errorf("the ids became %+v", e.meta)
	}
	if op.Uploading && e.body != streamed {
		t.Errorf("the body became %q", e.body)
	}
	takeStream(command)
	if !same(command, e.command) {
		t.Errorf("the command became\n%+v\nwant\n%+v", e.command, command)
	}
	want := reflect.ValueOf(e.value).Elem().Interface()
	if op.Streaming {
		for item, err := range reply.Value.(iter.Seq2[any, error]) {
			if err != nil || !same(item, want) {
				t.Errorf("the item became\n%+v, %v\nwant\n%+v", item, err, want)
			}
		}
		return
	}
	if !same(reply.Value, want) {
		t.Errorf("the value became\n%+v\nwant\n%+v", reply.Value, want)
	}
	if !op.Direct && (reply.Message != "a message" || len(reply.Warnings) != 2) {
		t.Errorf("message and warnings became %q, %v", reply.Message, reply.Warnings)
	}
}

// made returns a command that obeys its rules, with the defaults filled in as the
// receiver does.
func made(t *testing.T, op usecase.Operation, h how) any {
	t.Helper()
	command := op.Slot.NewCommand()
	fill(reflect.ValueOf(command).Elem(), "", 0, h)
	plan, err := bind.For(op.Slot.Command())
	if err != nil {
		t.Fatal(err)
	}
	if err := plan.Check(command); err != nil {
		t.Fatalf("no command can be made that obeys the rules of its own tags: %v", err)
	}
	return command
}

func (e *end) crossFaults(t *testing.T, op usecase.Operation, client *httpclient.Client) {
	t.Helper()
	for _, kind := range domain.Kinds() {
		client.Breaker().Close()
		want := kind.New("what to do").WithCode("own").WithDetail("id", "x").WithDetail("version", 7).WithField("a[0].b", "rule", "is bad").WithRetryAfter(2 * time.Second)
		e.fault = want
		command := made(t, op, full)
		reply, err := op.Slot.Invoke(context.Background(), command)
		if op.Streaming && err == nil {
			for _, last := range reply.Value.(iter.Seq2[any, error]) {
				err = last
			}
		}
		var got *domain.Fault
		if !errors.As(err, &got) || !reflect.DeepEqual(got, want) {
			t.Errorf("%v became\n%+v\nwant\n%+v", kind, got, want)
		}
	}
}
