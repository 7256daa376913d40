// Package webhook sends to addresses that users chose, over HTTP.
package webhook

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/tx"
	"github.com/docsteward/docsteward/ports/webcall"
)

// maxAnswer is how many bytes of an answer are read, so that its connection can
// be used again; the rest is not wanted.
const maxAnswer = 64 << 10

// Caller calls over HTTP. It takes no proxy from the environment and follows no
// redirect, so that the address it checked is the one it talks to. It is safe
// for concurrent use.
type Caller struct {
	client  *http.Client
	clock   clock.Clock
	allowed []string
}

var _ webcall.Caller = (*Caller)(nil)

// New returns a caller. allowed lists hosts, as they stand in a URL without
// port, that may be called although their addresses are not public.
func New(clock clock.Clock, allowed []string) *Caller {
	c := &Caller{clock: clock, allowed: make([]string, len(allowed))}
	for i, host := range allowed {
		c.allowed[i] = strings.ToLower(strings.TrimSpace(host))
	}
	transport := &http.Transport{
		DialContext: c.dial, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 2, IdleConnTimeout: 30 * time.Second,
		TLSHandshakeTimeout: 10 * time.Second, MaxResponseHeaderBytes: maxAnswer,
	}
	c.client = &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c
}

// Close ends idle connections.
func (c *Caller) Close() { c.client.CloseIdleConnections() }

// dial checks each address at the moment of connecting to it, after the name was
// resolved for the last time: a name that stands for another address later is
// checked again then.
func (c *Caller) dial(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := net.Dialer{Timeout: 10 * time.Second}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(c.allowed, strings.ToLower(host)) {
		dialer.Control = func(_, address string, _ syscall.RawConn) error { return checkAddress(address) }
	}
	return dialer.DialContext(ctx, network, address)
}

func checkAddress(address string) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if !public(at.Addr()) {
		return domain.Rejected.New("The address " + at.Addr().String() + " is not public; allow its host in WEBHOOK_ALLOWED_HOSTS if it may be called.")
	}
	return nil
}

// unroutable are the blocks of the special-purpose registries of IANA that
// netip does not name. Never written.
var unroutable = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("192.88.99.0/24"), netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("2001::/23"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"),
	netip.MustParsePrefix("fec0::/10"),
}

// public reports whether an address is that of the public internet. Addresses
// that carry an IPv4 address inside are judged by it or refused.
func public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	return !slices.ContainsFunc(unroutable, func(p netip.Prefix) bool { return p.Contains(a) })
}

// Call implements webcall.Caller.
func (c *Caller) Call(ctx context.Context, r webcall.Request) (webcall.Answer, error) {
	if tx.Inside(ctx) {
		return webcall.Answer{}, domain.Internal.New("A call to another system was made inside a transaction.")
	}
	ctx, cancel := context.WithTimeout(ctx, r.Timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, cmp.Or(r.Method, http.MethodPost), r.URL, bytes.NewReader(r.Body))
	if err != nil {
		return webcall.Answer{}, domain.Invalid.Wrap(err, "The address cannot be called; correct it.")
	}
	request.Header.Set("Content-Type", "application/json")
	for name, value := range r.Headers {
		request.Header.Set(name, value)
	}
	request.Header.Set("User-Agent", "docsteward-webhook/1")
	start := c.clock.Now()
	response, err := c.client.Do(request)
	if err != nil {
		return webcall.Answer{}, faultOf(ctx, err)
	}
	defer func() { _ = response.Body.Close() }()
	answer := webcall.Answer{Status: response.StatusCode}
	answer.Type, _, _ = mime.ParseMediaType(response.Header.Get("Content-Type"))
	if answer.Body, answer.Cut, err = read(response.Body, r.Want); err != nil {
		return webcall.Answer{}, faultOf(ctx, err)
	}
	answer.Took = c.clock.Now().Sub(start)
	return answer, nil
}

// read returns what is wanted of a body, and reads some more so that the connection
// can be used again.
func read(body io.Reader, want int) (wanted []byte, cut bool, err error) {
	if want > 0 {
		if wanted, err = io.ReadAll(io.LimitReader(body, int64(want))); err != nil {
			return nil, false, err
		}
	}
	more, _ := io.Copy(io.Discard, io.LimitReader(body, maxAnswer))
	return wanted, more > 0, nil
}

func faultOf(ctx context.Context, err error) error {
	var fault *domain.Fault
	if errors.As(err, &fault) {
		return fault
	}
	if ctx.Err() != nil {
		return domain.FaultOf(ctx.Err())
	}
	var failed *url.Error
	if errors.As(err, &failed) {
		if failed.Timeout() {
			return domain.Timeout.Wrap(err, "The address did not answer in time.")
		}
		err = failed.Err
	}
	return domain.Upstream.Wrap(err, "The address cannot be reached: "+err.Error())
}
