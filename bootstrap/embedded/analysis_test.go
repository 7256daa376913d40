package embedded_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/embedded"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/analysis"
)

// analyst returns the analysis as it answers over HTTP.
func analyst(t *testing.T, environment ...string) http.Handler {
	t.Helper()
	cfg, err := config.Load(append(environment, "DOCSTEWARD_DATA="+t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	k, err := kit.New(cfg, kit.Options{Logs: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	a, err := embedded.Open(t.Context(), k, analysis.ID)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	if len(a.Services) != 1 || a.Services[0].ID != analysis.ID || a.DocStore != nil {
		t.Fatalf("open are %+v", a)
	}
	return a.Services[0].Server.Handler()
}

// data sends a request that must succeed and decodes the data of its envelope.
func data[T any](t *testing.T, h http.Handler, method, path, body string) T {
	t.Helper()
	answer := send(h, method, path, body)
	var envelope struct{ Data T }
	if err := json.Unmarshal(answer.Body.Bytes(), &envelope); err != nil || answer.Code != http.StatusOK {
		t.Fatalf("%s %s: %d %s", method, path, answer.Code, answer.Body)
	}
	return envelope.Data
}

// tool writes a program with a page about its options and returns its folder.
func tool(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":  "module example.com/tool\n",
		"main.go": "package main\n\nimport \"flag\"\n\nfunc main() {\n\tflag.String(\"data.path\", \"/var/data\", \"\")\n\tflag.String(\"data.retention\", \"15d\", \"\")\n\tflag.Int(\"web.port\", 9090, \"\")\n}\n",
		"page.md": "# Options\n\n```sh\ntool --data.path=/x --data.retention=1d --web.port=1\n```\n\n- `--data.path` (default `/var/data`)\n- `--web.port` (default `9090`)\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestTheAnalysisRecordsDriftOverHTTP(t *testing.T) {
	h, dir := analyst(t), tool(t)
	order := `{"location":"` + dir + `","project":"tool"}`
	first := data[analysis.ClaimCheck](t, h, http.MethodPost, "/api/v1/claims/checks", order)
	if first.ByVerdict["holds"] < 5 || first.Drifted != 0 {
		t.Fatalf("got %+v", first)
	}
	code := filepath.Join(dir, "main.go")
	text, err := os.ReadFile(code)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(code, []byte(strings.Replace(string(text), "9090", "9191", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	second := data[analysis.ClaimCheck](t, h, http.MethodPost, "/api/v1/claims/checks", order)
	if second.Drifted != 1 || second.DriftedClaims[0].To != "changed" || second.DriftedClaims[0].Document != "page.md" {
		t.Fatalf("got %+v", second)
	}
	changed := data[analysis.ClaimList](t, h, http.MethodGet, "/api/v1/claims?project=tool&verdict=changed&verdict=gone&document=page.md&kind=flag", "")
	if changed.Total != 1 || changed.Items[0].Evidence.Value != "9191" || changed.Items[0].Evidence.Path != "main.go" {
		t.Fatalf("got %+v", changed)
	}
	if story := data[analysis.ClaimHistory](t, h, http.MethodGet, "/api/v1/claims/"+changed.Items[0].ID, ""); len(story.History) != 2 || story.History[1].Check != second.CheckID {
		t.Errorf("got %+v", story)
	}
	if drift := data[analysis.Drift](t, h, http.MethodGet, "/api/v1/drift?project=tool", ""); len(drift.Points) != 2 || len(drift.Documents) != 1 || drift.Documents[0].Drifted != 1 {
		t.Errorf("got %+v", drift)
	}
	if known := data[analysis.FactList](t, h, http.MethodGet, "/api/v1/facts?project=tool&name=data.*", ""); known.Total != 2 {
		t.Errorf("got %+v", known)
	}
	if checks := data[analysis.ClaimCheckList](t, h, http.MethodGet, "/api/v1/claims/checks?project=tool&limit=1", ""); checks.Total != 2 || checks.Items[0].CheckID != second.CheckID {
		t.Errorf("got %+v", checks)
	}
	if again := data[analysis.ClaimCheck](t, h, http.MethodGet, "/api/v1/claims/checks/"+second.CheckID, ""); len(again.DriftedClaims) != 1 {
		t.Errorf("got %+v", again)
	}
	if report := data[analysis.Report](t, h, http.MethodPost, "/api/v1/checks", `{"locations":["`+dir+`"]}`); report.Summary.ByRule["drift-default"] != 1 {
		t.Errorf("got %+v", report.Summary)
	}
	if rules := data[analysis.RuleList](t, h, http.MethodGet, "/api/v1/rules", ""); rules.Total < 30 {
		t.Errorf("there are %d rules", rules.Total)
	}
}

func TestTheAnalysisRefusesBadRequests(t *testing.T) {
	h, dir := analyst(t), tool(t)
	for _, c := range []struct {
		method, path, body, says string
		status                   int
	}{
		{"POST", "/api/v1/claims/checks", `{}`, `"location"`, 422},
		{"POST", "/api/v1/claims/checks", `{"location":"` + dir + `/no"}`, `not_found`, 404},
		{"POST", "/api/v1/claims/checks", `{"location":"` + t.TempDir() + `"}`, `no code`, 400},
		{"POST", "/api/v1/claims/checks", `{"location":"` + dir + `","revision":"HEAD"}`, `validation_error`, 400},
		{"POST", "/api/v1/checks", `{"locations":["` + dir + `"],"fix":true}`, `writes no documents`, 400},
		{"GET", "/api/v1/claims?verdict=wrong", "", `"verdict`, 422},
		{"GET", "/api/v1/claims?kind=thing", "", `"kind"`, 422},
		{"GET", "/api/v1/claims?limit=1001", "", `"limit"`, 422},
		{"GET", "/api/v1/claims?limit=-1", "", `"limit"`, 422},
		{"GET", "/api/v1/claims?offset=-1", "", `"offset"`, 422},
		{"GET", "/api/v1/claims/none", "", `not_found`, 404},
		{"GET", "/api/v1/claims/checks/none", "", `not_found`, 404},
		{"GET", "/api/v1/drift", "", `"project"`, 422},
		{"GET", "/api/v1/drift?project=none", "", `not_found`, 404},
		{"GET", "/api/v1/drift?project=tool&from=yesterday", "", `"from"`, 422},
	} {
		if answer := send(h, c.method, c.path, c.body); answer.Code != c.status || !strings.Contains(answer.Body.String(), c.says) {
			t.Errorf("%s %s %s: %d %s", c.method, c.path, c.body, answer.Code, answer.Body)
		}
	}
}

func TestOnlyCallersWhoMayHaveFilesRead(t *testing.T) {
	h := analyst(t, "AUTH_API_KEYS=v:viewer:look,e:editor:write", "AUTH_ANONYMOUS=health")
	for _, c := range []struct {
		key, method, path, body string
		status                  int
	}{
		{"", "POST", "/api/v1/claims/checks", `{"location":"/"}`, 401},
		{"look", "POST", "/api/v1/claims/checks", `{"location":"/"}`, 403},
		{"look", "POST", "/api/v1/checks", `{"locations":["/"]}`, 403},
		{"look", "GET", "/api/v1/claims", "", 200},
		{"write", "POST", "/api/v1/claims/checks", `{"location":"/no/such/place"}`, 404},
		{"", "GET", "/api/v1/claims", "", 401},
		{"", "GET", "/integration/health", "", 200},
	} {
		request := httptest.NewRequest(c.method, c.path, strings.NewReader(c.body))
		request.Header.Set("Content-Type", "application/json")
		if c.key != "" {
			request.Header.Set("X-API-Key", c.key)
		}
		answer := httptest.NewRecorder()
		if h.ServeHTTP(answer, request); answer.Code != c.status {
			t.Errorf("%s %s as %q: %d %s", c.method, c.path, c.key, answer.Code, answer.Body)
		}
	}
}

func TestADeadPeerIsNamedAndTheAnswerStands(t *testing.T) {
	alive := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/health" {
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(alive.Close)
	dead := httptest.NewServer(http.NotFoundHandler())
	dead.Close()
	sick := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }))
	t.Cleanup(sick.Close)
	for _, away := range []string{dead.URL, sick.URL} {
		h := analyst(t, "DOC_STORE_URL="+alive.URL, "SOURCE_AGENT_URL="+away)
		answer := send(h, http.MethodGet, "/integration/health", "")
		want := `{"analysis_service":"healthy","integrations":{"doc_store":"healthy","source-agent":"unhealthy"},"available_services":["doc_store","source-agent"]}`
		if answer.Code != http.StatusOK || strings.TrimSpace(answer.Body.String()) != want {
			t.Errorf("got %d %s", answer.Code, answer.Body)
		}
	}
}
