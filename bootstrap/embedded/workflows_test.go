package embedded_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/embedded"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/process"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/workflows"
)

// orchestrated runs the orchestrator as the server does, and returns its address.
func orchestrated(t *testing.T) string {
	t.Helper()
	return running(t, nil, orchestrator.ID) + "/api/v1/workflows"
}

// running runs services as the server does, and returns the address of the
// orchestrator.
func running(t *testing.T, environment []string, services ...string) string {
	t.Helper()
	return "http://" + listening(t, environment, services...)[orchestrator.ID]
}

// listening runs services as the server does, and returns where each of them listens.
func listening(t *testing.T, environment []string, services ...string) map[string]string {
	t.Helper()
	directory, err := os.MkdirTemp("", "ds") // the path of a socket must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(directory) })
	environment = append(environment, "DOCSTEWARD_DATA="+directory, "WEBHOOK_ALLOWED_HOSTS=127.0.0.1",
		"ORCHESTRATOR_PORT=0", "DOC_STORE_PORT=0", "SOURCE_AGENT_PORT=0", "ANALYSIS_SERVICE_PORT=0")
	cfg, err := config.Load(environment)
	if err != nil {
		t.Fatal(err)
	}
	k, err := kit.New(cfg, kit.Options{Logs: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	a, err := embedded.Open(t.Context(), k, services...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	p, err := process.New(k, a.Services, "")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	addresses, ended := make(chan map[string]string, 1), make(chan error, 1)
	go func() { ended <- p.Run(ctx, func(a map[string]string) { addresses <- a }) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the process ended with %v", err)
		}
	})
	select {
	case at := <-addresses:
		return at
	case err := <-ended:
		ended <- nil
		t.Fatalf("the process did not start: %v", err)
	}
	return nil
}

// ask sends a body and returns the status, the text of the answer and its data.
func ask[T any](t *testing.T, method, address string, body any) (status int, text string, data T) {
	t.Helper()
	sent, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, address, bytes.NewReader(sent))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	var read bytes.Buffer
	if _, err := read.ReadFrom(answer.Body); err != nil {
		t.Fatal(err)
	}
	var envelope struct{ Data T }
	if err := json.Unmarshal(read.Bytes(), &envelope); err != nil {
		t.Fatalf("%s %s: %v: %.200s", method, address, err, read.String())
	}
	return answer.StatusCode, read.String(), envelope.Data
}

type object = map[string]any

// waiting is an action that waits for a moment.
func waiting(id string, more object) object {
	a := object{"action_id": id, "name": id, "action_type": "wait", "config": object{"seconds": 0.01}}
	for name, value := range more {
		a[name] = value
	}
	return a
}

func TestDefinitionsThatCannotRunAreRefused(t *testing.T) {
	base := orchestrated(t)
	for name, c := range map[string]struct {
		actions []object
		status  int
		field   string
		says    string
	}{
		"actions in a circle":         {[]object{waiting("a", object{"depends_on": []string{"b"}}), waiting("b", object{"depends_on": []string{"a"}})}, http.StatusBadRequest, "actions", "circular dependency"},
		"a type that there is not":    {[]object{waiting("a", object{"action_type": "teleport"})}, http.StatusBadRequest, "actions[0].action_type", "must be one of service_call"},
		"a reference to nothing":      {[]object{waiting("a", object{"config": object{"seconds": "{{nobody.answer}}"}})}, http.StatusBadRequest, "actions[0].config", "nobody"},
		"a dependency on nothing":     {[]object{waiting("a", object{"depends_on": []string{"nobody"}})}, http.StatusBadRequest, "actions[0].depends_on", "nobody"},
		"a condition that is no term": {[]object{waiting("a", object{"condition": "1 +"})}, http.StatusBadRequest, "actions[0].condition", ""},
		"a condition of 5000 bytes":   {[]object{waiting("a", object{"condition": strings.Repeat("true && ", 625) + "true"})}, http.StatusUnprocessableEntity, "actions[0].condition", "4096"},
	} {
		t.Run(name, func(t *testing.T) {
			status, text, _ := ask[workflows.Workflow](t, http.MethodPost, base, object{"name": "w", "actions": c.actions, "activate": true})
			if status != c.status || !strings.Contains(text, `"`+c.field) || !strings.Contains(text, c.says) {
				t.Errorf("%d %s", status, text)
			}
		})
	}
	if _, _, list := ask[workflows.WorkflowList](t, http.MethodGet, base+"?name_contains=w&created_by=anonymous", nil); list.Total != 0 {
		t.Errorf("%d of the refused are kept", list.Total)
	}
}

