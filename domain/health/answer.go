package health

import (
	"encoding/json"
	"strconv"
	"time"
)

// Answer is what came back when a service was asked how it is.
type Answer struct {
	// Code is the HTTP status; 0 where nothing came back, or the check was not of HTTP.
	Code int
	// Body is the beginning of the body, in full where it is short.
	Body []byte
	// Error says why nothing came back; Timeout where the time was over.
	Error string
	// Took is how long it took to find out.
	Took time.Duration
	// Expires is when the certificate of the other side ends; zero where it showed none.
	Expires time.Time
}

// Timeout is the error of an answer that did not come in time.
const Timeout = "Timeout"

// Result is what a check found.
type Result struct {
	Status Status
	// Message is one sentence, never blank.
	Message string
	// Error says what is wrong; empty when nothing is.
	Error string
	At    time.Time
	Took  time.Duration
	// Expires is when its certificate ends; zero where it showed none.
	Expires time.Time
	// Version is what the service says of itself.
	Version string
	// Dependencies are what the service says of what it stands on.
	Dependencies map[string]Status
}

// Judge says how a service is that gave the answer: 5xx and silence are unhealthy, a
// body's own word counts in 2xx, and what is neither is degraded.
func Judge(a Answer, now time.Time) Result {
	r := Result{At: now, Took: a.Took, Expires: a.Expires}
	said := read(a.Body)
	r.Version = said.Version
	for name, text := range said.Dependencies {
		if r.Dependencies == nil {
			r.Dependencies = make(map[string]Status, len(said.Dependencies))
		}
		r.Dependencies[name] = ParseStatus(text)
	}
	switch {
	case a.Error != "":
		r.Status, r.Error = Unhealthy, a.Error
	case a.Code == 0:
		r.Status = Healthy // it was reached, and asked no more
	case a.Code >= 500:
		r.Status, r.Error = Unhealthy, httpError(a.Code, said.Error)
	case a.Code < 200 || a.Code >= 300:
		r.Status, r.Error = Degraded, httpError(a.Code, "")
	default:
		r.Status = said.status()
		r.Error = said.Error
		if r.Status != Healthy && r.Error == "" {
			r.Error = "The service says that it is " + string(r.Status) + "."
		}
	}
	r.Message = message(r)
	return r
}

func message(r Result) string {
	switch r.Status {
	case Healthy:
		return "The service works."
	case Degraded:
		return "The service works with limits: " + r.Error
	}
	return "The service does not work: " + r.Error
}

func httpError(code int, why string) string {
	text := "HTTP " + strconv.Itoa(code)
	if why != "" {
		text += ": " + why
	}
	return text
}

// statement is what a service says of itself, as far as it can be read.
type statement struct {
	Status       string
	Version      string
	Error        string
	Dependencies map[string]string
}

// read takes each field that is of the expected kind, and passes over the others.
func read(body []byte) statement {
	var s statement
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil {
		return s
	}
	for name, into := range map[string]*string{"status": &s.Status, "version": &s.Version, "error": &s.Error} {
		_ = json.Unmarshal(fields[name], into) // of another kind: left empty
	}
	var dependencies map[string]json.RawMessage
	_ = json.Unmarshal(fields["dependencies"], &dependencies)
	for name, raw := range dependencies {
		var text string
		if json.Unmarshal(raw, &text) == nil {
			if s.Dependencies == nil {
				s.Dependencies = make(map[string]string)
			}
			s.Dependencies[name] = text
		}
	}
	return s
}

func (s statement) status() Status {
	switch s.Status {
	case "degraded", "warning":
		return Degraded
	case "unhealthy", "error":
		return Unhealthy
	}
	if ParseStatus(s.Status) == Maintenance {
		return Maintenance
	}
	return Healthy
}
