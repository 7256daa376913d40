package workflow

import (
	"fmt"
	"strings"
	"time"
)

// Explain says in one sentence what a run waits for. ready are the actions that
// Next gives, since is when the last of its actions ended or it began.
func Explain(e Execution, ready []Ready, since, now time.Time) string {
	switch e.Status {
	case Pending:
		return "The run is recorded and begins as soon as a worker takes it."
	case Paused:
		return "The run is paused and goes on when somebody resumes it."
	case Done:
		return "The run waits for nothing: it completed."
	case Cancelled:
		return "The run waits for nothing: it was cancelled."
	case Failed:
		return "The run waits for nothing: it failed. " + e.Fault.Message
	}
	if len(ready) == 0 {
		return "All actions are through; the run is being closed."
	}
	words := make([]string, len(ready))
	for i, r := range ready {
		words[i] = r.waitsFor(since, now)
	}
	return "The run waits for " + strings.Join(words, ", and for ") + "."
}

// waitsFor says what an action that began waits for.
func (r Ready) waitsFor(since, now time.Time) string {
	text := func(name string) string { s, _ := r.Filled[name].(string); return s }
	what := r.ID
	switch r.Type {
	case ServiceCall:
		what += " (a call of " + text("service") + " " + text("endpoint") + ")"
	case ExternalAPICall:
		what += " (a call of " + text("url") + ")"
	case PromptExecution:
		what += " (an answer to the prompt " + text("prompt_id") + ")"
	case Loop:
		what += " (a loop)"
	case SubWorkflow:
		what += " (the workflow " + text(subWorkflow) + ")"
	case Wait:
		return what + " (" + r.waitText(since) + ")"
	}
	return what + ", for " + now.Sub(since).Round(time.Second).String() + " now"
}

func (r Ready) waitText(since time.Time) string {
	w, err := WaitingOf(r.Filled).Unwrap()
	switch {
	case err != nil:
		return "a wait that is none"
	case w.Event != "":
		return fmt.Sprintf("the event %s, until %s", w.Event, since.Add(w.Timeout).UTC().Format(time.RFC3339))
	case !w.Until.IsZero():
		return "until " + w.Until.UTC().Format(time.RFC3339)
	}
	return "until " + since.Add(w.For).UTC().Format(time.RFC3339)
}