// keepActive keeps a workflow that can be run, and returns its id.
func keepActive(t *testing.T, base, name string, parameters, actions []object) string {
	t.Helper()
	status, text, w := ask[workflows.Workflow](t, http.MethodPost, base, object{"name": name, "parameters": parameters, "actions": actions, "activate": true})
	if status != http.StatusCreated {
		t.Fatalf("%d %s", status, text)
	}
	return w.WorkflowID
}

// through waits until a run has ended.
func through(t *testing.T, base, id string) workflows.Execution {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for range 1500 {
		_, _, e := ask[workflows.Execution](t, http.MethodGet, base+"/executions/"+id, nil)
		if e.Status == "completed" || e.Status == "failed" {
			return e
		}
		<-tick.C
	}
	t.Fatalf("the run %s has not ended", id)
	return workflows.Execution{}
}

// A parameter of 10 MB is taken, kept and compared; one beyond the bound of bodies is
// refused before it is read.
func TestAGreatParameterIsTakenOrRefused(t *testing.T) {
	base := orchestrated(t)
	id := keepActive(t, base, "great", []object{{"name": "text", "type": "string"}}, []object{
		{"action_id": "up", "name": "up", "action_type": "transform_data", "config": object{"transformation_type": "uppercase", "input_field": "text"}},
	})
	run := func(size int) (int, string, workflows.Execution) {
		return ask[workflows.Execution](t, http.MethodPost, base+"/"+id+"/execute", object{"parameters": object{"text": strings.Repeat("x", size)}})
	}
	status, text, begun := run(10 << 20)
	if status != http.StatusAccepted {
		t.Fatalf("10 MB: %d %.300s", status, text)
	}
	e := through(t, base, begun.ExecutionID)
	if output, _ := e.Results[0].Output.(string); e.Status != "completed" || output != strings.Repeat("X", 10<<20) {
		t.Errorf("10 MB: %s %s, an output of %d bytes", e.Status, e.ErrorMessage, len(output))
	}
	if status, text, _ := run(51 << 20); status != http.StatusRequestEntityTooLarge {
		t.Errorf("51 MB: %d %.300s", status, text)
	}
}

// An address that never answers ends with the timeout of its action.
func TestAnAddressThatHangsEndsWithItsTimeout(t *testing.T) {
	base := orchestrated(t)
	called := make(chan bool, 10)
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		called <- true
		<-r.Context().Done()
	}))
	t.Cleanup(silent.Close)
	hang := object{
		"action_id": "hang", "name": "hang", "action_type": "external_api_call", "timeout_seconds": 0.3,
		"config": object{"url": silent.URL, "method": "GET"}, "retry_count": 1, "retry_delay": 0.01,
	}
	id := keepActive(t, base, "hangs", []object{}, []object{hang, waiting("after", object{"depends_on": []string{"hang"}})})
	status, text, begun := ask[workflows.Execution](t, http.MethodPost, base+"/"+id+"/execute", object{})
	if status != http.StatusAccepted {
		t.Fatalf("%d %s", status, text)
	}
	e := through(t, base, begun.ExecutionID)
	if e.Status != "failed" || e.ErrorKind != "timeout" || !strings.Contains(e.ErrorMessage, "300ms") {
		t.Errorf("%s %s: %s", e.Status, e.ErrorKind, e.ErrorMessage)
	}
	if len(called) != 2 || e.Results[1].Status != "skipped" {
		t.Errorf("called %d times; what depends on it is %s", len(called), e.Results[1].Status)
	}
}
