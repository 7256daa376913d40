package usecase

import (
	"context"
	"iter"
	"net/http"
	"reflect"

	"github.com/docsteward/docsteward/domain"
)

// Operation says how one port of a menu is reached. It is plain data, read by
// every face, with a typed slot behind it.
type Operation struct {
	// Name is the name of the command's type, unique within a table.
	Name string
	// Doc is one sentence for people who read the API.
	Doc string
	// Method and Path are the route; names in the path stand in braces.
	Method, Path string
	// Aliases are other paths of the same operation, for callers of earlier ones.
	// Only the HTTP server has them.
	Aliases []string
	// Permission is what a caller needs, such as "documents:write"; empty means none.
	Permission string
	// Status is the HTTP status of a success.
	Status int
	// Direct operations answer their value as it is, without the envelope, and
	// ignore unknown body fields.
	Direct bool
	// Idempotent operations may be repeated without harm.
	Idempotent bool
	// Streaming operations answer a sequence of events.
	Streaming bool
	// Uploading operations take the body of a request as it comes.
	Uploading bool
	// MaxBody bounds the body of a request, in bytes; 0 leaves it to the face.
	MaxBody int64
	// Slot is the port behind the row.
	Slot Slot
}

// Slot is a port without its types. Only ports of this package are slots.
type Slot interface {
	// Command returns the type of the command.
	Command() reflect.Type
	// Value returns the type of the value; for a stream, of one item.
	Value() reflect.Type
	// Filled reports whether the port has an implementation.
	Filled() bool
	// NewCommand returns a pointer to a zero command.
	NewCommand() any
	// Invoke executes the port. command is what NewCommand returned. The value
	// of a stream is an iter.Seq2[any, error].
	Invoke(ctx context.Context, command any) (Reply, error)
	// Fill makes remote the implementation of the port. It panics when the port is
	// filled already.
	Fill(remote Remote)

	decorate(*chain)
	port() any
}

// Reply is the success of an invoked slot.
type Reply struct {
	// Value is the value, or an iter.Seq2[any, error] for a stream.
	Value any
	// Message and Warnings are those of the result.
	Message  string
	Warnings []string
}

// Remote carries a command to an implementation elsewhere. command points to
// the command. Plain operations use Call, streams Open.
type Remote interface {
	// Call executes a plain operation and decodes the answer into what value points
	// to. It returns message and warnings of the result, or an error that holds a
	// fault.
	Call(ctx context.Context, command, value any) (message string, warnings []string, err error)
	// Open opens a stream. newItem makes the pointer that each item is decoded into,
	// which the sequence yields. It fails as Call does until the stream is open.
	Open(ctx context.Context, command any, newItem func() any) (iter.Seq2[any, error], error)
}

// Option refines an operation.
type Option func(*Operation)

// Created makes the success status 201.
func Created(op *Operation) { op.Status = http.StatusCreated }

// Accepted makes the success status 202: the work goes on after the answer.
func Accepted(op *Operation) { op.Status = http.StatusAccepted }

// Direct leaves the envelope off and ignores unknown body fields.
func Direct(op *Operation) { op.Direct = true }

// Idempotent marks a POST or PATCH that may be repeated without harm.
func Idempotent(op *Operation) { op.Idempotent = true }

// MaxBody bounds the body of a request, in bytes: more than a face allows
// otherwise, for uploads, or less.
func MaxBody(bytes int64) Option {
	return func(op *Operation) { op.MaxBody = bytes }
}

// Also names other paths of the same operation.
func Also(paths ...string) Option {
	return func(op *Operation) { op.Aliases = append(op.Aliases, paths...) }
}

// Needs names the permission that a caller must hold.
func Needs(permission string) Option {
	return func(op *Operation) { op.Permission = permission }
}

// Get declares a read.
func Get[C, R any](path, doc string, p *Port[C, R], options ...Option) Operation {
	return operation(http.MethodGet, path, doc, p, true, options)
}

// Post declares a creation or an action.
func Post[C, R any](path, doc string, p *Port[C, R], options ...Option) Operation {
	return operation(http.MethodPost, path, doc, p, false, options)
}

// Put declares a replacement.
func Put[C, R any](path, doc string, p *Port[C, R], options ...Option) Operation {
	return operation(http.MethodPut, path, doc, p, true, options)
}

// Patch declares a partial change.
func Patch[C, R any](path, doc string, p *Port[C, R], options ...Option) Operation {
	return operation(http.MethodPatch, path, doc, p, false, options)
}

// Delete declares a removal.
func Delete[C, R any](path, doc string, p *Port[C, R], options ...Option) Operation {
	return operation(http.MethodDelete, path, doc, p, true, options)
}

// Watch declares a stream of events.
func Watch[C, R any](path, doc string, s *Stream[C, R], options ...Option) Operation {
	op := describe[C](http.MethodGet, path, doc, true, options)
	op.Streaming = true
	op.Slot = streamSlot[C, R]{s}
	return op
}

func operation[C, R any](method, path, doc string, p *Port[C, R], idempotent bool, options []Option) Operation {
	op := describe[C](method, path, doc, idempotent, options)
	op.Slot = plainSlot[C, R]{p}
	return op
}

func describe[C any](method, path, doc string, idempotent bool, options []Option) Operation {
	op := Operation{
		Name: reflect.TypeFor[C]().Name(), Doc: doc, Method: method, Path: path,
		Status: http.StatusOK, Idempotent: idempotent, Uploading: uploads(reflect.TypeFor[C]()),
	}
	for _, option := range options {
		option(&op)
	}
	return op
}

// uploads reports whether a command has a field that is the body of a request.
func uploads(command reflect.Type) bool {
	if command.Kind() != reflect.Struct {
		return false
	}
	for i := range command.NumField() {
		if command.Field(i).Tag.Get("body") == "stream" {
			return true
		}
	}
	return false
}

type plainSlot[C, R any] struct{ p *Port[C, R] }

func (s plainSlot[C, R]) Command() reflect.Type { return s.p.commandType() }
func (s plainSlot[C, R]) Value() reflect.Type   { return s.p.valueType() }
func (s plainSlot[C, R]) Filled() bool          { return s.p.filled() }
func (s plainSlot[C, R]) NewCommand() any       { return new(C) }
func (s plainSlot[C, R]) decorate(c *chain)     { s.p.decorate(c) }
func (s plainSlot[C, R]) port() any             { return s.p }

func (s plainSlot[C, R]) Invoke(ctx context.Context, command any) (Reply, error) {
	result := s.p.Execute(ctx, *command.(*C))
	value, err := result.Unwrap()
	if err != nil {
		return Reply{}, err
	}
	return Reply{Value: value, Message: result.Message(), Warnings: result.Warnings()}, nil
}

func (s plainSlot[C, R]) Fill(remote Remote) {
	s.p.Handle(Func[C, R](func(ctx context.Context, command C) domain.DomainResult[R] {
		var value R
		message, warnings, err := remote.Call(ctx, &command, &value)
		if err != nil {
			return domain.Fail[R](err)
		}
		result := domain.Ok(value).WithWarnings(warnings...)
		if message != "" {
			result = result.WithMessage(message)
		}
		return result
	}))
}
