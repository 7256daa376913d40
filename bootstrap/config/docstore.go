package config

import "time"

// DocStore is how the document store looks after itself. An interval of 0 means
// that the job runs only on request.
type DocStore struct {
	QualityInterval   time.Duration `env:"QUALITY_INTERVAL" envDefault:"1h"`
	LifecycleInterval time.Duration `env:"LIFECYCLE_INTERVAL" envDefault:"1h"`
	CleanupInterval   time.Duration `env:"CLEANUP_INTERVAL" envDefault:"1h"`
	IntegrityInterval time.Duration `env:"INTEGRITY_INTERVAL" envDefault:"24h"`
	BackupInterval    time.Duration `env:"BACKUP_INTERVAL" envDefault:"0"`
	// BackupsKept is how many backup files are kept; the oldest go first.
	BackupsKept int `env:"BACKUPS_KEPT" envDefault:"7"`
	// HistoryDays is how long events, deliveries and bulk operations are kept once
	// they are done with.
	HistoryDays int `env:"HISTORY_DAYS" envDefault:"30"`
}

// complaints checks the bounds.
func (d DocStore) complaints(add func(field, rule, message string)) {
	for name, interval := range map[string]time.Duration{
		"QUALITY": d.QualityInterval, "LIFECYCLE": d.LifecycleInterval, "CLEANUP": d.CleanupInterval,
		"INTEGRITY": d.IntegrityInterval, "BACKUP": d.BackupInterval,
	} {
		if interval < 0 || interval > 0 && interval < time.Second {
			add("DOCSTORE_"+name+"_INTERVAL", "bounds", "must be 0, or a second or more, such as 30m")
		}
	}
	if d.BackupsKept < 1 {
		add("DOCSTORE_BACKUPS_KEPT", "bounds", "must be 1 or more")
	}
	if d.HistoryDays < 1 {
		add("DOCSTORE_HISTORY_DAYS", "bounds", "must be 1 or more")
	}
}
