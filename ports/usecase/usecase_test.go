package usecase_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
)

type greet struct{ Name string }
type count struct{ To int }

type menu struct {
	Greet usecase.Port[greet, string]
	Count usecase.Stream[count, int]
}

func operations(m *menu) []usecase.Operation {
	return []usecase.Operation{
		usecase.Post("/greet", "Greet somebody.", &m.Greet, usecase.Created, usecase.Needs("greet"), usecase.MaxBody(9)),
		usecase.Watch("/count", "Count.", &m.Count),
	}
}

func filled() *menu {
	m := &menu{}
	m.Greet.HandleFunc(func(_ context.Context, c greet) (string, error) { return "hello " + c.Name, nil })
	m.Count.HandleFunc(func(_ context.Context, c count) (iter.Seq2[int, error], error) {
		return func(yield func(int, error) bool) {
			for i := range c.To {
				if !yield(i, nil) {
					return
				}
			}
			yield(0, domain.Unavailable.New("enough"))
		}, nil
	})
	return m
}

func TestAnEmptyPortAnswersAFaultWithItsName(t *testing.T) {
	var m menu
	err := m.Greet.Execute(context.Background(), greet{}).Err()
	if !errors.Is(err, domain.Internal) || !strings.Contains(err.Error(), "greet") {
		t.Fatalf("got %v", err)
	}
}

func TestAPortIsFilledOnce(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Fatal("a second filling was accepted")
		}
	}()
	m := filled()
	m.Greet.HandleFunc(func(context.Context, greet) (string, error) { return "", nil })
}

func TestDecoratorsSurroundInOrderAndMayChangeTheCommand(t *testing.T) {
	m := filled()
	var trail []string
	mark := func(name string) usecase.Around {
		return func(ctx context.Context, op *usecase.Operation, command any, next func(context.Context) error) error {
			trail = append(trail, name+" "+op.Name)
			if c, ok := command.(*greet); ok {
				c.Name += name
			}
			err := next(ctx)
			trail = append(trail, name+" done")
			return err
		}
	}
	usecase.Decorate(operations(m), mark("a"), mark("b"))
	got, err := m.Greet.Execute(context.Background(), greet{Name: "x"}).Unwrap()
	if err != nil || got != "hello xab" {
		t.Fatalf("got %q, %v", got, err)
	}
	if fmt.Sprint(trail) != "[a greet b greet b done a done]" {
		t.Fatalf("got %v", trail)
	}
}

func TestADecoratorMayTryAgain(t *testing.T) {
	var m menu
	calls := 0
	m.Greet.HandleFunc(func(context.Context, greet) (string, error) {
		if calls++; calls < 3 {
			return "", domain.Unavailable.New("not yet")
		}
		return "at last", nil
	})
	again := func(ctx context.Context, _ *usecase.Operation, _ any, next func(context.Context) error) error {
		for {
			if err := next(ctx); err == nil {
				return nil
			}
		}
	}
	pass := func(ctx context.Context, _ *usecase.Operation, _ any, next func(context.Context) error) error {
		return next(ctx)
	}
	usecase.Decorate(operations(&m)[:1], again, pass)
	if got, err := m.Greet.Execute(context.Background(), greet{}).Unwrap(); got != "at last" || err != nil || calls != 3 {
		t.Fatalf("got %q, %v after %d calls", got, err, calls)
	}
}

func TestADecoratorThatForgetsNextIsAFailure(t *testing.T) {
	m := filled()
	usecase.Decorate(operations(m), func(context.Context, *usecase.Operation, any, func(context.Context) error) error { return nil })
	if err := m.Greet.Execute(context.Background(), greet{}).Err(); !errors.Is(err, domain.Internal) {
		t.Fatalf("got %v", err)
	}
}

func TestCheckNamesEveryFaultOfAMenu(t *testing.T) {
	if err := usecase.Check(filledPointer()); err != nil {
		t.Fatal(err)
	}
	m := &menu{}
	rows := operations(m)
	err := usecase.Check(m, append(rows[:1:1], rows[0]))
	for _, want := range []string{"greet has no implementation", "two operations are named greet", "share the route POST /greet", "Count is reached by no operation"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the fault %v does not say %q", err, want)
		}
	}
	odd := &struct{ Odd int }{}
	if err := usecase.Check(odd, nil); err == nil || !strings.Contains(err.Error(), "Odd is not a port") {
		t.Errorf("got %v", err)
	}
}

func filledPointer() (*menu, []usecase.Operation) {
	m := filled()
	return m, operations(m)
}

// echo is a Remote that runs the slots of another menu: a network without one.
type echo struct{ slot usecase.Slot }

