package domain_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"testing"

	"github.com/docsteward/docsteward/domain"
)

func TestTheZeroResultIsAFailure(t *testing.T) {
	var r domain.DomainResult[int]
	if r.Succeeded() || !errors.Is(r.Err(), domain.Internal) {
		t.Fatalf("got %v, %v", r.Succeeded(), r.Err())
	}
	if !errors.Is(domain.Fail[int](nil).Err(), domain.Internal) {
		t.Fatal("Fail(nil) is not a failure")
	}
	if next := domain.Map(r, strconv.Itoa); next.Succeeded() || next.Err() == nil {
		t.Fatal("Map of the zero result succeeded")
	}
}

func TestFromDropsTheValueOfAFailure(t *testing.T) {
	value, err := domain.From(7, domain.NotFound.New("gone")).Unwrap()
	if value != 0 || !errors.Is(err, domain.NotFound) {
		t.Fatalf("got %v, %v", value, err)
	}
	if value, err := domain.From(7, nil).Unwrap(); value != 7 || err != nil {
		t.Fatalf("got %v, %v", value, err)
	}
}

func TestNotesTravelAndAreNotShared(t *testing.T) {
	base := domain.Ok(1).WithWarnings("a")
	one, two := base.WithWarnings("b"), base.WithWarnings("c")
	if one.Warnings()[1] != "b" || two.Warnings()[1] != "c" || len(base.Warnings()) != 1 {
		t.Fatalf("got %v %v %v", base.Warnings(), one.Warnings(), two.Warnings())
	}
	said := base.WithMessage("hello")
	if said.Message() != "hello" || said.Warnings()[0] != "a" || base.Message() != "" {
		t.Fatalf("got %q %v", said.Message(), said.Warnings())
	}
	if base.WithWarnings().Warnings()[0] != "a" {
		t.Fatal("adding no warning lost one")
	}
	if mapped := domain.Map(said, strconv.Itoa); mapped.Message() != "hello" || mapped.Warnings()[0] != "a" {
		t.Fatal("Map lost the notes")
	}
}

func TestThen(t *testing.T) {
	double := func(n int) domain.DomainResult[int] {
		return domain.Ok(2 * n).WithWarnings("doubled").WithMessage("done")
	}
	out := domain.Then(domain.Ok(2).WithWarnings("first"), double)
	if v, _ := out.Unwrap(); v != 4 || fmt.Sprint(out.Warnings()) != "[first doubled]" || out.Message() != "done" {
		t.Fatalf("got %v %v %q", v, out.Warnings(), out.Message())
	}
	if v, _ := domain.Then(domain.Ok(2), double).Unwrap(); v != 4 {
		t.Fatalf("got %v", v)
	}
	failed := domain.Then(domain.Fail[int](domain.Conflict.New("no")), func(int) domain.DomainResult[int] {
		t.Error("next was called after a failure")
		return domain.Ok(0)
	})
	if !errors.Is(failed.Err(), domain.Conflict) {
		t.Fatalf("got %v", failed.Err())
	}
}

func TestAResultDoesNotMarshal(t *testing.T) {
	if _, err := json.Marshal(domain.Ok(1)); err == nil {
		t.Fatal("a result became JSON")
	}
}

func TestTheSuccessPathDoesNotAllocate(t *testing.T) {
	square := func(n int) int { return n * n }
	got := testing.AllocsPerRun(100, func() {
		r := domain.Map(domain.Ok(3), square)
		if v, err := r.Unwrap(); v != 9 || err != nil || !r.Succeeded() {
			t.Fatal("wrong result")
		}
	})
	if got != 0 {
		t.Fatalf("%v allocations, want 0", got)
	}
}

func BenchmarkSuccessPath(b *testing.B) {
	square := func(n int) int { return n * n }
	b.ReportAllocs()
	for b.Loop() {
		if _, err := domain.Map(domain.Ok(3), square).Unwrap(); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleOk() {
	r := domain.Ok(41).WithMessage("Almost there.")
	fmt.Println(r.Succeeded(), r.Message())
	// Output: true Almost there.
}

func ExampleThen() {
	parse := func(s string) domain.DomainResult[int] { return domain.From(strconv.Atoi(s)) }
	fmt.Println(domain.Then(domain.Ok("42"), parse).Unwrap())
	// Output: 42 <nil>
}

func ExampleMap() {
	fmt.Println(domain.Map(domain.Ok(2), strconv.Itoa).Unwrap())
	// Output: 2 <nil>
}
