package docstore

import (
	"github.com/docsteward/docsteward/ports/jobs"
	"github.com/docsteward/docsteward/ports/usecase"
)

// UseCases is the menu of the document store.
type UseCases struct {
	StoreDocument    usecase.Port[StoreDocument, Document]
	PutDocument      usecase.Port[PutDocument, Document]
	StoreEnvelope    usecase.Port[StoreEnvelope, Document]
	GetDocument      usecase.Port[GetDocument, Document]
	DownloadDocument usecase.Port[DownloadDocument, Download]
	ListDocuments    usecase.Port[ListDocuments, DocumentList]
	PatchMetadata    usecase.Port[PatchMetadata, PatchedMetadata]
	DeleteDocument   usecase.Port[DeleteDocument, Deleted]
	ListSpans        usecase.Port[ListSpans, SpanList]

	ListVersions    usecase.Port[ListVersions, VersionList]
	CreateVersion   usecase.Port[CreateVersion, Version]
	GetVersion      usecase.Port[GetVersion, Version]
	CompareVersions usecase.Port[CompareVersions, Comparison]
	RollBack        usecase.Port[RollBack, Version]
	CleanUpVersions usecase.Port[CleanUpVersions, CleanedVersions]
	GetVersionStats usecase.Port[GetVersionStats, VersionStats]

	SearchDocuments usecase.Port[SearchDocuments, SearchResults]
	QueryDocuments  usecase.Port[QueryDocuments, SearchResults]
	SearchAdvanced  usecase.Port[SearchAdvanced, SearchResults]
	FindSimilar     usecase.Port[FindSimilar, SimilarDocuments]
	Reindex         usecase.Port[Reindex, Reindexed]

	ListEvents      usecase.Port[ListEvents, EventList]
	RegisterWebhook usecase.Port[RegisterWebhook, Webhook]
	ListWebhooks    usecase.Port[ListWebhooks, WebhookList]
	GetWebhook      usecase.Port[GetWebhook, Webhook]
	UpdateWebhook   usecase.Port[UpdateWebhook, Webhook]
	DeleteWebhook   usecase.Port[DeleteWebhook, Deleted]
	TestWebhook     usecase.Port[TestWebhook, Delivery]
	ListDeliveries  usecase.Port[ListDeliveries, DeliveryList]
	ResendDelivery  usecase.Port[ResendDelivery, Delivery]

	BulkStoreDocuments     usecase.Port[BulkStoreDocuments, BulkOperation]
	BulkSearchDocuments    usecase.Port[BulkSearchDocuments, BulkOperation]
	BulkDeleteDocuments    usecase.Port[BulkDeleteDocuments, BulkOperation]
	BulkTagDocuments       usecase.Port[BulkTagDocuments, BulkOperation]
	BulkUpdateDocuments    usecase.Port[BulkUpdateDocuments, BulkOperation]
	BulkReanalyzeDocuments usecase.Port[BulkReanalyzeDocuments, BulkOperation]
	ImportDocuments        usecase.Port[ImportDocuments, BulkOperation]
	ExportDocuments        usecase.Stream[ExportDocuments, ExportedDocument]
	ListBulkOperations     usecase.Port[ListBulkOperations, BulkOperationList]
	GetBulkOperation       usecase.Port[GetBulkOperation, BulkOperation]
	CancelBulkOperation    usecase.Port[CancelBulkOperation, BulkOperation]

	RecordEvent          usecase.Port[RecordEvent, Event]
	GetNotificationStats usecase.Port[GetNotificationStats, NotificationStats]
	ListJobs             usecase.Port[jobs.ListJobs, jobs.JobList]
	RunJob               usecase.Port[jobs.RunJob, jobs.Job]
	MakeBackup           usecase.Port[MakeBackup, Backup]
	ListBackups          usecase.Port[ListBackups, BackupList]
	GetStorageStats      usecase.Port[GetStorageStats, StorageStats]
	ListQualityHistory   usecase.Port[ListQualityHistory, QualityHistory]

	GetCacheStats   usecase.Port[GetCacheStats, CacheStats]
	InvalidateCache usecase.Port[InvalidateCache, InvalidatedCache]
	WarmCache       usecase.Port[WarmCache, WarmedCache]
	OptimizeCache   usecase.Port[OptimizeCache, OptimizedCache]

	GetQuality          usecase.Port[GetQuality, QualityReport]
	GetQualityTips      usecase.Port[GetQualityTips, QualityTips]
	GetAnalyticsSummary usecase.Port[GetAnalyticsSummary, AnalyticsSummary]
	GetAnalytics        usecase.Port[GetAnalytics, Analytics]

	CreatePolicy           usecase.Port[CreatePolicy, Policy]
	ListPolicies           usecase.Port[ListPolicies, PolicyList]
	GetPolicy              usecase.Port[GetPolicy, Policy]
	UpdatePolicy           usecase.Port[UpdatePolicy, Policy]
	DeletePolicy           usecase.Port[DeletePolicy, Deleted]
	GetLifecycle           usecase.Port[GetLifecycle, Lifecycle]
	TransitionDocument     usecase.Port[TransitionDocument, Transition]
	ApplyPolicies          usecase.Port[ApplyPolicies, AppliedPolicies]
	ProcessLifecycles      usecase.Port[ProcessLifecycles, ProcessedLifecycles]
	GetLifecycleStatistics usecase.Port[GetLifecycleStatistics, LifecycleStatistics]

	CreateRelationship   usecase.Port[CreateRelationship, Relationship]
	GetRelationship      usecase.Port[GetRelationship, Relationship]
	DeleteRelationship   usecase.Port[DeleteRelationship, Deleted]
	ListRelationships    usecase.Port[ListRelationships, RelationshipList]
	ExtractRelationships usecase.Port[ExtractRelationships, ExtractedRelationships]
	FindPaths            usecase.Port[FindPaths, DocumentPaths]
	GetRelationshipStats usecase.Port[GetRelationshipStats, RelationshipStats]
	GetGraph             usecase.Port[GetGraph, DocumentGraph]

	TagDocument     usecase.Port[TagDocument, TagList]
	ListTags        usecase.Port[ListTags, TagList]
	SetTag          usecase.Port[SetTag, Tag]
	RemoveTags      usecase.Port[RemoveTags, RemovedTags]
	SearchTags      usecase.Port[SearchTags, TagSearchResults]
	QueryTags       usecase.Port[QueryTags, TagSearchResults]
	GetTagStats     usecase.Port[GetTagStats, TagStats]
	AddTaxonomyNode usecase.Port[AddTaxonomyNode, TaxonomyNode]
	GetTaxonomyTree usecase.Port[GetTaxonomyTree, TaxonomyTree]

	StoreAnalysis     usecase.Port[StoreAnalysis, DocumentAnalysis]
	GetAnalysis       usecase.Port[GetAnalysis, DocumentAnalysis]
	ListAnalyses      usecase.Port[ListAnalyses, DocumentAnalysisList]
	ListStyleExamples usecase.Port[ListStyleExamples, StyleExampleList]
}
