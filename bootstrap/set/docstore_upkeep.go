package set

import (
	"time"

	"github.com/google/wire"

	"github.com/docsteward/docsteward/adapters/sql/docstoresql"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	appdocstore "github.com/docsteward/docsteward/application/docstore"
	appjobs "github.com/docsteward/docsteward/application/jobs"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/backup"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/jobs"
)

// DocStoreUpkeep is how the document store looks after itself.
var DocStoreUpkeep = wire.NewSet(
	Secrets, DocStoreJobs,
	wire.Struct(new(appdocstore.Housekeeping), "Upkeep", "Backups", "QualityLog"),
)

// DocStoreUpkeepSQL looks after an SQL database.
var DocStoreUpkeepSQL = wire.NewSet(
	SQLJobs, DocStoreBackups, SQLUpkeep,
	wire.Bind(new(backup.Backups), new(*sqlkit.Backups)),
	docstoresql.NewQualityLog, wire.Bind(new(docstore.QualityLog), new(*docstoresql.QualityLog)),
)

// SQLUpkeep returns what looks after a database.
func SQLUpkeep(db *sqlkit.DB) docstore.Upkeep { return db }

// DocStoreBackups keeps backups in the data directory.
func DocStoreBackups(s *kit.Service, db *sqlkit.DB) *sqlkit.Backups {
	return sqlkit.NewBackups(db, s.DataFile("backups"), s.ID)
}

// DocStoreJobs returns the scheduler of the document store.
func DocStoreJobs(s *kit.Service, background *appdocstore.Background, ledger jobs.Ledger) *appjobs.Scheduler {
	c := s.Config.DocStore
	return NewScheduler(s, ledger, "docstore", background.Jobs(appdocstore.Intervals{
		Quality: c.QualityInterval, Lifecycle: c.LifecycleInterval, Cleanup: c.CleanupInterval, Integrity: c.IntegrityInterval,
		Backup: c.BackupInterval, History: time.Duration(c.HistoryDays) * 24 * time.Hour,
	}))
}

// docStoreConfigured returns the dependencies with what the configuration says.
func docStoreConfigured(s *kit.Service, deps appdocstore.Deps) appdocstore.Deps {
	deps.MaxContentBytes = s.Config.MaxContentBytes
	deps.KeepBackups = s.Config.DocStore.BackupsKept
	return deps
}
