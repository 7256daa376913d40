package httpclient_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/docsteward/docsteward/adapters/http/httpclient"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
)

type follow struct {
	From int `json:"from" query:"from"`
}

type event struct {
	N int `json:"n" event:"id"`
}

// saying answers every request with one stream of events.
type saying struct {
	kind, text string
	status     int
	// then is read after the text; nil ends the stream.
	then io.Reader
	last http.Header
}

func (s *saying) RoundTrip(r *http.Request) (*http.Response, error) {
	s.last = r.Header
	body := io.Reader(strings.NewReader(s.text))
	if s.then != nil {
		body = io.MultiReader(body, s.then)
	}
	closing := &untilCancelled{Reader: body, ctx: r.Context()}
	return &http.Response{StatusCode: s.status, Header: http.Header{"Content-Type": {s.kind}}, Body: closing, Request: r}, nil
}

// untilCancelled is a body as the transport hands it out: reading fails when the
// request is cancelled.
type untilCancelled struct {
	io.Reader
	ctx context.Context
}

func (u *untilCancelled) Read(p []byte) (int, error) {
	n, err := u.Reader.Read(p)
	if errors.Is(err, errSilent) {
		<-u.ctx.Done()
		return 0, u.ctx.Err()
	}
	return n, err
}

func (u *untilCancelled) Close() error { return nil }

var errSilent = errors.New("says nothing")

type reader struct{ err error }

func (r reader) Read([]byte) (int, error) { return 0, r.err }

// hear opens a stream at the peer and writes down what comes.
func hear(t *testing.T, ctx context.Context, s *saying) (heard []string, err error) {
	t.Helper()
	var port usecase.Stream[follow, event]
	client := httpclient.New(httpclient.Options{Base: "http://peer", Transport: s, Clock: bubble{}, Attempts: 1})
	if err := client.Fill([]usecase.Operation{usecase.Watch("/s", "", &port)}); err != nil {
		t.Fatal(err)
	}
	items, err := port.Execute(ctx, follow{}).Unwrap()
	if err != nil {
		return nil, err
	}
	for item, err := range items {
		if err != nil {
			return heard, err
		}
		heard = append(heard, fmt.Sprint(item.N))
	}
	return heard, nil
}

func TestStreamsAreHeardToTheirEnd(t *testing.T) {
	const events = "text/event-stream"
	cases := []struct {
		name  string
		peer  saying
		heard string
		kind  error
	}{
		{"events, comments and ids", saying{kind: events, status: 200, text: ": open\n\nid: 1\ndata: {\"n\":1}\n\n: alive\n\ndata: {\"n\":\ndata: 2}\r\n\r\n"}, "[1 2]", nil},
		{"a fault at the end", saying{kind: events, status: 200, text: "data: {\"n\":1}\n\nevent: error\ndata: {\"status\":409,\"message\":\"m\",\"error_code\":\"conflict\"}\n\ndata: {\"n\":9}\n\n"}, "[1]", domain.Conflict},
		{"a connection that breaks", saying{kind: events, status: 200, text: "data: {\"n\":1}\n\n", then: reader{io.ErrUnexpectedEOF}}, "[1]", domain.Unavailable},
		{"a peer that falls silent", saying{kind: events, status: 200, text: "data: {\"n\":1}\n\n", then: reader{errSilent}}, "[1]", domain.Unavailable},
		{"an event of another version", saying{kind: events, status: 200, text: "data: {\"n\":\"x\"}\n\n"}, "[]", domain.Upstream},
		{"a fault nobody can read", saying{kind: events, status: 200, text: "event: error\ndata: oops\n\n"}, "[]", domain.Upstream},
		{"no stream at all", saying{kind: "application/json", status: 200, text: "{}"}, "[]", domain.Upstream},
		{"a refusal", saying{kind: "application/json", status: 404, text: `{"message":"none","error_code":"not_found"}`}, "[]", domain.NotFound},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				heard, err := hear(t, usecase.WithMeta(context.Background(), usecase.Meta{LastEventID: "7"}), &c.peer)
				if fmt.Sprint(heard) != c.heard || !errors.Is(err, c.kind) {
					t.Errorf("heard %v, %v", heard, err)
				}
				if c.peer.last.Get("Last-Event-ID") != "7" {
					t.Errorf("the resume token is not sent: %v", c.peer.last)
				}
			})
		})
	}
}

func TestAStreamEndsWithTheContextThatOpenedIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		start := time.Now()
		heard, err := hear(t, ctx, &saying{kind: "text/event-stream", status: 200, text: "data: {\"n\":1}\n\n", then: reader{errSilent}})
		if len(heard) != 1 || err != nil || time.Since(start) != time.Second {
			t.Errorf("heard %v, %v after %v", heard, err, time.Since(start))
		}
	})
}