func (e echo) Call(ctx context.Context, command, value any) (string, []string, error) {
	reply, err := e.slot.Invoke(ctx, command)
	if err != nil {
		return "", nil, err
	}
	data, err := json.Marshal(reply.Value)
	if err != nil {
		return "", nil, err
	}
	return "by wire", []string{"far"}, json.Unmarshal(data, value)
}

func (e echo) Open(ctx context.Context, command any, newItem func() any) (iter.Seq2[any, error], error) {
	reply, err := e.slot.Invoke(ctx, command)
	if err != nil {
		return nil, err
	}
	return func(yield func(any, error) bool) {
		for item, err := range reply.Value.(iter.Seq2[any, error]) {
			into := newItem()
			data, _ := json.Marshal(item)
			_ = json.Unmarshal(data, into)
			if !yield(into, err) {
				return
			}
		}
	}, nil
}

func TestSlotsCarryCommandsAndValuesWithoutTheirTypes(t *testing.T) {
	far, near := filled(), &menu{}
	rows := operations(far)
	for i, op := range operations(near) {
		op.Slot.Fill(echo{rows[i].Slot})
	}
	result := near.Greet.Execute(context.Background(), greet{Name: "you"})
	if got, err := result.Unwrap(); got != "hello you" || err != nil || result.Message() != "by wire" || len(result.Warnings()) != 1 {
		t.Fatalf("got %q, %v", got, err)
	}
	items, err := near.Count.Execute(context.Background(), count{To: 3}).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	var seen []int
	var last error
	for item, err := range items {
		seen, last = append(seen, item), err
	}
	if fmt.Sprint(seen) != "[0 1 2 0]" || !errors.Is(last, domain.Unavailable) {
		t.Fatalf("got %v, %v", seen, last)
	}
	for range items {
		break
	}
}

func TestOptionalTellsAbsentNullAndValueApart(t *testing.T) {
	type patch struct {
		A usecase.Optional[string] `json:"a,omitzero"`
		B usecase.Optional[string] `json:"b,omitzero"`
		C usecase.Optional[string] `json:"c,omitzero"`
	}
	var p patch
	if err := json.Unmarshal([]byte(`{"a":null,"b":"x"}`), &p); err != nil {
		t.Fatal(err)
	}
	value, ok := p.B.Get()
	if !p.A.IsNull() || !p.A.Present() || !ok || value != "x" || p.C.Present() || !p.C.IsZero() {
		t.Fatalf("got %+v", p)
	}
	*p.A.Target().(*string) = "y"
	if value, ok := p.A.Get(); !ok || value != "y" {
		t.Fatalf("a value put behind a null is %q, %v", value, ok)
	}
	p.A = usecase.Null[string]()
	data, err := json.Marshal(p)
	if err != nil || string(data) != `{"a":null,"b":"x"}` {
		t.Fatalf("got %s, %v", data, err)
	}
}

func TestMetaTravelsInTheContext(t *testing.T) {
	ctx := usecase.WithMeta(context.Background(), usecase.Meta{Correlation: "c", Caller: usecase.Caller{User: "u"}})
	m := usecase.MetaOf(usecase.AsService(ctx, "doc_store"))
	if m.Correlation != "c" || m.Caller.User != "u" || m.Caller.Service != "doc_store" {
		t.Fatalf("got %+v", m)
	}
	if usecase.MetaOf(context.Background()).Correlation != "" {
		t.Fatal("an empty context carries something")
	}
}

func BenchmarkPortBesideADirectCall(b *testing.B) {
	direct := usecase.Func[greet, int](func(context.Context, greet) domain.DomainResult[int] { return domain.Ok(1) })
	run := func(b *testing.B, u usecase.UseCase[greet, int]) {
		b.ReportAllocs()
		for b.Loop() {
			if u.Execute(context.Background(), greet{}).Err() != nil {
				b.Fatal("failed")
			}
		}
	}
	b.Run("direct", func(b *testing.B) { run(b, direct) })
	b.Run("port", func(b *testing.B) {
		var p usecase.Port[greet, int]
		p.Handle(direct)
		run(b, &p)
	})
	b.Run("port-with-7-decorators", func(b *testing.B) {
		var p usecase.Port[greet, int]
		p.Handle(direct)
		pass := func(ctx context.Context, _ *usecase.Operation, _ any, next func(context.Context) error) error {
			return next(ctx)
		}
		usecase.Decorate([]usecase.Operation{usecase.Post("/", "", &p)}, pass, pass, pass, pass, pass, pass, pass)
		run(b, &p)
	})
}

func ExamplePort() {
	var m menu
	m.Greet.HandleFunc(func(_ context.Context, c greet) (string, error) { return "hello " + c.Name, nil })
	var dependency usecase.UseCase[greet, string] = &m.Greet
	fmt.Println(dependency.Execute(context.Background(), greet{Name: "reader"}).Unwrap())
	// Output: hello reader <nil>
}
