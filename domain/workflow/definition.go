// Package workflow is the language of workflows: definitions of typed parameters
// and a graph of actions, what is wrong with them, and how a run goes through
// them. A run is decided here and carried out elsewhere: a Progress says which
// actions come next, is told how they ended, and with the same outcomes says the
// same again.
package workflow

import "time"

// Definition is a workflow as its author wrote it.
type Definition struct {
	Name, Description string
	Parameters        []Parameter
	Actions           []Action
	// Timeout ends a run that takes longer; 0 is without limit.
	Timeout time.Duration
}

// Action types.
const (
	ServiceCall       = "service_call"
	PromptExecution   = "prompt_execution"
	ExternalAPICall   = "external_api_call"
	Notification      = "notification"
	TransformData     = "transform_data"
	ConditionalBranch = "conditional_branch"
	Loop              = "loop"
	Wait              = "wait"
	SubWorkflow       = "sub_workflow"
)

// Types lists the action types.
func Types() []string {
	return []string{
		ServiceCall, PromptExecution, ExternalAPICall, Notification, TransformData,
		ConditionalBranch, Loop, Wait, SubWorkflow,
	}
}

// Bounds of a definition.
const (
	// MaxActions bounds the actions of a definition, those of loops too.
	MaxActions = 2000
	// MaxIterations bounds every loop.
	MaxIterations = 10_000
	// MaxTimeout bounds one try of an action.
	MaxTimeout = 24 * time.Hour
	// MaxRetries bounds the further tries of an action.
	MaxRetries = 100
	// MaxNesting bounds loops within loops.
	MaxNesting = 5
)

// Action is one node of the graph.
type Action struct {
	ID, Type, Name, Description string
	// Config holds what the type needs, as JSON values. Strings in it may refer to
	// parameters and to what earlier actions answered: {{name.part}}.
	Config map[string]any
	// Body are the actions of a loop, a graph of their own that may refer to what
	// stands around the loop.
	Body []Action
	// Condition is an expression; the action is skipped where it does not hold.
	Condition string
	// DependsOn names the actions that must be through before this one.
	DependsOn []string
	// Retries counts further tries after the first; RetryDelay is before the first
	// of them and doubles with each.
	Retries    int
	RetryDelay time.Duration
	// Timeout is how long one try may take.
	Timeout time.Duration
	// OnError names the action that runs only when this one fails. When that one
	// completes, the failure counts as handled.
	OnError string
	// ContinueOnError lets those that depend on this action run although it failed.
	ContinueOnError bool
	// Compensation undoes the action when the run fails or is cancelled later;
	// it has a type and a config, and knows what the action answered.
	Compensation *Compensation
}

// Compensation undoes an action that had completed.
type Compensation struct {
	Type   string
	Config map[string]any
}

// Condition decides over the values of a run.
type Condition interface {
	// Names lists the names that it reads, each once: parameters and actions.
	Names() []string
	// Holds decides. It fails where the values do not fit, such as a text that is
	// compared with a number, or where it would cost too much.
	Holds(values map[string]any) (bool, error)
}

// Compiler makes a condition of its text, or tells what is wrong with it.
type Compiler interface {
	Compile(text string) (Condition, error)
}

// RequiredServices lists the services that service calls name, each once, in order.
func (d Definition) RequiredServices() []string {
	var services []string
	seen := make(map[string]bool)
	var collect func(actions []Action)
	collect = func(actions []Action) {
		for _, a := range actions {
			if service, ok := a.Config["service"].(string); ok && a.Type == ServiceCall && !seen[service] {
				seen[service] = true
				services = append(services, service)
			}
			collect(a.Body)
		}
	}
	collect(d.Actions)
	return services
}
