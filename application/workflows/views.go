package workflows

import (
	"slices"
	"time"

	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

// What an action has where its author says nothing.
const (
	defaultRetryDelay = time.Second
	defaultTimeout    = 30 * time.Second
)

func seconds(value *float64, absent time.Duration) time.Duration {
	if value == nil {
		return absent
	}
	return time.Duration(*value * float64(time.Second))
}

func parametersOf(views []workflows.Parameter) []workflow.Parameter {
	parameters := make([]workflow.Parameter, len(views))
	for i, v := range views {
		parameters[i] = workflow.Parameter{
			Name: v.Name, Type: v.Type, Description: v.Description, Required: v.Required == nil || *v.Required,
			Default: v.DefaultValue, Allowed: v.AllowedValues, Rules: v.ValidationRules,
		}
	}
	return parameters
}

func parameterViews(parameters []workflow.Parameter) []workflows.Parameter {
	views := make([]workflows.Parameter, len(parameters))
	for i, p := range parameters {
		views[i] = workflows.Parameter{
			Name: p.Name, Type: p.Type, Description: p.Description, Required: new(p.Required),
			DefaultValue: p.Default, AllowedValues: p.Allowed, ValidationRules: p.Rules,
		}
	}
	return views
}

func actionsOf(views []workflows.Action) []workflow.Action {
	actions := make([]workflow.Action, len(views))
	for i, v := range views {
		actions[i] = workflow.Action{
			ID: v.ActionID, Type: v.ActionType, Name: v.Name, Description: v.Description, Config: v.Config, Body: actionsOf(v.Actions),
			Condition: v.Condition, DependsOn: v.DependsOn, Retries: v.RetryCount, RetryDelay: seconds(v.RetryDelay, defaultRetryDelay),
			Timeout: seconds(v.TimeoutSeconds, defaultTimeout), OnError: v.OnError, ContinueOnError: v.ContinueOnError,
		}
		if c := v.Compensation; c != nil {
			actions[i].Compensation = &workflow.Compensation{Type: c.ActionType, Config: c.Config}
		}
	}
	return actions
}

func actionViews(actions []workflow.Action) []workflows.Action {
	views := make([]workflows.Action, len(actions))
	for i, a := range actions {
		views[i] = workflows.Action{
			ActionID: a.ID, ActionType: a.Type, Name: a.Name, Description: a.Description, Config: a.Config, Actions: actionViews(a.Body),
			Condition: a.Condition, DependsOn: a.DependsOn, RetryCount: a.Retries, RetryDelay: new(a.RetryDelay.Seconds()),
			TimeoutSeconds: new(a.Timeout.Seconds()), OnError: a.OnError, ContinueOnError: a.ContinueOnError,
		}
		if c := a.Compensation; c != nil {
			views[i].Compensation = &workflows.Compensation{ActionType: c.Type, Config: c.Config}
		}
	}
	return views
}

func workflowView(w workflow.Workflow) workflows.Workflow {
	return workflows.Workflow{
		WorkflowID: w.ID.String(), Name: w.Definition.Name, Description: w.Definition.Description, WorkflowType: w.Type,
		Status: string(w.Status), Parameters: parameterViews(w.Definition.Parameters), Actions: actionViews(w.Definition.Actions),
		Tags: append([]string{}, w.Tags...), CreatedBy: w.CreatedBy, CreatedAt: w.CreatedAt, UpdatedAt: w.UpdatedAt,
		RequiredServices: required(w), TimeoutSeconds: w.Definition.Timeout.Seconds(),
		Version: w.Version, StructuralHash: w.Hash, Revision: w.Revision,
	}
}

// required lists the services that the actions call and those that the author named.
func required(w workflow.Workflow) []string {
	services := append([]string{}, w.Services...)
	for _, service := range w.Definition.RequiredServices() {
		if !slices.Contains(services, service) {
			services = append(services, service)
		}
	}
	return services
}

// executionView is a run without its results.
func executionView(e workflow.Execution) workflows.Execution {
	view := workflows.Execution{
		ExecutionID: e.ID.String(), WorkflowID: e.Workflow.String(), WorkflowName: e.Definition.Name, WorkflowVersion: e.Version,
		Status: string(e.Status), Parameters: e.Parameters, Results: []workflows.ActionResult{}, StartedAt: usecase.TimeOrNil(e.StartedAt),
		CompletedAt: usecase.TimeOrNil(e.CompletedAt), DurationMS: e.Duration().Milliseconds(), RetryOf: e.RetryOf.String(), UserID: e.User,
		CorrelationID: e.Correlation, Priority: e.Priority, CreatedAt: e.CreatedAt,
		Progress: progressView(len(e.Outcomes), len(e.Definition.Actions), nil),
	}
	if e.Status == workflow.Done {
		view.Progress = progressView(len(e.Definition.Actions), len(e.Definition.Actions), nil)
	}
	if e.Fault != nil {
		view.ErrorMessage, view.ErrorKind = e.Fault.Message, e.Fault.Kind.String()
	}
	return view
}

func progressView(through, all int, current []string) workflows.RunProgress {
	view := workflows.RunProgress{CompletedActions: through, TotalActions: all, CurrentActions: append([]string{}, current...), Percentage: 100}
	if all > 0 {
		view.Percentage = float64(through) * 100 / float64(all)
	}
	return view
}

func resultView(o workflow.Named, started, ended time.Time) workflows.ActionResult {
	view := workflows.ActionResult{
		ActionID: o.ID, Status: string(o.Status), Output: o.Output, Reason: o.Reason, StartedAt: usecase.TimeOrNil(started), CompletedAt: usecase.TimeOrNil(ended),
	}
	if o.Fault != nil {
		view.ErrorMessage, view.ErrorKind = o.Fault.Message, o.Fault.Kind.String()
	}
	return view
}
