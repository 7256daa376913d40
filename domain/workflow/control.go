package workflow

import (
	"fmt"
	"math"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// What the configs of the actions hold that steer a run.
const (
	thenWay, elseWay = "then", "else"
	// condition is the expression of a branch, while that of a loop.
	branchCondition, loopWhile = "condition", "while"
	loopOver, loopTimes        = "over", "times"
	loopAs, loopMax            = "as", "max"
	loopParallel               = "parallel"
	waitSeconds, waitUntil     = "seconds", "until"
	waitEvent, waitTimeout     = "event", "timeout_seconds"
	subWorkflow, subParameters = "workflow", "parameters"
)

// Names that an iteration sees beside those of the actions around it.
const (
	// IndexName counts the iterations from 0.
	IndexName = "index"
	// ItemName is what the iteration is for, where the loop gives it no other name.
	ItemName = "item"
	// LastName is what the iteration before answered, null in the first.
	LastName = "last"
)

// Iterations say how a loop goes.
type Iterations struct {
	// Items are what the iterations are for; without a While they are all there are.
	Items []any
	// As names the item.
	As string
	// While is the expression that must hold for one more iteration; empty for a
	// loop over items.
	While string
	// Max bounds the iterations, Parallel those at the same time.
	Max, Parallel int
}

// IterationsOf reads the filled config of a loop. It fails with Rejected where that
// says no loop, or one of more than its bound.
func IterationsOf(config map[string]any) domain.DomainResult[Iterations] {
	it := Iterations{As: ItemName, Max: MaxIterations, Parallel: 1}
	if name, ok := config[loopAs].(string); ok {
		it.As = name
	}
	if bound, ok := whole(config[loopMax], 1, MaxIterations); ok {
		it.Max = bound
	}
	if parallel, ok := whole(config[loopParallel], 1, 100); ok {
		it.Parallel = parallel
	}
	if text, ok := config[loopWhile].(string); ok {
		it.While, it.Parallel = text, 1
		return domain.Ok(it)
	}
	switch over := config[loopOver].(type) {
	case []any:
		it.Items = over
	case nil:
		times, ok := whole(config[loopTimes], 0, MaxIterations)
		if !ok {
			return domain.Fail[Iterations](domain.Rejected.New(fmt.Sprintf("A loop goes over a list, a number of times from 0 to %d, or while a condition holds.", MaxIterations)))
		}
		for i := range times {
			it.Items = append(it.Items, float64(i))
		}
	default:
		return domain.Fail[Iterations](domain.Rejected.New("A loop goes over an array, not " + typeOf(over) + "."))
	}
	if len(it.Items) > it.Max {
		return domain.Fail[Iterations](domain.Rejected.New(fmt.Sprintf("The loop would go %d times and its bound (max) is %d.", len(it.Items), it.Max)))
	}
	return domain.Ok(it)
}

// Waiting says what a wait waits for: a span of time, an instant, or an event.
type Waiting struct {
	For   time.Duration
	Until time.Time
	Event string
	// Timeout is how long an event is waited for.
	Timeout time.Duration
}

// MaxWait bounds waiting.
const MaxWait = 366 * 24 * time.Hour

// WaitingOf reads the filled config of a wait. It fails with Rejected where that
// says no wait.
func WaitingOf(config map[string]any) domain.DomainResult[Waiting] {
	wrong := domain.Rejected.New("A wait names seconds from 0 to 31622400, an instant until which it waits (RFC 3339), or an event.")
	if name, ok := config[waitEvent].(string); ok && name != "" {
		w := Waiting{Event: name, Timeout: 24 * time.Hour}
		if given, has := config[waitTimeout]; has {
			seconds, ok := span(given)
			if !ok {
				return domain.Fail[Waiting](wrong)
			}
			w.Timeout = seconds
		}
		return domain.Ok(w)
	}
	if text, ok := config[waitUntil].(string); ok {
		until, err := time.Parse(time.RFC3339, text)
		if err != nil {
			return domain.Fail[Waiting](wrong)
		}
		return domain.Ok(Waiting{Until: until})
	}
	seconds, ok := span(config[waitSeconds])
	if !ok {
		return domain.Fail[Waiting](wrong)
	}
	return domain.Ok(Waiting{For: seconds})
}

// SubOf reads the filled config of a sub-workflow: the id or name of the workflow,
// and the values of its parameters.
func SubOf(config map[string]any) (name string, parameters map[string]any) {
	name, _ = config[subWorkflow].(string)
	parameters, _ = config[subParameters].(map[string]any)
	return name, parameters
}

func span(value any) (time.Duration, bool) {
	seconds, ok := number(value)
	if !ok || seconds < 0 || seconds > MaxWait.Seconds() {
		return 0, false
	}
	return time.Duration(seconds * float64(time.Second)), true
}

func whole(value any, least, most int) (int, bool) {
	n, ok := number(value)
	if !ok || n != math.Trunc(n) || n < float64(least) || n > float64(most) {
		return 0, false
	}
	return int(n), true
}
