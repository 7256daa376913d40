package docstore

import "github.com/docsteward/docsteward/ports/usecase"

func qualityOperations(uc *UseCases) []usecase.Operation {
	return []usecase.Operation{
		usecase.Get("/api/v1/documents/quality", "Tell what is notable about the quality of the documents.", &uc.GetQuality, usecase.Needs(Read)),
		usecase.Get("/api/v1/quality/tips", "Tell what would improve the documents most.", &uc.GetQualityTips, usecase.Needs(Read)),
		usecase.Get("/api/v1/analytics/summary", "Sum up the documents created in a stretch of time.", &uc.GetAnalyticsSummary, usecase.Needs(Read)),
		usecase.Get("/api/v1/analytics", "Tell in detail what the store holds and how it grew.", &uc.GetAnalytics, usecase.Needs(Read)),
	}
}
