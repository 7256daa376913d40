package crash

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const flowsPath = "/api/v1/workflows"

// desk asks a server for runs, and knows what it was promised.
type desk struct {
	target *target
	kinds  []kind
	// ids are those of the kept definitions, by name.
	ids    map[string]string
	client *http.Client
	runs   []*run
	// undisturbed are the records of runs that no kill has met, by kind and verdict.
	undisturbed map[string]string
}

// run is a run that was asked for. Its label goes with every call.
type run struct {
	kind
	label, last string
	// id is empty where the server died before it answered.
	id string
}

// record is what workflow management tells of a run.
type record struct {
	ExecutionID string            `json:"execution_id"`
	Status      string            `json:"status"`
	Parameters  map[string]string `json:"parameters"`
	Message     string            `json:"error_message"`
	Results     []struct {
		ActionID string `json:"action_id"`
		Status   string `json:"status"`
		Output   any    `json:"output"`
		Message  string `json:"error_message"`
	} `json:"results"`
}

// newDesk keeps the definitions on a server that is ready, and goes through each
// once without a kill.
func newDesk(t *testing.T, s *server, g *target) *desk {
	t.Helper()
	d := &desk{target: g, ids: make(map[string]string), undisturbed: make(map[string]string), client: &http.Client{Transport: &http.Transport{}}}
	d.keep(t, s, inner)
	d.kinds = kinds(d.ids[inner.name])
	for _, k := range d.kinds {
		d.keep(t, s, k)
	}
	for _, k := range d.kinds {
		for _, verdict := range verdicts {
			r, err := d.begin(s, k, verdict)
			if err != nil {
				t.Fatal(err)
			}
			if d.undisturbed[k.name+verdict], err = r.told(d.ended(t, s, r.id)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return d
}

func (d *desk) keep(t *testing.T, s *server, k kind) {
	t.Helper()
	kept, _, err := call[struct {
		ID string `json:"workflow_id"`
	}](context.Background(), d.client, http.MethodPost, s.url(flowsPath),
		map[string]any{"name": k.name, "parameters": k.parameters, "actions": k.actions, "activate": true})
	if err != nil {
		t.Fatal(err)
	}
	d.ids[k.name] = kept.ID
}

// begin asks for a run. It fails where the server refuses; a server that dies
// meanwhile leaves a run without an id.
func (d *desk) begin(s *server, k kind, last string) (*run, error) {
	r := &run{kind: k, label: fmt.Sprint("r", len(d.runs)), last: last}
	d.runs = append(d.runs, r)
	accepted, status, err := call[record](context.Background(), d.client, http.MethodPost, s.url(flowsPath+"/"+d.ids[k.name]+"/execute"),
		map[string]any{"parameters": map[string]string{"target": d.target.url, "label": r.label, "last": last}})
	if status == 0 {
		return r, nil
	}
	r.id = accepted.ExecutionID
	return r, err
}

// read returns what is recorded of a run.
func (d *desk) read(s *server, id string) (record, error) {
	found, _, err := call[record](context.Background(), d.client, http.MethodGet, s.url(flowsPath+"/executions/"+id), nil)
	return found, err
}

// ended waits until a run has ended.
func (d *desk) ended(t *testing.T, s *server, id string) (found record) {
	t.Helper()
	var err error
	over := poll(func() bool {
		found, err = d.read(s, id)
		return err != nil || found.Status == "completed" || found.Status == "failed"
	})
	if err != nil || !over {
		t.Fatalf("the run %s is %s after %v: %v\n%s", id, found.Status, patience, err, s.lastLog())
	}
	return found
}

// count is how many runs have the status.
func (d *desk) count(s *server, in string) (total, status int, err error) {
	found, status, err := call[page[record]](context.Background(), d.client, http.MethodGet, s.url(query(flowsPath+"/executions", "status", in, "limit", "1")), nil)
	return found.Total, status, err
}

// settle waits until no run is under way. A run that was recorded and not begun is
// begun some time after the start of the server.
func (d *desk) settle(t *testing.T, s *server) {
	t.Helper()
	open, err := 0, error(nil)
	over := poll(func() bool {
		open, _, err = d.count(s, "running")
		return err == nil && open == 0
	})
	if !over {
		t.Fatalf("%d runs have not ended after %v: %v\n%s", open, patience, err, s.lastLog())
	}
}

// told is how a run ended, without what differs from run to run. It fails where that
// is other than the definition says.
func (r *run) told(found record) (string, error) {
	want := "completed"
	if r.last == "refuse" {
		want = "failed"
	}
	if found.Status != want {
		return "", fmt.Errorf("%s run %s is %s, want %s: %s", r.name, r.label, found.Status, want, found.Message)
	}
	text, err := json.Marshal(found.Results)
	return strings.ReplaceAll(string(text)+found.Message, "/"+r.label+"/", "/run/"), err
}
