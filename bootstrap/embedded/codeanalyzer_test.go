package embedded_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/embedded"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/codeanalyzer"
)

// analyzer returns the code analyzer as it answers over HTTP. It needs no store.
func analyzer(t *testing.T) http.Handler {
	t.Helper()
	cfg, err := config.Load([]string{"DOCSTEWARD_DATA=" + t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	k, err := kit.New(cfg, kit.Options{Logs: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	a, err := embedded.Open(t.Context(), k, codeanalyzer.ID)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	if len(a.Services) != 1 || a.Services[0].ID != codeanalyzer.ID || a.DocStore != nil {
		t.Fatalf("open are %+v", a)
	}
	return a.Services[0].Server.Handler()
}

func send(h http.Handler, method, path, body string) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	request := httptest.NewRequest(method, path, strings.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	h.ServeHTTP(answer, request)
	return answer
}

func TestTheCodeAnalyzerAnswersWithoutAnEnvelope(t *testing.T) {
	h := analyzer(t)
	for path, body := range map[string]string{
		"/analyze/text":  `{"content":"@app.get('/users/{user_id}')\ndef f(): ...\n","repo":null,"language":"python","correlation_id":"c","more":1}`,
		"/analyze/files": `{"files":[{"path":"ü.py","content":"@app.get('/users/{user_id}')"}],"correlation_id":"c","style_examples":null}`,
		"/analyze/patch": `{"patch":"+@app.get('/users/{user_id}')\n","correlation_id":"c","style_examples":[{"any":1}]}`,
	} {
		answer := send(h, http.MethodPost, path, body)
		var got codeanalyzer.Envelope
		if err := json.Unmarshal(answer.Body.Bytes(), &got); err != nil || answer.Code != http.StatusOK {
			t.Errorf("%s: %d %s", path, answer.Code, answer.Body)
		}
		if got.Document.Content != "/users/{user_id}" || got.CorrelationID != "c" || got.VersionTag != "v1" {
			t.Errorf("%s: got %+v", path, got)
		}
	}
}

func TestTheCodeAnalyzerRefusesWhatBreaksTheSchema(t *testing.T) {
	h := analyzer(t)
	many := strings.Repeat(`{"path":"a","content":""},`, codeanalyzer.MaxFiles) + `{"path":"a","content":""}`
	cases := []struct {
		path, body, names string
		status            int
	}{
		{"/analyze/text", `{}`, `"content"`, 422},
		{"/analyze/text", `{"content":null}`, `"content"`, 422},
		{"/analyze/text", `{"content":5}`, `"content"`, 422},
		{"/analyze/text", `{bad`, `"body"`, 422},
		{"/analyze/text", `[]`, `"body"`, 422},
		{"/analyze/files", `{}`, `"files"`, 422},
		{"/analyze/files", `{"files":"x"}`, `"files"`, 422},
		{"/analyze/files", `{"files":["x"]}`, `files[0]`, 422},
		{"/analyze/files", `{"files":[{"path":"a"}]}`, `files[0].content`, 422},
		{"/analyze/files", `{"files":[{"content":"a"}]}`, `files[0].path`, 422},
		{"/analyze/files", `{"files":[` + many + `]}`, `max_files`, 413},
		{"/analyze/patch", `{}`, `"patch"`, 422},
		{"/analyze/patch", `{"patch":"` + strings.Repeat("x", codeanalyzer.MaxBody) + `"}`, `max_bytes`, 413},
		{"/api/v1/facts", `{}`, `"files"`, 422},
	}
	for _, c := range cases {
		answer := send(h, http.MethodPost, c.path, c.body)
		if answer.Code != c.status || !strings.Contains(answer.Body.String(), c.names) || !strings.Contains(answer.Body.String(), `"detail"`) {
			t.Errorf("%s %.60s: %d %s", c.path, c.body, answer.Code, answer.Body)
		}
	}
}

func TestTheCodeAnalyzerTellsWhatItUnderstands(t *testing.T) {
	h := analyzer(t)
	for path, want := range map[string]string{
		"/health":           `"analysis_ready":true,"languages":["go","java","javascript","python","typescript"]`,
		"/info":             `"service":"code-analyzer"`,
		"/config/effective": `"service":"code-analyzer"`,
		"/metrics":          `service="code-analyzer"`,
	} {
		if answer := send(h, http.MethodGet, path, ""); answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), want) {
			t.Errorf("%s: %d %.500s", path, answer.Code, answer.Body)
		}
	}
	answer := send(h, http.MethodPost, "/api/v1/facts", `{"files":[{"path":"a.go","content":"package a\n\nfunc F() {}\n"}]}`)
	if answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), `"counts":{"symbol":1}`) {
		t.Errorf("facts: %d %s", answer.Code, answer.Body)
	}
}
