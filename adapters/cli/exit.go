// Package cli is the face of the terminal: commands over use cases, the table
// of operations as commands, and what a failure looks like there.
package cli

import (
	"errors"
	"strings"

	"github.com/docsteward/docsteward/domain"
)

// Exit codes.
const (
	// ExitOK: all is well.
	ExitOK = 0
	// ExitFailed: the work was done and found something, or it failed.
	ExitFailed = 1
	// ExitUsage: the call was wrong, or something could not be read or written.
	ExitUsage = 2
	// ExitUnavailable: a service that is needed does not answer.
	ExitUnavailable = 3
	// ExitInterrupted: the user stopped the work.
	ExitInterrupted = 130
)

// ErrFindings ends a check that found something at or above the wanted severity.
var ErrFindings = errors.New("findings")

// ExitCodeOf returns the exit code that tells an error.
func ExitCodeOf(err error) int {
	if err == nil {
		return ExitOK
	}
	if errors.Is(err, ErrFindings) {
		return ExitFailed
	}
	var fault *domain.Fault
	if !errors.As(err, &fault) {
		return ExitUsage // cobra's complaints about flags and arguments
	}
	switch fault.Kind {
	case domain.Unavailable, domain.Upstream, domain.Timeout:
		return ExitUnavailable
	case domain.Internal, domain.Rejected, domain.RateLimited:
		return ExitFailed
	}
	return ExitUsage
}

// MessageOf returns one line for people: the message of a fault with its fields,
// without its cause; "" when all was said already.
func MessageOf(err error) string {
	if errors.Is(err, ErrFindings) {
		return ""
	}
	var fault *domain.Fault
	if !errors.As(err, &fault) {
		return err.Error()
	}
	message := fault.Message
	for i, f := range fault.Fields {
		glue := "; "
		if i == 0 {
			glue = " "
		}
		message += glue + f.Field + " " + f.Message
	}
	return strings.ReplaceAll(message, "\n", " ")
}
