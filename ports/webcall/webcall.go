// Package webcall is the port of calls to addresses that users chose, which
// must never reach what only this installation may reach.
package webcall

//go:generate go tool mockgen -source=webcall.go -destination=../mocks/webcallmock/webcall.go -package=webcallmock

import (
	"context"
	"time"
)

// Request is a call of an address that a user chose.
type Request struct {
	// Method is that of HTTP; empty is POST.
	Method string
	// URL is absolute, http or https.
	URL string
	// Headers are sent beside those of the adapter.
	Headers map[string]string
	// Body is sent byte for byte, as application/json unless Headers say otherwise.
	Body []byte
	// Want is how many bytes of the body of the answer are wanted.
	Want int
	// Timeout bounds the whole call.
	Timeout time.Duration
}

// Answer is what came back.
type Answer struct {
	// Status is the HTTP status.
	Status int
	// Took is how long the call lasted.
	Took time.Duration
	// Type is the media type of the body, without parameters.
	Type string
	// Body is the beginning of the body, at most as much as was wanted; Cut tells
	// that there was more.
	Body []byte
	Cut  bool
}

// Caller makes calls.
type Caller interface {
	// Call sends the request once and returns the answer, whatever its status.
	// Redirects are not followed: they are answers.
	//
	// It fails with Rejected when the address, by its name or by any address that
	// the name stands for at the moment of the call, is loopback, private,
	// link-local, multicast or otherwise not public and is not allowed by the
	// configuration; with Invalid when the URL cannot be called; with Upstream
	// when nothing answers; with Timeout when Timeout or ctx ended; and with
	// Internal inside a transaction, where no call may be made.
	Call(ctx context.Context, r Request) (Answer, error)
}
