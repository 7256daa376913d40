// Package notice carries out the notifications of workflows: to the log of the
// service, and to addresses that take JSON.
package notice

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/webcall"
	"github.com/docsteward/docsteward/ports/workflows"
)

// timeout bounds one delivery.
const timeout = 30 * time.Second

// Performer sends notices. Its config has a message, and may have a title, a
// priority, channels (log, webhook) and, for webhook, recipients: addresses that a
// JSON object with text, title and priority is posted to, as chat services take it.
type Performer struct {
	logger *slog.Logger
	caller webcall.Caller
}

var _ workflows.Performer = (*Performer)(nil)

// New returns a performer that writes to the logger and posts through the caller.
func New(logger *slog.Logger, caller webcall.Caller) *Performer { return &Performer{logger, caller} }

// Perform implements workflows.Performer. The answer names the channels that took
// the notice. The first delivery that fails ends it; those before are not repeated
// by a receiver that honours the key.
func (p *Performer) Perform(ctx context.Context, call workflows.Call) (any, error) {
	text := func(name string) string { s, _ := call.Config[name].(string); return s }
	channels := words(call.Config["channels"])
	if len(channels) == 0 {
		channels = []string{"log"}
	}
	for _, channel := range channels {
		if !slices.Contains([]string{"log", "webhook"}, channel) {
			return nil, domain.Rejected.New("There is no channel " + channel + " in this build; there are log and webhook.")
		}
	}
	if text("message") == "" {
		return nil, domain.Rejected.New("A notification needs a message.")
	}
	for _, channel := range channels {
		if channel == "log" {
			p.logger.InfoContext(ctx, text("message"), "notice", text("title"), "priority", text("priority"), "key", call.Key, "user", call.User)
			continue
		}
		if err := p.post(ctx, call, text); err != nil {
			return nil, err
		}
	}
	return map[string]any{"channels": channels, "recipients": words(call.Config["recipients"])}, nil
}

func (p *Performer) post(ctx context.Context, call workflows.Call, text func(string) string) error {
	recipients := words(call.Config["recipients"])
	if len(recipients) == 0 {
		return domain.Rejected.New("The channel webhook needs recipients: addresses to post to.")
	}
	body, err := json.Marshal(map[string]string{"text": text("message"), "title": text("title"), "priority": text("priority")})
	if err != nil {
		return domain.Internal.Wrap(err, "The notice cannot be written as JSON.")
	}
	for i, address := range recipients {
		answer, err := p.caller.Call(ctx, webcall.Request{
			URL: address, Body: body, Timeout: timeout, Headers: map[string]string{"Idempotency-Key": fmt.Sprintf("%s/%d", call.Key, i)},
		})
		if err != nil {
			return err
		}
		if answer.Status < 200 || answer.Status > 299 {
			return domain.Upstream.New(fmt.Sprintf("%s answered %d to the notice.", address, answer.Status))
		}
	}
	return nil
}

// words reads a list of texts; a text is a list of those between its commas.
func words(value any) []string {
	list := []string{}
	switch v := value.(type) {
	case string:
		for word := range strings.SplitSeq(v, ",") {
			if word = strings.TrimSpace(word); word != "" {
				list = append(list, word)
			}
		}
	case []any:
		for _, item := range v {
			if word, ok := item.(string); ok && word != "" {
				list = append(list, word)
			}
		}
	}
	return list
}
