package workflows

import "github.com/docsteward/docsteward/ports/usecase"

// Permissions of workflow management.
const (
	// Read lets a caller look at workflows and runs.
	Read = "workflows:read"
	// Write lets a caller keep and change workflows.
	Write = "workflows:write"
	// Execute lets a caller begin, steer and end runs. What a run calls, it calls
	// with the permissions of the orchestrator.
	Execute = "workflows:execute"
)

// Operations lists what workflow management offers; every face reads this table.
func Operations(uc *UseCases) []usecase.Operation {
	const base = "/api/v1/workflows"
	return append([]usecase.Operation{
		usecase.Post(base, "Keep a new workflow, as a draft.", &uc.CreateWorkflow, usecase.Created, usecase.Needs(Write)),
		usecase.Get(base, "List workflows, the last made first.", &uc.ListWorkflows, usecase.Needs(Read)),
		usecase.Get(base+"/search", "Find workflows by their words.", &uc.SearchWorkflows, usecase.Needs(Read)),
		usecase.Post(base+"/validate", "Check a definition, tell all that is wrong, and keep nothing.", &uc.ValidateWorkflow, usecase.Idempotent, usecase.Needs(Read)),
		usecase.Get(base+"/statistics", "Count workflows and runs.", &uc.GetStatistics, usecase.Needs(Read)),
		usecase.Get(base+"/activity", "List what happened last.", &uc.ListActivity, usecase.Needs(Read)),
		usecase.Get(base+"/templates", "List the shipped definitions.", &uc.ListTemplates, usecase.Needs(Read)),
		usecase.Get(base+"/templates/{name}", "Read a shipped definition.", &uc.GetTemplate, usecase.Needs(Read)),
		usecase.Post(base+"/from-template", "Keep a workflow that is made of a shipped definition.", &uc.CreateFromTemplate, usecase.Created, usecase.Needs(Write)),
		usecase.Get(base+"/{workflow_id}", "Read a workflow.", &uc.GetWorkflow, usecase.Needs(Read)),
		usecase.Put(base+"/{workflow_id}", "Change what is given of a workflow.", &uc.UpdateWorkflow, usecase.Needs(Write)),
		usecase.Delete(base+"/{workflow_id}", "Remove a workflow; its runs stay.", &uc.DeleteWorkflow, usecase.Needs(Write)),
		usecase.Get(base+"/{workflow_id}/versions", "List the versions of a workflow.", &uc.ListVersions, usecase.Needs(Read)),
	}, executions(uc, base)...)
}

func executions(uc *UseCases, base string) []usecase.Operation {
	one := base + "/executions/{execution_id}"
	return []usecase.Operation{
		usecase.Post(base+"/execute", "Begin a run of the workflow in the body and return at once.", &uc.ExecuteWorkflow, usecase.Accepted, usecase.Needs(Execute)),
		usecase.Post(base+"/{workflow_id}/execute", "Begin a run and return at once.", &uc.RunWorkflow, usecase.Accepted, usecase.Needs(Execute)),
		usecase.Get(base+"/executions", "List runs, the last asked for first.", &uc.ListExecutions, usecase.Needs(Read)),
		usecase.Get(one, "Read a run with the results so far.", &uc.GetExecution, usecase.Needs(Read)),
		usecase.Post(one+"/cancel", "End a run and undo what says how.", &uc.CancelExecution, usecase.Idempotent, usecase.Needs(Execute)),
		usecase.Post(one+"/pause", "Stop a run until it is resumed.", &uc.PauseExecution, usecase.Idempotent, usecase.Needs(Execute)),
		usecase.Post(one+"/resume", "Let a paused run go on.", &uc.ResumeExecution, usecase.Needs(Execute)),
		usecase.Post(one+"/retry", "Begin a run that takes over what a failed one completed.", &uc.RetryExecution, usecase.Accepted, usecase.Needs(Execute)),
		usecase.Post(one+"/signals", "Hand an event to a run that waits for it, or will.", &uc.SignalExecution, usecase.Needs(Execute)),
		usecase.Get(one+"/explain", "Say in one sentence what a run waits for.", &uc.ExplainExecution, usecase.Needs(Read)),
		usecase.Watch(one+"/events", "Follow a run live.", &uc.WatchExecution, usecase.Needs(Read)),
	}
}
