package mcp

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"maps"
	"os"
	"slices"
	"syscall"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Options choose what a server is made of.
type Options struct {
	// Name and Version say what the server is.
	Name, Version string
	// Instructions tell an assistant how to go about it; may be empty.
	Instructions string
	// Logger and IDs must be set.
	Logger *slog.Logger
	IDs    ids.Generator
	// Include chooses the operations that become tools; nil takes all. ReadOnly is
	// one such choice.
	Include func(service string, op usecase.Operation) bool
	// MaxInput bounds the arguments of a call, in bytes; 0 means DefaultMaxInput.
	// An operation with a bound of its own keeps it.
	MaxInput int64
}

// Server is the face of one or several services. It is safe for concurrent use.
type Server struct {
	options  Options
	server   *sdk.Server
	maxInput int64
}

// NewServer returns a server with a tool for every operation of the tables, which
// map the id of a service to its operations. It fails with Internal when a
// command cannot be bound or a name is no name of a tool.
func NewServer(o Options, tables map[string][]usecase.Operation) (*Server, error) {
	if o.MaxInput == 0 {
		o.MaxInput = DefaultMaxInput
	}
	s := &Server{options: o, maxInput: o.MaxInput}
	s.server = sdk.NewServer(&sdk.Implementation{Name: o.Name, Version: o.Version}, &sdk.ServerOptions{
		Instructions: o.Instructions, Logger: o.Logger,
		Capabilities: &sdk.ServerCapabilities{Tools: &sdk.ToolCapabilities{}}, // The list never changes.
	})
	named := make(map[string]bool)
	for _, service := range slices.Sorted(maps.Keys(tables)) {
		for _, op := range tables[service] {
			if err := s.add(service, op, named); err != nil {
				return nil, err
			}
		}
	}
	return s, nil
}

func (s *Server) add(service string, op usecase.Operation, named map[string]bool) error {
	if op.Streaming || op.Uploading || s.options.Include != nil && !s.options.Include(service, op) {
		return nil
	}
	plan, err := bind.For(op.Slot.Command())
	if err != nil {
		return domain.Internal.Wrap(err, "The operation "+op.Name+" of "+service+" cannot be a tool.")
	}
	described, err := describe(service, op, plan)
	if err != nil {
		return err
	}
	if named[described.Name] {
		return domain.Internal.New("Two operations would be the tool " + described.Name + ".")
	}
	named[described.Name] = true
	t := &tool{name: described.Name, op: op, plan: plan, ids: s.options.IDs, logger: s.options.Logger, maxInput: s.options.MaxInput}
	if op.MaxBody > 0 {
		t.maxInput = op.MaxBody
	}
	s.maxInput = max(s.maxInput, t.maxInput)
	s.server.AddTool(described, t.call)
	return nil
}

// Serve answers one client until it leaves, which is no error, or the context
// ends. What the context carries, such as the caller, counts for every call. It
// fails with Invalid when the client sends what is no message, which ends the
// session.
func (s *Server) Serve(ctx context.Context, transport sdk.Transport) error {
	session, err := s.server.Connect(ctx, transport, nil)
	if err != nil {
		return domain.Unavailable.Wrap(err, "The assistant cannot be reached: "+err.Error()+".")
	}
	stop := context.AfterFunc(ctx, func() { _ = session.Close() }) // Wait tells how it went.
	defer stop()
	switch err := session.Wait(); {
	case ctx.Err() != nil:
		return ctx.Err()
	case left(err):
		return nil
	case err != nil:
		return domain.Invalid.Wrap(err, "The assistant sent what is no message of the protocol: "+err.Error()+".")
	}
	return nil
}

// left tells whether the session ended because the client is gone: an answer was
// still being written, or a message read, when it closed its end.
func left(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrClosedPipe) || errors.Is(err, syscall.EPIPE) || errors.Is(err, os.ErrClosed)
}

// ServeStdio answers the client at the other end of in and out, one JSON message
// a line. Nothing else may be written to out.
func (s *Server) ServeStdio(ctx context.Context, in io.ReadCloser, out io.WriteCloser) error {
	return s.Serve(ctx, &sdk.IOTransport{Reader: in, Writer: out, MaxLineLength: s.maxMessage()})
}

// maxMessage bounds what is read before it is known to be a call: twice the
// arguments, so that a call that is somewhat too large gets an answer.
func (s *Server) maxMessage() int { return int(2*s.maxInput) + 64<<10 }

// ReadOnly includes the operations that change nothing; for Options.Include.
func ReadOnly(_ string, op usecase.Operation) bool { return safe(op) }
