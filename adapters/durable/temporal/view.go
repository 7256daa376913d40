package durabletemporal

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

// Describe implements durable.Runtime.
func (r *Runtime) Describe(ctx context.Context, run string) (durable.Run, error) {
	described, err := r.summary(ctx, run)
	if err != nil {
		return durable.Run{}, err
	}
	h, err := r.history(ctx, run)
	if err != nil {
		return durable.Run{}, err
	}
	described.Steps = h.records
	if described.Status == durable.Running && h.paused {
		described.Status = durable.Paused
	}
	return described, r.outcome(ctx, &described)
}

// Wait implements durable.Runtime.
func (r *Runtime) Wait(ctx context.Context, run string) (durable.Run, error) {
	output, fault, err := r.result(ctx, run)
	if err != nil {
		return durable.Run{}, err
	}
	ended, err := r.summary(ctx, run)
	ended.Output, ended.Fault = output, fault
	return ended, err
}

// summary returns the run without its steps and its outcome.
func (r *Runtime) summary(ctx context.Context, run string) (durable.Run, error) {
	if ctx.Err() != nil {
		return durable.Run{}, domain.FaultOf(ctx.Err())
	}
	described, err := r.client.DescribeWorkflowExecution(ctx, r.workflowID(run), "")
	if err != nil {
		return durable.Run{}, r.fault(ctx, run, err)
	}
	return r.runOf(described.GetWorkflowExecutionInfo())
}

// result waits for the outcome of a run; one that was cancelled has none.
func (r *Runtime) result(ctx context.Context, run string) (output []byte, fault *domain.Fault, err error) {
	if ctx.Err() != nil {
		return nil, nil, domain.FaultOf(ctx.Err())
	}
	err = r.client.GetWorkflow(ctx, r.workflowID(run), "").Get(ctx, &output)
	var ended *temporal.WorkflowExecutionError
	switch {
	case err == nil, temporal.IsCanceledError(err) && ctx.Err() == nil:
		return output, nil, nil
	case errors.As(err, &ended) && ctx.Err() == nil:
		return nil, faultOf(err), nil
	}
	return nil, nil, r.fault(ctx, run, err)
}

// outcome adds how the run ended, if it did.
func (r *Runtime) outcome(ctx context.Context, run *durable.Run) (err error) {
	if run.Status == durable.Succeeded || run.Status == durable.Failed {
		run.Output, run.Fault, err = r.result(ctx, run.ID)
	}
	return err
}

func applicationError(err error) (failed *temporal.ApplicationError, ok bool) {
	ok = errors.As(err, &failed)
	return failed, ok
}

// runOf reads what the server tells of a workflow.
func (r *Runtime) runOf(info *workflowpb.WorkflowExecutionInfo) (durable.Run, error) {
	start, err := runIn(info.GetMemo())
	if err != nil {
		return durable.Run{}, err
	}
	run := durable.Run{
		ID: start.ID, Input: start.Input, Program: info.GetType().GetName(), Status: statusOf(info.GetStatus()),
		Started: info.GetStartTime().AsTime(),
	}
	if info.GetCloseTime() != nil {
		run.Ended = info.GetCloseTime().AsTime()
	}
	if run.Status == durable.Running {
		var paused bool
		if mark, there := info.GetSearchAttributes().GetIndexedFields()[pausedKey.GetName()]; there && read(&paused, mark) == nil && paused {
			run.Status = durable.Paused
		}
	}
	return run, nil
}

// read decodes a value that the SDK wrote.
func read(value any, payloads ...*commonpb.Payload) error {
	err := converter.GetDefaultDataConverter().FromPayloads(&commonpb.Payloads{Payloads: payloads}, value)
	if err != nil {
		return domain.Storage.Wrap(err, "The record of a run at the Temporal server cannot be read.")
	}
	return nil
}

func statusOf(status enumspb.WorkflowExecutionStatus) durable.Status {
	switch status {
	case enumspb.WORKFLOW_EXECUTION_STATUS_COMPLETED:
		return durable.Succeeded
	case enumspb.WORKFLOW_EXECUTION_STATUS_CANCELED:
		return durable.Cancelled
	case enumspb.WORKFLOW_EXECUTION_STATUS_FAILED, enumspb.WORKFLOW_EXECUTION_STATUS_TERMINATED, enumspb.WORKFLOW_EXECUTION_STATUS_TIMED_OUT:
		return durable.Failed
	}
	return durable.Running
}

// executionStatus names a status in queries; that of a paused run is Running.
// Never written.
var executionStatus = map[durable.Status]string{
	durable.Running: "Running", durable.Paused: "Running", durable.Succeeded: "Completed", durable.Cancelled: "Canceled",
}

// List implements durable.Runtime.
func (r *Runtime) List(ctx context.Context, query durable.Query) ([]durable.Run, error) {
	runs, err := r.matching(ctx, query)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(runs, func(a, b durable.Run) int {
		return cmp.Or(b.Started.Truncate(time.Millisecond).Compare(a.Started.Truncate(time.Millisecond)), strings.Compare(a.ID, b.ID))
	})
	from := min(max(query.Offset, 0), len(runs))
	page := runs[from:min(from+query.Bound(), len(runs))]
	for i := range page {
		if err := r.outcome(ctx, &page[i]); err != nil {
			return nil, err
		}
	}
	return page, nil
}

// matching returns all runs that the query chooses, for the server orders none.
func (r *Runtime) matching(ctx context.Context, query durable.Query) ([]durable.Run, error) {
	if ctx.Err() != nil {
		return nil, domain.FaultOf(ctx.Err())
	}
	request := &workflowservice.ListWorkflowExecutionsRequest{Query: r.sentence(query)}
	var runs []durable.Run
	for {
		answer, err := r.client.ListWorkflow(ctx, request)
		if err != nil {
			return nil, r.fault(ctx, "", err)
		}
		for _, info := range answer.GetExecutions() {
			run, err := r.runOf(info)
			if err != nil {
				return nil, err
			}
			if strings.HasPrefix(run.ID, query.Prefix) && (query.Status == "" || run.Status == query.Status) {
				runs = append(runs, run)
			}
		}
		if len(answer.GetNextPageToken()) == 0 {
			return runs, nil
		}
		request.NextPageToken = answer.GetNextPageToken()
	}
}

// sentence is the query in the language of the server. It chooses at least what is
// asked for: some servers compare text without regard to case, and a prefix with a
// quote or a wildcard is left to the reader of the answer.
func (r *Runtime) sentence(query durable.Query) string {
	group := r.workflowID("")
	term := "WorkflowId STARTS_WITH '" + group + "'"
	if query.Prefix != "" && printable(query.Prefix) && !strings.ContainsAny(query.Prefix, `'"\%_`) {
		term = "(WorkflowId STARTS_WITH '" + group + query.Prefix + "' OR WorkflowId STARTS_WITH '" + group + coded + "')"
	}
	terms := []string{term}
	if query.Program != "" {
		terms = append(terms, "WorkflowType = '"+strings.ReplaceAll(query.Program, "'", "''")+"'")
	}
	if status, known := executionStatus[query.Status]; known {
		terms = append(terms, "ExecutionStatus = '"+status+"'")
	}
	return strings.Join(terms, " AND ")
}
