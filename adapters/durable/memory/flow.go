package durablemem

import (
	"slices"
	"time"

	"github.com/docsteward/docsteward/adapters/durable/attempt"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

// flow is the durable.Flow of one execution. Its calls are numbered; a number
// that is recorded is answered from the record.
type flow struct {
	runtime *Runtime
	run     *run
	now     *execution
	calls   int
	started []*pending
}

// pending is a step or a child that was started.
type pending struct {
	flow *flow
	// done is closed when record holds the outcome, or the execution ended.
	done   chan struct{}
	record *record
	// child says what was started; the record may belong to a later execution too.
	child bool
}

// Run implements durable.Flow.
func (f *flow) Run() string { return f.run.ID }

// next returns the record of the next call, and whether it is done already; nil
// once the run is to stop. The caller holds the lock.
func (f *flow) next() *record {
	if f.run.now != f.now {
		return nil
	}
	number := f.calls
	f.calls++
	if f.run.records[number] == nil {
		f.run.records[number] = &record{}
	}
	return f.run.records[number]
}

// Go implements durable.Flow.
func (f *flow) Go(task durable.Task) durable.Pending {
	return f.begin(durable.Record{Name: task.Name}, func() ([]byte, *domain.Fault, bool) {
		output, fault := attempt.Step(f.now.ctx, f.runtime.clock, f.runtime.registry.Steps, f.run.ID, task)
		return output, fault, true
	})
}

// begin starts work unless its outcome is recorded.
func (f *flow) begin(named durable.Record, work func() ([]byte, *domain.Fault, bool)) *pending {
	f.runtime.mu.Lock()
	defer f.runtime.mu.Unlock()
	p := &pending{flow: f, done: make(chan struct{}), record: f.next(), child: named.Child}
	if p.record == nil || p.record.done {
		close(p.done)
		return p
	}
	p.record.Record = named
	p.record.Started = f.runtime.clock.Now()
	f.started = append(f.started, p)
	go func() {
		defer close(p.done)
		output, fault, known := work()
		f.runtime.mu.Lock()
		defer f.runtime.mu.Unlock()
		if known && f.run.now == f.now {
			p.record.Output, p.record.Fault = slices.Clone(output), fault
			p.record.Ended, p.record.done = f.runtime.clock.Now(), true
		}
	}()
	return p
}

// Wait implements durable.Pending.
func (p *pending) Wait() ([]byte, error) {
	select {
	case <-p.done:
	case <-p.flow.now.ctx.Done():
	}
	p.flow.runtime.mu.Lock()
	defer p.flow.runtime.mu.Unlock()
	switch {
	case p.flow.run.now != p.flow.now || p.record == nil || !p.record.done:
		return nil, durable.ErrStopped
	case p.record.Fault != nil:
		return nil, p.record.Fault
	}
	return slices.Clone(p.record.Output), nil
}

// settle waits for the steps that were started; children go on by themselves.
func (f *flow) settle() {
	for _, p := range f.started {
		if !p.child {
			<-p.done
		}
	}
	f.now.cancel()
	for _, p := range f.started {
		<-p.done
	}
}

// Child implements durable.Flow.
func (f *flow) Child(id, program string, input []byte) durable.Pending {
	f.runtime.mu.Lock()
	fault := f.runtime.child(durable.Start{ID: id, Program: program, Input: input, Parent: f.run.ID})
	f.runtime.mu.Unlock()
	return f.begin(durable.Record{Name: id, Child: true}, func() ([]byte, *domain.Fault, bool) {
		if fault != nil {
			return nil, fault, true
		}
		ended, err := f.runtime.Wait(f.now.ctx, id)
		if err != nil {
			return nil, nil, false // this execution ended
		}
		if ended.Status == durable.Cancelled {
			return nil, durable.CancelledChild(id), true
		}
		return ended.Output, ended.Fault, true
	})
}

// child starts the run unless it is there. The caller holds the lock.
func (r *Runtime) child(start durable.Start) *domain.Fault {
	if err := start.Check(); err != nil {
		return domain.FaultOf(err)
	}
	if parent := r.runs[start.Parent]; r.runs[start.ID] != nil || parent.Status != durable.Running {
		return nil
	}
	return domain.FaultOf(r.start(start))
}

// Sleep implements durable.Flow.
func (f *flow) Sleep(d time.Duration) error {
	f.runtime.mu.Lock()
	slept := f.next()
	if slept == nil {
		f.runtime.mu.Unlock()
		return durable.ErrStopped
	}
	f.runtime.deadline(slept, d)
	f.runtime.mu.Unlock()
	return f.until(slept.wake, nil)
}

// deadline fixes when a sleep or a wait ends, once. The caller holds the lock.
func (r *Runtime) deadline(of *record, d time.Duration) {
	of.hidden = true
	if of.wake.IsZero() {
		of.wake = r.clock.Now().Add(d)
	}
}

// until waits for the instant or the change, and fails when the run is to stop.
func (f *flow) until(instant time.Time, changed <-chan struct{}) error {
	timer := f.runtime.clock.NewTimer(instant.Sub(f.runtime.clock.Now()))
	defer timer.Stop()
	select {
	case <-timer.C():
	case <-changed:
	case <-f.now.ctx.Done():
		return durable.ErrStopped
	}
	return nil
}

// Receive implements durable.Flow.
func (f *flow) Receive(name string, timeout time.Duration) ([]byte, bool, error) {
	f.runtime.mu.Lock()
	taken := f.next()
	if taken != nil {
		f.runtime.deadline(taken, timeout)
	}
	for {
		if taken == nil || f.run.now != f.now {
			f.runtime.mu.Unlock()
			return nil, false, durable.ErrStopped
		}
		if f.take(taken, name) {
			defer f.runtime.mu.Unlock()
			return slices.Clone(taken.Output), taken.came, nil
		}
		changed := f.run.changed
		f.runtime.mu.Unlock()
		if err := f.until(taken.wake, changed); err != nil {
			return nil, false, err
		}
		f.runtime.mu.Lock()
	}
}

// take reports whether the receipt is over: it was before, a signal is there, or
// its time has passed. The caller holds the lock.
func (f *flow) take(taken *record, name string) bool {
	if taken.done {
		return true
	}
	if queue := f.run.signals[name]; len(queue) > 0 {
		taken.Output, taken.came, taken.done = queue[0], true, true
		f.run.signals[name] = queue[1:]
		return true
	}
	taken.done = !f.runtime.clock.Now().Before(taken.wake)
	return taken.done
}
