package sourceagent

import "github.com/docsteward/docsteward/ports/usecase"

// UseCases is the menu of the source agent.
type UseCases struct {
	IngestSource   usecase.Port[IngestSource, Ingestion]
	ListIngestions usecase.Port[ListIngestions, IngestionList]
	GetIngestion   usecase.Port[GetIngestion, Ingestion]

	PreviewIngestion usecase.Port[PreviewIngestion, Preview]
	ListSources      usecase.Port[ListSources, SourceList]
	ListSourceItems  usecase.Port[ListSourceItems, ItemList]
	ForgetSource     usecase.Port[ForgetSource, ForgottenSource]
	ReconcileSource  usecase.Port[ReconcileSource, Reconciliation]
}
