package usecase

import "context"

// Around surrounds the execution of an operation: it may refuse, measure, change
// the context, or turn a panic into a fault. command points to the command.
//
// It must not return before next has, must not call next from two goroutines,
// and returning nil without calling next is a failure of the operation. Around
// a stream it surrounds the opening only.
type Around func(ctx context.Context, op *Operation, command any, next func(context.Context) error) error

// chain holds the decorators of one port, outermost first.
type chain struct {
	op      *Operation
	arounds []Around
}

// run is one execution of a chain. It walks by index and hands every decorator
// the same next, so that seven decorators cost no more allocations than one.
type run struct {
	chain   *chain
	command any
	last    func(context.Context) error
	next    func(context.Context) error
	at      int
}

func (c *chain) run(ctx context.Context, command any, last func(context.Context) error) error {
	r := &run{chain: c, command: command, last: last}
	r.next = r.step
	return r.step(ctx)
}

func (r *run) step(ctx context.Context) error {
	at := r.at
	if at == len(r.chain.arounds) {
		return r.last(ctx)
	}
	r.at = at + 1
	err := r.chain.arounds[at](ctx, r.chain.op, r.command, r.next)
	r.at = at
	return err
}

// Decorate surrounds every port of the table with the arounds, the first of
// them outermost. It replaces earlier decoration and must be called before the
// ports are executed.
func Decorate(operations []Operation, arounds ...Around) {
	for i := range operations {
		op := operations[i]
		op.Slot.decorate(&chain{op: &op, arounds: arounds})
	}
}
