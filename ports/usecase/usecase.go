package usecase

import (
	"context"
	"fmt"
	"iter"
	"reflect"

	"github.com/docsteward/docsteward/domain"
)

// UseCase is what a service asks for when it depends on another's use case.
// Execute returns a success or a failure whose error holds one domain.Fault; it
// obeys the deadline and cancellation of ctx.
type UseCase[C, R any] interface {
	Execute(ctx context.Context, command C) domain.DomainResult[R]
}

// Func makes a function a UseCase: a test's double, or an adapter in one line.
type Func[C, R any] func(ctx context.Context, command C) domain.DomainResult[R]

// Execute calls the function.
func (f Func[C, R]) Execute(ctx context.Context, command C) domain.DomainResult[R] {
	return f(ctx, command)
}

// Port is one line of a service's menu: an empty slot that the application, or
// a client, fills once, and that decorators surround.
//
// Only *Port is a UseCase, so a copy of a menu field does not compile as a
// dependency: pass &menu.Field, which stays live whatever fills it later. An
// empty port answers an Internal fault.
type Port[C, R any] struct {
	_       noCopy
	useCase UseCase[C, R]
	chain   *chain
}

// Stream is a port whose value is a sequence. A failure before the first item
// is an ordinary failure; one after it is the last pair of the sequence. The
// sequence ends when the context that opened it ends.
type Stream[C, R any] = Port[C, iter.Seq2[R, error]]

// Handle fills the port. It panics when the port is filled already: two
// fillings are a mistake of the composition.
func (p *Port[C, R]) Handle(useCase UseCase[C, R]) {
	if p.useCase != nil {
		panic(fmt.Sprintf("usecase: %s is filled twice", p.commandType()))
	}
	p.useCase = useCase
}

// HandleFunc fills the port with an ordinary Go function. A use case that has a
// message or warnings to give uses Handle with a Func.
func (p *Port[C, R]) HandleFunc(f func(ctx context.Context, command C) (R, error)) {
	p.Handle(Func[C, R](func(ctx context.Context, command C) domain.DomainResult[R] {
		return domain.From(f(ctx, command))
	}))
}

// Execute runs the use case inside the decorators of the port.
func (p *Port[C, R]) Execute(ctx context.Context, command C) domain.DomainResult[R] {
	if p.useCase == nil {
		return domain.Fail[R](domain.Internal.New("The use case " + p.commandType().String() + " has no implementation in this composition."))
	}
	if p.chain == nil {
		return p.useCase.Execute(ctx, command)
	}
	var result domain.DomainResult[R]
	ran := false
	err := p.chain.run(ctx, &command, func(ctx context.Context) error {
		ran = true
		result = p.useCase.Execute(ctx, command)
		return result.Err()
	})
	switch {
	case err != nil:
		return domain.Fail[R](err)
	case !ran:
		return domain.Fail[R](domain.Internal.New("A decorator of " + p.commandType().String() + " neither ran the use case nor failed."))
	}
	return result
}

func (p *Port[C, R]) filled() bool { return p.useCase != nil }

func (p *Port[C, R]) commandType() reflect.Type { return reflect.TypeFor[C]() }

func (p *Port[C, R]) valueType() reflect.Type { return reflect.TypeFor[R]() }

func (p *Port[C, R]) decorate(c *chain) { p.chain = c }

// noCopy makes go vet complain about a copied port.
type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}
