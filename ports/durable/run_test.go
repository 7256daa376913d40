package durable_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

func TestRetryWait(t *testing.T) {
	later := domain.RateLimited.New("Wait.").WithRetryAfter(5 * time.Second)
	for _, c := range []struct {
		retry   durable.Retry
		attempt int
		fault   *domain.Fault
		want    time.Duration
	}{
		{durable.Retry{}, 2, nil, 0},
		{durable.Retry{Delay: time.Second}, 2, nil, time.Second},
		{durable.Retry{Delay: time.Second}, 4, nil, 4 * time.Second},
		{durable.Retry{Delay: time.Second, Factor: 1.5}, 4, nil, 2250 * time.Millisecond},
		{durable.Retry{Delay: time.Second, MaxDelay: 3 * time.Second}, 9, nil, 3 * time.Second},
		{durable.Retry{Delay: time.Second}, 1000, nil, 300 * time.Second},
		{durable.Retry{Delay: time.Second}, 2, later, 5 * time.Second},
		{durable.Retry{Delay: time.Minute}, 2, later, time.Minute},
		{durable.Retry{Delay: time.Second, MaxDelay: 2 * time.Second}, 2, later, 2 * time.Second},
	} {
		if got := c.retry.Wait(c.attempt, c.fault); got != c.want {
			t.Errorf("%+v, attempt %d: got %v, want %v", c.retry, c.attempt, got, c.want)
		}
	}
}

func TestTransient(t *testing.T) {
	transient := map[domain.Kind]bool{domain.Upstream: true, domain.Unavailable: true, domain.Timeout: true, domain.RateLimited: true, domain.Storage: true}
	for _, kind := range domain.Kinds() {
		if got := durable.Transient(fmt.Errorf("wrapped: %w", kind.New("m"))); got != transient[kind] {
			t.Errorf("%v: got %v", kind, got)
		}
	}
	if durable.Transient(nil) || durable.Transient(errors.New("of no kind")) || durable.Transient(context.Canceled) {
		t.Error("what is no fault of a transient kind is not transient")
	}
}

func TestStartCheck(t *testing.T) {
	for id, want := range map[string]bool{"a": true, "a:b/c": true, strings.Repeat("ü", 200): true,
		"": false, strings.Repeat("a", 201): false, "a::b": false, "\xff": false} {
		if err := (durable.Start{ID: id}).Check(); (err == nil) != want || err != nil && !errors.Is(err, domain.Invalid) {
			t.Errorf("%.20q: got %v", id, err)
		}
	}
}

func ExampleRetry_Wait() {
	retry := durable.Retry{Attempts: 4, Delay: 2 * time.Second, MaxDelay: 5 * time.Second}
	for attempt := 2; attempt <= retry.Attempts; attempt++ {
		fmt.Println(retry.Wait(attempt, nil))
	}
	// Output:
	// 2s
	// 4s
	// 5s
}
