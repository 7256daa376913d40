package queryprocessing

import "github.com/docsteward/docsteward/ports/usecase"

// UseCases is the menu of query processing.
type UseCases struct {
	ProcessQuery  usecase.Port[ProcessQuery, QueryResult]
	RunStructured usecase.Port[RunStructured, QueryResult]

	GetResult       usecase.Port[GetResult, QueryResult]
	DeleteResult    usecase.Port[DeleteResult, Deleted]
	GiveFeedback    usecase.Port[GiveFeedback, Feedback]
	ListHistory     usecase.Port[ListHistory, HistoryList]
	GetHistoryEntry usecase.Port[GetHistoryEntry, HistoryEntry]
	ListIntents     usecase.Port[ListIntents, IntentList]
	GetStats        usecase.Port[GetStats, Stats]
}
