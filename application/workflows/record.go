package workflows

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/workflows"
)

// RecordFormat names the format of what runs record, for the runtime: runs go on
// under every build of the same format. A change of the programs or of the types
// below that recorded runs cannot follow needs a new name.
const RecordFormat = "docsteward-workflows-1"

// graphInput begins a run through actions.
type graphInput struct {
	Actions []workflows.Action `json:"actions"`
	// Values are those of the parameters and of what stands around.
	Values map[string]any `json:"values"`
	// Done are outcomes that are taken over from another run.
	Done []outcome `json:"done,omitempty"`
	User string    `json:"user"`
	// Correlation joins all that the run asks for to the request that began it.
	Correlation string `json:"correlation"`
	// Depth counts the workflows around this one.
	Depth int `json:"depth"`
}

// workflowInput begins the run of an execution.
type workflowInput struct {
	Execution string     `json:"execution"`
	Graph     graphInput `json:"graph"`
}

// graphOutput is how a run through actions ended. A failure is an output, so that
// what is to be undone comes with it.
type graphOutput struct {
	Outcomes []outcome `json:"outcomes"`
	Fault    *fault    `json:"fault,omitempty"`
	Undo     []undo    `json:"undo,omitempty"`
}

type outcome struct {
	ID     string                `json:"id"`
	Status workflow.ActionStatus `json:"status"`
	Output any                   `json:"output,omitempty"`
	Fault  *fault                `json:"fault,omitempty"`
	Reason string                `json:"reason,omitempty"`
}

type fault struct {
	Kind    string `json:"kind"`
	Code    string `json:"code,omitempty"`
	Message string `json:"message"`
}

// undo is a compensation that is to be carried out.
type undo struct {
	// Name is unique among those of an execution.
	Name   string `json:"name"`
	Action string `json:"action"`
	task
	Fault *fault `json:"fault,omitempty"`
}

// task is what a performer is asked, as steps record it.
type task struct {
	Type   string         `json:"type"`
	Config map[string]any `json:"config"`
	User   string         `json:"user"`
	// Correlation is that of the run.
	Correlation string `json:"correlation"`
}

// loopInput begins a loop.
type loopInput struct {
	Config map[string]any `json:"config"`
	Graph  graphInput     `json:"graph"`
}

// timerInput begins a wait for a time.
type timerInput struct {
	Seconds float64 `json:"seconds,omitempty"`
	Until   string  `json:"until,omitempty"`
}

// subInput begins a workflow within another.
type subInput struct {
	Workflow   string         `json:"workflow"`
	Parameters map[string]any `json:"parameters"`
	User       string         `json:"user"`
	Depth      int            `json:"depth"`
	// Correlation is that of the run.
	Correlation string `json:"correlation"`
}

// finishInput ends an execution.
type finishInput struct {
	Execution string    `json:"execution"`
	Outcomes  []outcome `json:"outcomes"`
	Fault     *fault    `json:"fault,omitempty"`
}

func faultRecord(f *domain.Fault) *fault {
	if f == nil {
		return nil
	}
	return &fault{Kind: f.Kind.String(), Code: f.Code, Message: f.Message}
}

func (f *fault) fault() *domain.Fault {
	if f == nil {
		return nil
	}
	return domain.KindNamed(f.Kind).New(f.Message).WithCode(f.Code)
}

func records(named []workflow.Named) []outcome {
	all := make([]outcome, len(named))
	for i, n := range named {
		all[i] = outcome{ID: n.ID, Status: n.Status, Output: n.Output, Fault: faultRecord(n.Fault), Reason: n.Reason}
	}
	return all
}

func namedOf(records []outcome) []workflow.Named {
	all := make([]workflow.Named, len(records))
	for i, r := range records {
		all[i] = workflow.Named{ID: r.ID, Outcome: workflow.Outcome{Status: r.Status, Output: r.Output, Fault: r.Fault.fault(), Reason: r.Reason}}
	}
	return all
}

// encode writes what comes from JSON as JSON.
func encode(value any) ([]byte, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return nil, domain.Internal.Wrap(err, "What a run records cannot be written as JSON.")
	}
	return body, nil
}

func decode[T any](body []byte) (T, error) {
	var value T
	if len(body) == 0 {
		return value, nil
	}
	if err := json.Unmarshal(body, &value); err != nil {
		return value, domain.Internal.Wrap(err, "What a run recorded cannot be read; it was written in another format.")
	}
	return value, nil
}

// maxRunID keeps the ids of runs within what a runtime takes.
const maxRunID = 190

// childID is the id of a run within another.
func childID(run, name string) string {
	id := run + "/" + name
	if len(id) <= maxRunID {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	return id[:100] + "~" + hex.EncodeToString(sum[:16])
}
