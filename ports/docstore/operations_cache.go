package docstore

import "github.com/docsteward/docsteward/ports/usecase"

func cacheOperations(uc *UseCases) []usecase.Operation {
	return []usecase.Operation{
		usecase.Get("/api/v1/cache/stats", "Tell how the cache of computed answers fares.", &uc.GetCacheStats, usecase.Needs(Read)),
		usecase.Post("/api/v1/cache/invalidate", "Make kept answers be computed again.", &uc.InvalidateCache, usecase.Idempotent, usecase.Needs(Administer)),
		usecase.Post("/api/v1/cache/warmup", "Compute answers before they are asked for.", &uc.WarmCache, usecase.Idempotent, usecase.Needs(Administer)),
		usecase.Post("/api/v1/cache/optimize", "Remove answers whose time is over.", &uc.OptimizeCache, usecase.Idempotent, usecase.Needs(Administer)),
	}
}
