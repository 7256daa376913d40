package durabletemporal

import (
	"context"

	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/temporal"

	"github.com/docsteward/docsteward/adapters/durable/attempt"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

// history is what the events of a run tell.
type history struct {
	records []durable.Record
	// paused is what the last command left, of those that came so far.
	paused   bool
	commands map[string]bool
	// places are those of the records by name, and calls the names by the event that
	// started them.
	places map[string]int
	calls  map[int64]string
	ended  map[string]bool
}

// history reads the events of the run.
func (r *Runtime) history(ctx context.Context, run string) (*history, error) {
	h := &history{commands: map[string]bool{}, places: map[string]int{}, calls: map[int64]string{}, ended: map[string]bool{}}
	events := r.client.GetWorkflowHistory(ctx, r.workflowID(run), "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		if err == nil {
			err = h.tell(event)
		}
		if err != nil {
			return nil, r.fault(ctx, run, err)
		}
	}
	records := h.records[:0]
	for _, record := range h.records {
		if h.ended[record.Name] {
			records = append(records, record)
		}
	}
	h.records = records
	return h, nil
}

// tell takes in one event.
func (h *history) tell(event *historypb.HistoryEvent) error {
	if a := event.GetWorkflowExecutionSignaledEventAttributes(); a != nil && a.GetSignalName() == controlSignal {
		var c command
		if err := read(&c, a.GetInput().GetPayloads()...); err != nil {
			return err
		}
		h.commands[c.ID] = true
		h.paused = c.Do == pause || h.paused && c.Do != resume
		return nil
	}
	if a := event.GetActivityTaskScheduledEventAttributes(); a != nil {
		h.began(event.GetEventId(), callOf(a.GetActivityId()), a.GetActivityType().GetName() == waitActivity)
		return nil
	}
	if a := event.GetActivityTaskStartedEventAttributes(); a != nil {
		h.at(a.GetScheduledEventId()).Started = event.GetEventTime().AsTime()
		return nil
	}
	if a := event.GetActivityTaskCompletedEventAttributes(); a != nil {
		var o outcome
		if err := read(&o, a.GetResult().GetPayloads()...); err != nil {
			return err
		}
		return h.finished(event, a.GetScheduledEventId(), o)
	}
	return h.tellChild(event)
}

func (h *history) tellChild(event *historypb.HistoryEvent) error {
	if a := event.GetStartChildWorkflowExecutionInitiatedEventAttributes(); a != nil {
		child, err := runIn(a.GetMemo())
		h.began(event.GetEventId(), child.ID, true)
		return err
	}
	if a := event.GetChildWorkflowExecutionStartedEventAttributes(); a != nil {
		h.at(a.GetInitiatedEventId()).Started = event.GetEventTime().AsTime()
		return nil
	}
	if a := event.GetChildWorkflowExecutionCompletedEventAttributes(); a != nil {
		var output []byte
		if err := read(&output, a.GetResult().GetPayloads()...); err != nil {
			return err
		}
		return h.finished(event, a.GetInitiatedEventId(), outcome{Output: output})
	}
	if a := event.GetChildWorkflowExecutionFailedEventAttributes(); a != nil {
		return h.finished(event, a.GetInitiatedEventId(), outcome{Fault: attempt.EncodeFault(faultIn(a.GetFailure()))})
	}
	if a := event.GetChildWorkflowExecutionCanceledEventAttributes(); a != nil {
		id := h.calls[a.GetInitiatedEventId()]
		return h.finished(event, a.GetInitiatedEventId(), outcome{Fault: attempt.EncodeFault(durable.CancelledChild(id))})
	}
	return nil
}

// began notes a call; one that a pause ended begins again in its place.
func (h *history) began(event int64, name string, child bool) {
	h.calls[event] = name
	if _, there := h.places[name]; !there {
		h.places[name] = len(h.records)
		h.records = append(h.records, durable.Record{Name: name, Child: child})
	}
}

// at is the record of the call that the event started.
func (h *history) at(event int64) *durable.Record { return &h.records[h.places[h.calls[event]]] }

func (h *history) finished(event *historypb.HistoryEvent, began int64, o outcome) error {
	record := h.at(began)
	record.Output, record.Ended = o.Output, event.GetEventTime().AsTime()
	h.ended[record.Name] = true
	if o.Fault == nil {
		return nil
	}
	fault, err := attempt.DecodeFault(o.Fault)
	record.Fault = fault
	return err
}

// faultIn is the fault that a failure in a history says.
func faultIn(failure *failurepb.Failure) *domain.Fault {
	return faultOf(temporal.GetDefaultFailureConverter().FailureToError(failure))
}
