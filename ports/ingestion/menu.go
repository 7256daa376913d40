package ingestion

import "github.com/docsteward/docsteward/ports/usecase"

// UseCases is the menu of ingestion.
type UseCases struct {
	StartIngestion    usecase.Port[StartIngestion, Started]
	GetIngestion      usecase.Port[GetIngestion, Ingestion]
	ListIngestions    usecase.Port[ListIngestions, IngestionList]
	CancelIngestion   usecase.Port[CancelIngestion, Cancelled]
	RetryIngestion    usecase.Port[RetryIngestion, Started]
	WatchIngestion    usecase.Stream[WatchIngestion, IngestionEvent]
	GetDocument       usecase.Port[GetDocument, Document]
	ListSources       usecase.Port[ListSources, SourceList]
	GetIngestionStats usecase.Port[GetIngestionStats, Stats]
}
