package infrastructure

import "github.com/docsteward/docsteward/ports/usecase"

// UseCases is the menu of infrastructure.
type UseCases struct {
	ListDeadLetters    usecase.Port[ListDeadLetters, DeadLetterList]
	GetDeadLetter      usecase.Port[GetDeadLetter, DeadLetter]
	GetDeadLetterStats usecase.Port[GetDeadLetterStats, DeadLetterStats]
	RetryDeadLetters   usecase.Port[RetryDeadLetters, RetryResult]
	DiscardDeadLetters usecase.Port[DiscardDeadLetters, DiscardResult]

	StartSaga      usecase.Port[StartSaga, SagaStarted]
	GetSaga        usecase.Port[GetSaga, Saga]
	ListSagas      usecase.Port[ListSagas, SagaList]
	GetSagaStats   usecase.Port[GetSagaStats, SagaStats]
	ExecuteStep    usecase.Port[ExecuteStep, Saga]
	CompensateSaga usecase.Port[CompensateSaga, Saga]
	CompleteSaga   usecase.Port[CompleteSaga, Saga]
	AbortSaga      usecase.Port[AbortSaga, Saga]
}
