package sqlkit

import (
	"context"
	"errors"
	"os"

	"github.com/docsteward/docsteward/domain"
)

// Reopen connects anew and looks for damage again, as Open does. What is under
// way ends on the old connections, which close after it; what comes later finds
// the new ones. A damaged SQLite file that was replaced is healthy afterwards:
// remove it or rename it, then put the good file in its place.
//
// It fails as Open does, and then the old connections stay; after Close it fails
// with Unavailable.
func (db *DB) Reopen(ctx context.Context) error {
	db.opening.Lock()
	defer db.opening.Unlock()
	if db.closed {
		return domain.Unavailable.New("The store is closed; open it again.")
	}
	old := db.current.Load()
	if err := old.dropOrphans(); err != nil {
		return err
	}
	fresh, err := db.connect(ctx)
	if err != nil {
		return err
	}
	db.current.Store(fresh)
	return Translate(old.retire(), "database")
}

// remember notes which files were opened. A file that cannot be asked about is
// one that is never taken for an orphan.
func (p *pools) remember() {
	if p.config.Path == "" {
		return
	}
	p.file, _ = os.Stat(p.config.Path)
	p.log, _ = os.Stat(p.config.Path + "-wal")
}

// dropOrphans removes the write-ahead log of a file that is no longer there:
// SQLite would play it into the file that took its place. A log that came with
// the new file stays.
func (p *pools) dropOrphans() error {
	if p.file == nil || p.log == nil {
		return nil
	}
	log, err := os.Stat(p.config.Path + "-wal")
	if err != nil || !os.SameFile(log, p.log) {
		return nil //nolint:nilerr // no log is no orphan
	}
	if file, err := os.Stat(p.config.Path); err == nil && os.SameFile(file, p.file) {
		return nil
	}
	for _, path := range []string{p.config.Path + "-wal", p.config.Path + "-shm"} {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return domain.Storage.Wrap(err, "The log of the replaced store is in the way; remove "+path+".")
		}
	}
	return nil
}
