package workflow

import "github.com/docsteward/docsteward/domain"

// ActionStatus says how an action stands.
type ActionStatus string

// The statuses of an action.
const (
	ActionPending   ActionStatus = "pending"
	ActionRunning   ActionStatus = "running"
	ActionCompleted ActionStatus = "completed"
	ActionFailed    ActionStatus = "failed"
	ActionSkipped   ActionStatus = "skipped"
	ActionCancelled ActionStatus = "cancelled"
)

// Outcome is how an action ended.
type Outcome struct {
	Status ActionStatus
	// Output is a JSON value, there when it completed.
	Output any
	// Fault is there when it failed.
	Fault *domain.Fault
	// Reason says in words why it was skipped.
	Reason string
}

// Completed is the outcome of an action that answered.
func Completed(output any) Outcome { return Outcome{Status: ActionCompleted, Output: output} }

// FailedWith is the outcome of an action that failed.
func FailedWith(err error) Outcome {
	return Outcome{Status: ActionFailed, Fault: domain.FaultOf(err)}
}

// Skipped is the outcome of an action that did not run.
func Skipped(reason string) Outcome { return Outcome{Status: ActionSkipped, Reason: reason} }

// Value is what references and conditions see of the outcome: response and output
// are what the action answered, status and error how it ended, and the fields of
// an object that it answered stand beside them.
func (o Outcome) Value() map[string]any {
	value := make(map[string]any, 4)
	if fields, ok := o.Output.(map[string]any); ok {
		for name, inner := range fields {
			value[name] = inner
		}
	}
	if _, own := value["error"]; !own || o.Fault != nil {
		value["error"] = nil
		if o.Fault != nil {
			value["error"] = o.Fault.Message
		}
	}
	if _, own := value["status"]; !own {
		value["status"] = string(o.Status)
	}
	value["response"], value["output"] = o.Output, o.Output
	return value
}
