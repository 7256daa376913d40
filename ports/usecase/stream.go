package usecase

import (
	"context"
	"iter"
	"reflect"

	"github.com/docsteward/docsteward/domain"
)

type streamSlot[C, R any] struct{ p *Stream[C, R] }

func (s streamSlot[C, R]) Command() reflect.Type { return s.p.commandType() }
func (s streamSlot[C, R]) Value() reflect.Type   { return reflect.TypeFor[R]() }
func (s streamSlot[C, R]) Filled() bool          { return s.p.filled() }
func (s streamSlot[C, R]) NewCommand() any       { return new(C) }
func (s streamSlot[C, R]) decorate(c *chain)     { s.p.decorate(c) }
func (s streamSlot[C, R]) port() any             { return s.p }

func (s streamSlot[C, R]) Invoke(ctx context.Context, command any) (Reply, error) {
	result := s.p.Execute(ctx, *command.(*C))
	items, err := result.Unwrap()
	if err != nil {
		return Reply{}, err
	}
	var untyped iter.Seq2[any, error] = func(yield func(any, error) bool) {
		for item, err := range items {
			if !yield(item, err) {
				return
			}
		}
	}
	return Reply{Value: untyped, Message: result.Message(), Warnings: result.Warnings()}, nil
}

func (s streamSlot[C, R]) Fill(remote Remote) {
	s.p.HandleFunc(func(ctx context.Context, command C) (iter.Seq2[R, error], error) {
		items, err := remote.Open(ctx, &command, func() any { return new(R) })
		if err != nil {
			return nil, err
		}
		return typed[R](items), nil
	})
}

// typed turns a sequence of *R into one of R; the item of a failing pair is zero.
func typed[R any](items iter.Seq2[any, error]) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		for item, err := range items {
			var value R
			if pointer, ok := item.(*R); ok && err == nil {
				value = *pointer
			}
			if !yield(value, err) {
				return
			}
		}
	}
}

// EndOnce returns a sequence that yields err and ends: how a stream reports a
// failure after its opening.
func EndOnce[R any](err error) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		var zero R
		yield(zero, domain.FaultOf(err))
	}
}
