package attempt_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/adapters/durable/attempt"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

func TestFaultsAreWrittenDown(t *testing.T) {
	for _, kind := range domain.Kinds() {
		fault := kind.New("Say it.").WithCode("c").WithField("a.b", "required", "is needed").WithDetail("n", "1").WithRetryAfter(time.Minute)
		read, err := attempt.DecodeFault(attempt.EncodeFault(fault))
		if err != nil || !reflect.DeepEqual(read, fault) {
			t.Errorf("%v: read %#v, %v", kind, read, err)
		}
	}
	caused := attempt.EncodeFault(domain.Upstream.Wrap(errors.New("refused"), "Away."))
	if read, err := attempt.DecodeFault(caused); err != nil || read.Error() != "Away.: refused" {
		t.Errorf("read %v, %v", read, err)
	}
	odd := attempt.EncodeFault(domain.Invalid.New("Odd.").WithDetail("f", func() {}))
	if read, err := attempt.DecodeFault(odd); err != nil || read.Message != "Odd." {
		t.Errorf("read %v, %v", read, err)
	}
}

func FuzzDecodeFault(f *testing.F) {
	f.Add([]byte(`{"kind":"timeout","message":"m"}`))
	f.Add([]byte(`{"kind":"a new one"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		fault, err := attempt.DecodeFault(text)
		if err != nil {
			return
		}
		again, err := attempt.DecodeFault(attempt.EncodeFault(fault))
		if err != nil || again.Kind != fault.Kind || again.Message != fault.Message {
			t.Errorf("%+v became %+v, %v", fault, again, err)
		}
	})
}

func ExampleStep() {
	steps := map[string]durable.Step{"greet": func(_ context.Context, call durable.Call) ([]byte, error) {
		if call.Attempt == 1 {
			return nil, domain.Unavailable.New("Not yet.")
		}
		return fmt.Appendf(nil, "%q", "hello after "+call.Key), nil
	}}
	task := durable.Task{Step: "greet", Name: "g", Retry: durable.Retry{Attempts: 2, Delay: time.Millisecond}}
	output, fault := attempt.Step(context.Background(), systemclock.Clock{}, steps, "run", task)
	fmt.Println(string(output), fault)
	// Output: "hello after run/g" <nil>
}
