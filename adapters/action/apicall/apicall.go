// Package apicall carries out the actions of workflows that call an address on the
// web.
package apicall

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/webcall"
	"github.com/docsteward/docsteward/ports/workflows"
)

const (
	// maxAnswer is how much of an answer an action may carry on, in bytes.
	maxAnswer = 4 << 20
	// excerpt is how much of a refusal is told, in bytes.
	excerpt = 500
	// maxTime bounds a call; the timeout of the action ends it earlier.
	maxTime = 24 * time.Hour
)

// Performer calls addresses. Its config has url and method, and may have headers
// and a body, which is sent as JSON, a text as it is.
type Performer struct{ caller webcall.Caller }

var _ workflows.Performer = (*Performer)(nil)

// New returns a performer that calls through the caller, which guards what may be
// reached.
func New(caller webcall.Caller) *Performer { return &Performer{caller} }

// Perform implements workflows.Performer. The answer has status, headers are left
// out, and body: what JSON says, or the text. The key travels as Idempotency-Key.
func (p *Performer) Perform(ctx context.Context, call workflows.Call) (any, error) {
	request, err := requestOf(call)
	if err != nil {
		return nil, err
	}
	answer, err := p.caller.Call(ctx, request)
	if err != nil {
		return nil, err
	}
	if answer.Cut {
		return nil, domain.TooLarge.New(fmt.Sprintf("%s answered more than %d bytes.", request.URL, maxAnswer))
	}
	if fault := faultOf(request.URL, answer); fault != nil {
		return nil, fault
	}
	return map[string]any{"status": answer.Status, "body": bodyOf(answer)}, nil
}

func requestOf(call workflows.Call) (webcall.Request, error) {
	text := func(name string) string { s, _ := call.Config[name].(string); return s }
	request := webcall.Request{
		Method: strings.ToUpper(text("method")), URL: text("url"), Timeout: maxTime, Want: maxAnswer, Headers: map[string]string{"Idempotency-Key": call.Key},
	}
	if request.URL == "" || request.Method == "" {
		return request, domain.Rejected.New("A call of an address names its url and method.")
	}
	headers, _ := call.Config["headers"].(map[string]any)
	for name, value := range headers {
		request.Headers[name] = fmt.Sprint(value)
	}
	switch body := call.Config["body"].(type) {
	case nil:
	case string:
		request.Body = []byte(body)
	default:
		encoded, err := json.Marshal(body)
		if err != nil {
			return request, domain.Rejected.Wrap(err, "The body of the call cannot be written as JSON.")
		}
		request.Body = encoded
	}
	return request, nil
}

// faultOf makes a fault of an answer that is no success: one that may pass is told
// as such, so that it is tried again.
func faultOf(url string, answer webcall.Answer) error {
	if answer.Status >= 200 && answer.Status < 300 {
		return nil
	}
	message := fmt.Sprintf("%s answered %d", url, answer.Status)
	if text := strings.TrimSpace(string(answer.Body[:min(len(answer.Body), excerpt)])); text != "" && utf8.ValidString(text) {
		message += ": " + text
	}
	kind := domain.Rejected
	switch {
	case answer.Status == http.StatusTooManyRequests:
		kind = domain.RateLimited
	case answer.Status == http.StatusNotFound:
		kind = domain.NotFound
	case answer.Status == http.StatusUnauthorized || answer.Status == http.StatusForbidden:
		kind = domain.Forbidden
	case answer.Status == http.StatusConflict:
		kind = domain.Conflict
	case answer.Status >= 502 && answer.Status <= 504:
		kind = domain.Unavailable
	case answer.Status >= 500:
		kind = domain.Internal
	}
	return kind.New(message)
}

func bodyOf(answer webcall.Answer) any {
	var value any
	if (strings.HasSuffix(answer.Type, "json") || answer.Type == "") && json.Unmarshal(answer.Body, &value) == nil {
		return value
	}
	return strings.ToValidUTF8(string(answer.Body), "\uFFFD")
}
