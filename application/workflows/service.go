// Package workflows implements workflow management: it keeps definitions, and runs
// them on a durable runtime, so that a run outlives the process that began it.
package workflows

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/tx"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

// Deps are what the use cases stand on.
type Deps struct {
	Definitions workflows.Definitions
	Executions  workflows.Executions
	Compiler    workflow.Compiler
	// Performers carry out actions by their type. The runtime's registry is made of
	// the same ones.
	Performers map[string]workflows.Performer
	Runtime    durable.Runtime
	Templates  []workflows.Template
	Outbox     outbox.Outbox
	Unit       tx.Unit
	Clock      clock.Clock
	IDs        ids.Generator
}

type service struct{ Deps }

// Fill makes the use cases of this package the implementation of the menu.
func Fill(menu *workflows.UseCases, deps Deps) {
	s := &service{deps}
	menu.CreateWorkflow.HandleFunc(s.createWorkflow)
	menu.ListWorkflows.HandleFunc(s.listWorkflows)
	menu.SearchWorkflows.HandleFunc(s.searchWorkflows)
	menu.GetWorkflow.HandleFunc(s.getWorkflow)
	menu.UpdateWorkflow.HandleFunc(s.updateWorkflow)
	menu.DeleteWorkflow.HandleFunc(s.deleteWorkflow)
	menu.ValidateWorkflow.HandleFunc(s.validateWorkflow)
	menu.ListVersions.HandleFunc(s.listVersions)

	menu.ListTemplates.HandleFunc(s.listTemplates)
	menu.GetTemplate.HandleFunc(s.getTemplate)
	menu.CreateFromTemplate.HandleFunc(s.createFromTemplate)
	menu.GetStatistics.HandleFunc(s.getStatistics)
	menu.ListActivity.HandleFunc(s.listActivity)

	menu.ExecuteWorkflow.HandleFunc(s.executeWorkflow)
	menu.RunWorkflow.HandleFunc(s.runWorkflow)
	menu.ListExecutions.HandleFunc(s.listExecutions)
	menu.GetExecution.HandleFunc(s.getExecution)
	menu.CancelExecution.HandleFunc(s.cancelExecution)
	menu.PauseExecution.HandleFunc(s.pauseExecution)
	menu.ResumeExecution.HandleFunc(s.resumeExecution)
	menu.RetryExecution.HandleFunc(s.retryExecution)
	menu.SignalExecution.HandleFunc(s.signalExecution)
	menu.ExplainExecution.HandleFunc(s.explainExecution)
	menu.WatchExecution.HandleFunc(s.watchExecution)
}

// now is the present instant as it is stored.
func (s *service) now() time.Time { return s.Clock.Now().UTC().Truncate(time.Microsecond) }

// caller is who calls, by the name given or that of the caller.
func caller(ctx context.Context, given string) string {
	if given != "" {
		return given
	}
	if user := usecase.MetaOf(ctx).Caller.User; user != "" {
		return user
	}
	return "anonymous"
}
