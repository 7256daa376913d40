package infrastructure

import (
	"slices"

	"github.com/docsteward/docsteward/ports/usecase"
)

// Permissions of infrastructure.
const (
	// Read lets a caller see what there is.
	Read = "infrastructure:read"
	// Write lets a caller begin and steer sagas, and publish events.
	Write = "infrastructure:write"
	// Operate lets a caller decide about dead letters and erase events.
	Operate = "operations:write"
)

// base is where the operations are found, and legacy where they were.
const (
	base   = "/api/v1/infrastructure"
	legacy = "/infrastructure"
)

// Operations lists what infrastructure offers; every face reads this table.
func Operations(uc *UseCases) []usecase.Operation {
	return slices.Concat(letterOperations(uc), sagaOperations(uc))
}

func letterOperations(uc *UseCases) []usecase.Operation {
	return []usecase.Operation{
		usecase.Get(base+"/dlq/stats", "Count what could not be delivered, with the causes.", &uc.GetDeadLetterStats, usecase.Also(legacy+"/dlq/stats"), usecase.Needs(Read)),
		usecase.Get(base+"/dlq/events", "List what could not be delivered, the last given up first.", &uc.ListDeadLetters, usecase.Needs(Read)),
		usecase.Get(base+"/dlq/events/{dlq_id}", "Read one of them.", &uc.GetDeadLetter, usecase.Needs(Read)),
		usecase.Post(base+"/dlq/retry", "Deliver again what could not be delivered: one, many, or all.", &uc.RetryDeadLetters,
			usecase.Also(legacy+"/dlq/retry"), usecase.Needs(Operate)),
		usecase.Delete(base+"/dlq/events", "Erase some of what could not be delivered.", &uc.DiscardDeadLetters, usecase.Needs(Operate)),
	}
}

func sagaOperations(uc *UseCases) []usecase.Operation {
	const one = base + "/sagas/{saga_id}"
	return []usecase.Operation{
		usecase.Post(base+"/sagas", "Begin work over several services that comes to its end or is undone.", &uc.StartSaga, usecase.Needs(Write)),
		usecase.Get(base+"/sagas", "List sagas, the last made first.", &uc.ListSagas, usecase.Needs(Read)),
		usecase.Get(base+"/sagas/stats", "Count sagas.", &uc.GetSagaStats, usecase.Also(base+"/saga/stats", legacy+"/saga/stats"), usecase.Needs(Read)),
		usecase.Get(one, "Read a saga with its steps.", &uc.GetSaga, usecase.Also(base+"/saga/{saga_id}", legacy+"/saga/{saga_id}"), usecase.Needs(Read)),
		usecase.Post(one+"/steps/{step_id}/execute", "Call the operation of a step; when it fails, what was done is undone.", &uc.ExecuteStep,
			usecase.Idempotent, usecase.Needs(Write)),
		usecase.Post(one+"/compensate", "Undo what was done, the last first.", &uc.CompensateSaga, usecase.Needs(Write)),
		usecase.Post(one+"/complete", "End a saga whose steps are all done.", &uc.CompleteSaga, usecase.Needs(Write)),
		usecase.Post(one+"/abort", "End a saga where it stands.", &uc.AbortSaga, usecase.Needs(Write)),
	}
}
