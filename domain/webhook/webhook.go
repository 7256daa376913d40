// Package webhook is the concept of telling other systems of events over HTTP:
// who wants to hear what, and how each delivery fares.
package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/textproto"
	"net/url"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// ID identifies a webhook.
type ID = domain.ID[Webhook]

// ParseID returns the webhook id that text spells; Invalid when it spells none.
func ParseID(text string) (ID, error) { return domain.ParseID[Webhook](text) }

// Bounds and defaults of a webhook.
const (
	// DefaultRetries and MaxRetries count attempts after the first.
	DefaultRetries = 3
	MaxRetries     = 10
	// DefaultTimeout and MaxTimeout bound one attempt.
	DefaultTimeout = 30 * time.Second
	MaxTimeout     = 120 * time.Second
)

// Webhook is a wish to be told of events.
type Webhook struct {
	// ID identifies the webhook.
	ID ID
	// Name is for people.
	Name string
	// URL is where deliveries go: absolute, http or https, without credentials.
	URL string
	// Events are patterns of event names, such as "document.*".
	Events []string
	// Secret signs the bodies; empty leaves them unsigned.
	Secret string
	// Headers are sent with every delivery.
	Headers map[string]string
	// Retries is how many attempts follow a failed first one, 0 to MaxRetries.
	Retries int
	// Timeout bounds one attempt, 1 s to MaxTimeout.
	Timeout time.Duration
	// Active is false while the webhook is switched off.
	Active bool
	// CreatedAt and UpdatedAt are in UTC.
	CreatedAt, UpdatedAt time.Time
}

// Check fails with Invalid and names every field that is not acceptable.
// Patterns of events are for the bus to check.
func (w Webhook) Check() error {
	fault := domain.Invalid.New("The webhook is not acceptable.")
	if strings.TrimSpace(w.Name) == "" {
		fault = fault.WithField("name", "required", "must not be blank")
	}
	if problem := badURL(w.URL); problem != "" {
		fault = fault.WithField("url", "format", problem)
	}
	if len(w.Events) == 0 {
		fault = fault.WithField("events", "minItems", "must name at least one event")
	}
	if w.Retries < 0 || w.Retries > MaxRetries {
		fault = fault.WithField("retry_count", "maximum", "must be from 0 to 10")
	}
	if w.Timeout < time.Second || w.Timeout > MaxTimeout {
		fault = fault.WithField("timeout_seconds", "maximum", "must be from 1 to 120")
	}
	for name, value := range w.Headers {
		if problem := badHeader(name, value); problem != "" {
			fault = fault.WithField("headers", "header", problem)
		}
	}
	if len(fault.Fields) > 0 {
		return fault
	}
	return nil
}

func badURL(text string) string {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return "must be an absolute http or https address"
	case u.User != nil:
		return "must not hold a password; use a secret or a header"
	}
	return ""
}

// reservedHeaders are written by the sender itself. Never written.
var reservedHeaders = map[string]bool{"Host": true, "Content-Length": true, "Content-Type": true, "Transfer-Encoding": true, "Connection": true}

func badHeader(name, value string) string {
	token := strings.TrimFunc(name, func(r rune) bool {
		return r < 0x7f && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_')
	})
	canonical := textproto.CanonicalMIMEHeaderKey(name)
	switch {
	case name == "" || token != "":
		return "must have names of letters, digits, - and _"
	case reservedHeaders[canonical] || strings.HasPrefix(canonical, "X-Docsteward-"):
		return "must not set " + canonical + ", which the sender writes"
	case strings.ContainsFunc(value, func(r rune) bool { return r < 0x20 || r == 0x7f }):
		return "must not hold control characters"
	}
	return ""
}

// Sign returns the HMAC-SHA256 of body under the secret as "sha256=" and
// lower-case hexadecimal.
func Sign(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}
