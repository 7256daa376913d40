package docstore

// GetCacheStats tells how the cache of computed answers fares.
type GetCacheStats struct{}

// CacheStats tells how the cache of computed answers fares. Counts are those
// since this process was started.
type CacheStats struct {
	CacheEnabled      bool        `json:"cache_enabled" description:"Whether answers are kept at all."`
	LocalCacheEntries int         `json:"local_cache_entries" description:"Answers kept in this process."`
	TotalHits         int64       `json:"total_hits" description:"Reads that found an answer."`
	TotalMisses       int64       `json:"total_misses" description:"Reads that found none."`
	HitRatePercent    float64     `json:"hit_rate_percent" description:"Part of the reads that found one, 0 to 100."`
	TotalSizeBytes    int64       `json:"total_size_bytes" description:"Size of the kept answers with their keys and tags."`
	Evictions         int64       `json:"evictions" description:"Answers dropped before their time for lack of room."`
	AvgResponseTimeMS float64     `json:"avg_response_time_ms" description:"Mean time of a read in milliseconds."`
	Redis             *RedisStats `json:"redis_stats,omitempty" description:"The level that processes share; absent where there is none."`
}

// RedisStats tells how the shared level of the cache fares.
type RedisStats struct {
	Connected bool  `json:"connected" description:"Whether it serves; all else is 0 when not."`
	Entries   int   `json:"entries" description:"Answers kept there."`
	SizeBytes int64 `json:"size_bytes" description:"Their size with their keys and tags."`
	Hits      int64 `json:"hits" description:"Reads of this process that found an answer there."`
	Misses    int64 `json:"misses" description:"Reads of this process that found none there."`
	Evictions int64 `json:"evictions" description:"Keys that the whole server dropped for lack of room."`
}

// InvalidateCache makes kept answers be computed again.
type InvalidateCache struct {
	Tags     []string `json:"tags" maxItems:"100" description:"Forget answers made of these: documents, relationships, lifecycle."`
	Patterns []string `json:"patterns" maxItems:"100" description:"Forget answers whose keys match, such as analytics:*; * is any run of characters and ? is one."`
}

// InvalidatedCache tells how much was forgotten.
type InvalidatedCache struct {
	Invalidated int `json:"invalidated" description:"Answers that were forgotten."`
}

// WarmCache computes answers before they are asked for.
type WarmCache struct {
	Operations []string `json:"operations" maxItems:"100" description:"Such as analytics or quality, asked for as without parameters; all when absent."`
}

// WarmedCache tells what was computed.
type WarmedCache struct {
	Warmed int      `json:"warmed" description:"Answers that are kept now."`
	Failed int      `json:"failed" description:"Operations that failed."`
	Total  int      `json:"total" description:"Operations that were tried."`
	Errors []string `json:"errors" description:"Why, for each that failed."`
}

// OptimizeCache removes answers whose time is over.
type OptimizeCache struct{}

// OptimizedCache tells what is left.
type OptimizedCache struct {
	LocalExpiredRemoved int `json:"local_expired_removed" description:"Answers that were removed since their time was over."`
	LocalRemaining      int `json:"local_remaining" description:"Answers that are kept in this process."`
}
