package domain_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
)

func TestEveryKindHasANameOfItsOwnAndMatchesOnlyItself(t *testing.T) {
	names := map[string]bool{}
	for _, kind := range domain.Kinds() {
		if names[kind.String()] || kind.String() == "unknown kind" {
			t.Errorf("kind %d has the name %q", kind, kind)
		}
		names[kind.String()] = true
		if got := domain.KindNamed(kind.String()); got != kind {
			t.Errorf("KindNamed(%q) = %v", kind, got)
		}
		for _, other := range domain.Kinds() {
			wrapped := fmt.Errorf("outer: %w", kind.New("message"))
			if got := errors.Is(wrapped, other); got != (kind == other) {
				t.Errorf("errors.Is(%v fault, %v) = %v", kind, other, got)
			}
		}
	}
	if got := domain.KindNamed("from a later program"); got != domain.Internal {
		t.Errorf("a name that no kind has gives %v", got)
	}
	if got := domain.Kind(200).Error(); got != "unknown kind" {
		t.Errorf("Kind(200).Error() = %q", got)
	}
}

func TestWithMethodsReturnCopies(t *testing.T) {
	base := domain.Conflict.New("taken")
	changed := base.WithCode("c").WithDetail("id", 7).WithField("f", "r", "m").WithRetryAfter(time.Second)
	if base.Code != "" || base.Details != nil || base.Fields != nil || base.RetryAfter != 0 {
		t.Fatalf("the original changed: %+v", base)
	}
	one, two := changed.WithField("a", "r", "m"), changed.WithField("b", "r", "m")
	if one.Fields[1].Field != "a" || two.Fields[1].Field != "b" {
		t.Fatalf("two copies share a slice: %v %v", one.Fields, two.Fields)
	}
	other := changed.WithDetail("id", 8)
	if changed.Details["id"] != 7 || other.Details["id"] != 8 {
		t.Fatalf("two copies share a map: %v %v", changed.Details, other.Details)
	}
	if changed.Code != "c" || changed.RetryAfter != time.Second {
		t.Fatalf("got %+v", changed)
	}
}

func TestErrorTextHoldsMessageFieldsAndCause(t *testing.T) {
	fault := domain.Storage.Wrap(io.ErrUnexpectedEOF, "cannot save").WithField("a", "r", "is bad").WithField("b", "r", "is worse")
	if got, want := fault.Error(), "cannot save: a is bad; b is worse: unexpected EOF"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := domain.NotFound.New("").Error(); got != "not found" {
		t.Errorf("a fault without message says %q", got)
	}
	if !errors.Is(fault, io.ErrUnexpectedEOF) {
		t.Error("the cause is lost")
	}
}

func TestFaultOf(t *testing.T) {
	inner := domain.NotFound.New("gone")
	cases := []struct {
		name string
		err  error
		kind domain.Kind
	}{
		{"a wrapped fault", fmt.Errorf("outer: %w", inner), domain.NotFound},
		{"a bare kind", fmt.Errorf("outer: %w", domain.Forbidden), domain.Forbidden},
		{"a deadline", fmt.Errorf("outer: %w", context.DeadlineExceeded), domain.Timeout},
		{"a cancellation", context.Canceled, domain.Timeout},
		{"anything else", errors.New("secret text"), domain.Internal},
	}
	for _, c := range cases {
		fault := domain.FaultOf(c.err)
		if fault.Kind != c.kind || strings.Contains(fault.Message, "secret") {
			t.Errorf("%s: got %v %q", c.name, fault.Kind, fault.Message)
		}
	}
	if domain.FaultOf(nil) != nil {
		t.Error("FaultOf(nil) is a fault")
	}
	if domain.FaultOf(context.Canceled).Code != "cancelled" {
		t.Error("a cancellation has no code of its own")
	}
}

func ExampleKind_New() {
	err := fmt.Errorf("reading the page: %w", domain.NotFound.New("No such document; check the id."))
	fmt.Println(errors.Is(err, domain.NotFound), domain.FaultOf(err).Message)
	// Output: true No such document; check the id.
}

func ExampleFault_WithField() {
	fault := domain.Invalid.New("The document is not acceptable.").WithField("content", "required", "must not be blank")
	fmt.Println(fault)
	// Output: The document is not acceptable.: content must not be blank
}

func ExampleFaultOf() {
	fmt.Println(domain.FaultOf(context.DeadlineExceeded).Kind)
	// Output: timeout
}
