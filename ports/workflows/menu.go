package workflows

import "github.com/docsteward/docsteward/ports/usecase"

// UseCases is the menu of workflow management.
type UseCases struct {
	CreateWorkflow   usecase.Port[CreateWorkflow, Workflow]
	ListWorkflows    usecase.Port[ListWorkflows, WorkflowList]
	SearchWorkflows  usecase.Port[SearchWorkflows, WorkflowList]
	GetWorkflow      usecase.Port[GetWorkflow, Workflow]
	UpdateWorkflow   usecase.Port[UpdateWorkflow, Workflow]
	DeleteWorkflow   usecase.Port[DeleteWorkflow, Deleted]
	ValidateWorkflow usecase.Port[ValidateWorkflow, Validation]
	ListVersions     usecase.Port[ListVersions, VersionList]

	ListTemplates      usecase.Port[ListTemplates, TemplateList]
	GetTemplate        usecase.Port[GetTemplate, Template]
	CreateFromTemplate usecase.Port[CreateFromTemplate, Workflow]
	GetStatistics      usecase.Port[GetStatistics, Statistics]
	ListActivity       usecase.Port[ListActivity, ActivityList]

	ExecuteWorkflow  usecase.Port[ExecuteWorkflow, Execution]
	RunWorkflow      usecase.Port[RunWorkflow, Execution]
	ListExecutions   usecase.Port[ListExecutions, ExecutionList]
	GetExecution     usecase.Port[GetExecution, Execution]
	CancelExecution  usecase.Port[CancelExecution, Execution]
	PauseExecution   usecase.Port[PauseExecution, Execution]
	ResumeExecution  usecase.Port[ResumeExecution, Execution]
	RetryExecution   usecase.Port[RetryExecution, Execution]
	SignalExecution  usecase.Port[SignalExecution, Execution]
	ExplainExecution usecase.Port[ExplainExecution, Explanation]
	WatchExecution   usecase.Stream[WatchExecution, RunEvent]
}
