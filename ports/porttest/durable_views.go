package porttest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

var durableViews = map[string]func(t *testing.T, open opener){
	"a run is described with its steps in order": describeSteps,
	"a run that is none is not found":            describeNone,
	"runs are listed by what is asked for":       listFilters,
	"runs are listed last started first":         listOrder,
	"waiting ends with its context":              waitEnds,
}

func describeSteps(t *testing.T, open opener) {
	slow := hold()
	b := working(t, open, program(func(flow durable.Flow, input []byte) ([]byte, error) {
		late := flow.Go(durable.Task{Step: "slow", Name: "late", Input: []byte(`"late"`)})
		for i := range 12 {
			if _, err := flow.Go(durable.Task{Step: "echo", Name: fmt.Sprint("s", i), Input: fmt.Append(nil, i)}).Wait(); err != nil {
				return nil, err
			}
		}
		_, _, err := flow.Receive("go", 0)
		if err != nil {
			return nil, err
		}
		return late.Wait()
	}, map[string]durable.Step{"echo": echo, "slow": slow.step}))
	before := time.Now().Add(-time.Minute)
	b.start("run", `0`)
	came(b, "the step", slow.calls)
	b.until("all but the first step are recorded", func() bool {
		run, err := b.Runtime.Describe(b.ctx, "run")
		return err == nil && len(run.Steps) == 12 && run.Steps[0].Name == "s0"
	})
	close(slow.let)
	b.ended("run")
	run, err := b.Runtime.Describe(b.ctx, "run")
	must(t, err)
	succeeded(t, run, `"late"`)
	if len(run.Steps) != 13 || run.Steps[0].Name != "late" || string(run.Steps[0].Output) != `"late"` {
		t.Fatalf("the steps are %+v", run.Steps)
	}
	for i, step := range run.Steps[1:] {
		if step.Name != fmt.Sprint("s", i) || string(step.Output) != fmt.Sprint(i) || step.Child || step.Fault != nil {
			t.Errorf("step %d is %+v", i, step)
		}
		if !step.Started.IsZero() && (step.Started.Before(before) || step.Ended.Before(step.Started)) {
			t.Errorf("step %d ran from %v to %v", i, step.Started, step.Ended)
		}
	}
}

func describeNone(t *testing.T, open opener) {
	b := working(t, open, program(chain(0), nil))
	_, err := b.Runtime.Describe(b.ctx, "none")
	wantKind(t, "Describe", err, domain.NotFound)
	_, err = b.Runtime.Wait(b.ctx, "none")
	wantKind(t, "Wait", err, domain.NotFound)
	runs, err := b.Runtime.List(b.ctx, durable.Query{})
	must(t, err)
	if len(runs) != 0 {
		t.Errorf("an empty runtime lists %+v", runs)
	}
}

func listFilters(t *testing.T, open opener) {
	b := working(t, open, durable.Registry{Programs: map[string]durable.Program{
		"p": func(_ durable.Flow, input []byte) ([]byte, error) {
			if string(input) == `"fail"` {
				return nil, full()
			}
			return input, nil
		},
		"q": receiving("go", 1, time.Hour),
	}})
	b.start("a_1", `1`)
	b.start("a%2", `"fail"`)
	b.start("A_3", `3`)
	for _, id := range []string{"ab4", "a_5", "b_6"} {
		must(t, b.Runtime.Start(b.ctx, durable.Start{ID: id, Program: "q"}))
	}
	for _, id := range []string{"a_1", "a%2", "A_3"} {
		b.ended(id)
	}
	must(t, b.Runtime.Pause(b.ctx, "a_5"))
	must(t, b.Runtime.Cancel(b.ctx, "b_6"))
	for _, c := range []struct {
		query durable.Query
		want  string
	}{
		{durable.Query{}, "A_3 a%2 a_1 a_5 ab4 b_6"},
		{durable.Query{Program: "p"}, "A_3 a%2 a_1"},
		{durable.Query{Program: "none"}, ""},
		{durable.Query{Prefix: "a_"}, "a_1 a_5"},
		{durable.Query{Prefix: "a%"}, "a%2"},
		{durable.Query{Prefix: "a_", Program: "q"}, "a_5"},
		{durable.Query{Status: durable.Running}, "ab4"},
		{durable.Query{Status: durable.Paused}, "a_5"},
		{durable.Query{Status: durable.Cancelled}, "b_6"},
		{durable.Query{Status: durable.Succeeded}, "A_3 a_1"},
		{durable.Query{Status: durable.Failed, Program: "p"}, "a%2"},
	} {
		runs := b.listed(c.query, func(runs []durable.Run) bool { return sortedIDs(runs) == c.want })
		wantSame(t, fmt.Sprintf("%+v", c.query), sortedIDs(runs), c.want)
	}
	runs, err := b.Runtime.List(b.ctx, durable.Query{Status: durable.Failed})
	must(t, err)
	if len(runs) == 1 {
		wantFault(t, runs[0].Fault, full())
	}
}

func listOrder(t *testing.T, open opener) {
	b := working(t, open, program(chain(0), nil))
	const many = 105
	for i := range many {
		b.start(fmt.Sprint("r", i), `0`)
	}
	b.listed(durable.Query{Limit: 1000}, func(runs []durable.Run) bool { return len(runs) == many })
	pages := map[string]bool{}
	last := time.Time{}
	for offset := 0; offset < many+10; offset += 10 {
		runs, err := b.Runtime.List(b.ctx, durable.Query{Limit: 10, Offset: offset})
		must(t, err)
		for _, run := range runs {
			if pages[run.ID] {
				t.Errorf("%s is on two pages", run.ID)
			}
			if !last.IsZero() && run.Started.After(last) {
				t.Errorf("%s was started after the run before it", run.ID)
			}
			pages[run.ID], last = true, run.Started
		}
	}
	if len(pages) != many {
		t.Errorf("the pages hold %d runs, want %d", len(pages), many)
	}
	runs, err := b.Runtime.List(b.ctx, durable.Query{})
	must(t, err)
	if len(runs) != 100 {
		t.Errorf("without a limit %d runs are listed, want 100", len(runs))
	}
	for _, run := range runs {
		b.ended(run.ID)
	}
}

func waitEnds(t *testing.T, open opener) {
	b := working(t, open, program(receiving("go", 1, time.Hour), nil))
	b.start("run", `0`)
	short, cancel := context.WithTimeout(b.ctx, 20*time.Millisecond)
	defer cancel()
	_, err := b.Runtime.Wait(short, "run")
	wantKind(t, "Wait", err, domain.Timeout)
}
