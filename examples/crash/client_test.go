package crash

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// document is what the store tells about a document.
type document struct {
	ID      string `json:"id"`
	Content string `json:"content"`
	Version int    `json:"version"`
}

type page[T any] struct {
	Items []T `json:"items"`
	Total int `json:"total"`
}

// call sends a request and reads the data of the answer. An error with status 0
// says that there was no whole answer.
func call[T any](ctx context.Context, client *http.Client, method, address string, body any) (data T, status int, err error) {
	text, err := json.Marshal(body)
	if err != nil {
		return data, 0, err
	}
	request, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(string(text)))
	if err != nil {
		return data, 0, err
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := client.Do(request)
	if err != nil {
		return data, 0, err
	}
	defer answer.Body.Close()
	var envelope struct {
		Data    T      `json:"data"`
		Message string `json:"message"`
		Fields  []any  `json:"field_errors"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&envelope); err != nil {
		return data, 0, err
	}
	if answer.StatusCode/100 != 2 {
		return data, answer.StatusCode, fmt.Errorf("%s %s: status %d: %s %v", method, address, answer.StatusCode, envelope.Message, envelope.Fields)
	}
	return envelope.Data, answer.StatusCode, nil
}

// promise is what a client knows about one document.
type promise struct {
	acknowledged document
	// pending is the content that was sent when the process was killed, or "".
	pending string
}

// writer writes one document after another until the process no longer answers.
type writer struct {
	server  *server
	name    string
	written int
	known   map[string]*promise
	// unnamed are contents that were sent without an id and not acknowledged.
	unnamed []string
}

// run returns nil once the process is gone, and the error of a request that the
// living process refused.
func (w *writer) run(ctx context.Context) error {
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	for i := 0; ; i++ {
		write := w.put
		if i%3 == 2 {
			write = w.post
		}
		status, err := write(ctx, client, i)
		if status != 0 && err != nil {
			return err
		}
		if err != nil {
			return nil
		}
		w.written++
	}
}

// content is unlike every other: its first word is found by the search.
func (w *writer) content(i int) string {
	return fmt.Sprintf("w%sn%06d tells what a client wrote before the process was killed.", w.name, i)
}

// put writes versions of a few documents whose ids the client chooses.
func (w *writer) put(ctx context.Context, client *http.Client, i int) (int, error) {
	id := fmt.Sprintf("%s-%d", w.name, i%5)
	p := w.known[id]
	if p == nil {
		p = &promise{}
		w.known[id] = p
	}
	p.pending = w.content(i)
	stored, status, err := call[document](ctx, client, http.MethodPut, w.server.url("/api/v1/documents/"+id), map[string]string{"content": p.pending})
	if err == nil {
		if stored.Version != p.acknowledged.Version+1 || stored.Content != p.pending {
			return status, fmt.Errorf("%s: version %d after %d, or another content than was sent", id, stored.Version, p.acknowledged.Version)
		}
		p.acknowledged, p.pending = stored, ""
	}
	return status, err
}

// post writes documents whose ids the store chooses.
func (w *writer) post(ctx context.Context, client *http.Client, i int) (int, error) {
	content := w.content(i)
	stored, status, err := call[document](ctx, client, http.MethodPost, w.server.url("/api/v1/documents"), map[string]string{"content": content})
	if err != nil {
		w.unnamed = append(w.unnamed, content)
		return status, err
	}
	w.known[stored.ID] = &promise{acknowledged: document{ID: stored.ID, Content: content, Version: 1}}
	return status, nil
}

func query(path string, pairs ...string) string {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return path + "?" + values.Encode()
}
