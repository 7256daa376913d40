// Package webcall is the port of calls to addresses that users chose, which
// must never reach what only this installation may reach.
package webcall

//go:generate go tool mockgen -source=webcall.go -destination=../mocks/webcallmock/webcall.go -package=webcallmock

import (
	"context"
	"time"
)

// Request is a POST to an address that a user chose.
type Request struct {
	// URL is absolute, http or https.
	URL string
	// Headers are sent beside those of the adapter.
	Headers map[string]string
	// Body is sent byte for byte, as application/json.
	Body []byte
	// Timeout bounds the whole call.
	Timeout time.Duration
}

// Answer is what came back.
type Answer struct {
	// Status is the HTTP status.
	Status int
	// Took is how long the call lasted.
	Took time.Duration
}

// Caller makes calls.
type Caller interface {
	// Post sends the request once and returns the answer, whatever its status.
	// Redirects are not followed: they are answers.
	//
	// It fails with Rejected when the address, by its name or by any address that
	// the name stands for at the moment of the call, is loopback, private,
	// link-local, multicast or otherwise not public and is not allowed by the
	// configuration; with Invalid when the URL cannot be called; with Upstream
	// when nothing answers; with Timeout when Timeout or ctx ended; and with
	// Internal inside a transaction, where no call may be made.
	Post(ctx context.Context, r Request) (Answer, error)
}
