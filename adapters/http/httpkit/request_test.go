package httpkit_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
)

func zipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestBodies(t *testing.T) {
	bomb := zipped(t, `{"text":"`+strings.Repeat("x", 100_000)+`"}`)
	whole := zipped(t, `{"text":"x"}`)
	cases := []struct {
		name, method, target, body, encoding string
		status                               int
		message                              string
	}{
		{"compressed", "PUT", "/api/v1/notes/a", whole, "gzip", 200, ""},
		{"compressed, larger than allowed", "PUT", "/api/v1/notes/a", bomb, "gzip", 413, "larger than 200 bytes"},
		{"not compressed at all", "PUT", "/api/v1/notes/a", `{"text":"x"}`, "gzip", 400, "not compressed"},
		{"torn", "PUT", "/api/v1/notes/a", whole[:len(whole)-9], "GZIP", 400, "damaged"},
		{"an operation's own limit", "POST", "/api/v1/count", strings.Repeat("x", 1000), "", 200, ""},
		{"over an operation's own limit", "POST", "/api/v1/count", strings.Repeat("x", 1001), "", 413, "larger than 1000 bytes"},
		{"deep", "PUT", "/api/v1/notes/a", strings.Repeat("[", 150), "", 422, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			answer, body := newServer(t).do(c.method, c.target, c.body, "Content-Encoding", c.encoding)
			if answer.Code != c.status || !strings.Contains(fmt.Sprint(body["message"]), c.message) {
				t.Errorf("got %d %s", answer.Code, answer.Body)
			}
		})
	}
}

// A body whose length is not told is bounded while it is read.
func TestABodyWithoutLengthIsBounded(t *testing.T) {
	s := newServer(t)
	request := httptest.NewRequest("POST", "/api/v1/count", strings.NewReader(strings.Repeat("x", 1001)))
	request.ContentLength = -1
	answer := httptest.NewRecorder()
	s.Handler().ServeHTTP(answer, request)
	if answer.Code != 413 {
		t.Errorf("got %d %s", answer.Code, answer.Body)
	}
}

// The server's deadlines have passed before the body is read: only an upload that
// moves them gets its answer.
func TestAnUploadMayTakeLongerThanOtherRequests(t *testing.T) {
	listening := httptest.NewUnstartedServer(newServer(t).Handler())
	listening.Config.ReadHeaderTimeout, listening.Config.ReadTimeout, listening.Config.WriteTimeout = time.Minute, 1, 1
	listening.Start()
	defer listening.Close()
	response, err := http.Post(listening.URL+"/api/v1/count", "text/plain", strings.NewReader(strings.Repeat("x", 1000)))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != 200 {
		t.Errorf("got %d", response.StatusCode)
	}
}

func TestOldOperationsAnswerBareAndTellWhatTheyIgnore(t *testing.T) {
	s := newServer(t)
	answer, body := s.do("POST", "/old?page=1", `{"text":"t","more":[1],"a\u000d\u000aB: c":1}`)
	if answer.Code != 200 || body["text"] != "t" || body["success"] != nil {
		t.Errorf("got %d %s", answer.Code, answer.Body)
	}
	if got := answer.Header().Get("Docsteward-Warning"); got != `unknown fields ignored: "page", "more", "a\r\nB: c"` {
		t.Errorf("the warning is %q", got)
	}
	s.fail = domain.Conflict.New("taken")
	answer, body = s.do("POST", "/old", `{"text":"t"}`)
	if answer.Code != 409 || answer.Header().Get("Docsteward-Error-Code") != "conflict" || body["error_code"] != "conflict" {
		t.Errorf("got %d %s", answer.Code, answer.Body)
	}
}

// Clients of the earlier system read where a field is.
func TestComplaintsTellTheirPlace(t *testing.T) {
	_, body := newServer(t).do("PUT", "/api/v1/notes/%2e?limit=0", `{"odd":1}`)
	var places []string
	for _, one := range body["detail"].([]any) {
		places = append(places, fmt.Sprint(one.(map[string]any)["loc"]))
	}
	if got := strings.Join(places, " "); got != "[path id] [query limit] [body odd] [body text]" {
		t.Errorf("got %s", got)
	}
}

func TestCallersCannotMakeSeriesOfMetrics(t *testing.T) {
	s := newServer(t)
	for i := range 5 {
		s.do("GET", fmt.Sprintf("/nope/%d", i), "")
		s.do("GET", fmt.Sprintf("/api/v1/notes/%d/more", i), "")
		s.do(fmt.Sprintf("M%d", i), "/api/v1/notes/a", "")
	}
	answer, _ := s.do("GET", "/metrics", "")
	series := 0
	for _, line := range strings.Split(answer.Body.String(), "\n") {
		if strings.HasPrefix(line, "http_requests_total") {
			series++
		}
	}
	if series > 3 {
		t.Errorf("%d series:\n%s", series, answer.Body)
	}
}

func TestWhatIsOfferedIsTold(t *testing.T) {
	s := newServer(t)
	answer, _ := s.do("DELETE", "/api/v1/notes/a", "")
	if !strings.Contains(answer.Header().Get("Allow"), "PUT") {
		t.Errorf("Allow is %q", answer.Header().Get("Allow"))
	}
	answer, _ = s.do("GET", "/docs", "")
	page := answer.Body.String()
	if answer.Code != 200 || !strings.Contains(page, "openapi.json") || strings.Contains(page, "https://") || strings.Contains(page, "//cdn") {
		t.Errorf("the page is not offline: %d", answer.Code)
	}
	answer, _ = s.do("GET", "/openapi.json", "")
	if answer.Code != 200 || !strings.Contains(answer.Body.String(), `"openapi":"3.1.0"`) {
		t.Errorf("got %d %s", answer.Code, answer.Body)
	}
	answer, body := s.do("GET", "/config/effective", "")
	if answer.Code != 200 || body != nil || answer.Body.String() != "[]" {
		t.Errorf("got %d %s", answer.Code, answer.Body)
	}
}

// Half an answer must not look whole.
func TestAPanicInAnAnswerCutsTheConnection(t *testing.T) {
	s := newServer(t)
	s.Handle("GET", "/half", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(bytes.Repeat([]byte("x"), 10_000))
		panic("in the middle")
	}))
	listening := httptest.NewUnstartedServer(s.Handler())
	listening.Config.ErrorLog = nil
	listening.Start()
	defer listening.Close()
	response, err := http.Get(listening.URL + "/half")
	if err == nil {
		_, err = new(bytes.Buffer).ReadFrom(response.Body)
		response.Body.Close()
	}
	if err == nil {
		t.Error("the answer looks whole")
	}
	if !strings.Contains(s.logs.String(), "in the middle") {
		t.Error("the panic is not logged")
	}
}
