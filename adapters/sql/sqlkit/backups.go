package sqlkit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/backup"
)

// Names of backup files are the name of the service, a dash, the second in UTC,
// and the suffix.
const (
	backupTime   = "20060102T150405Z"
	backupSuffix = ".sqlite3"
)

// Backups keeps copies of a SQLite database in a directory.
type Backups struct {
	db        *DB
	dir, name string
}

var _ backup.Backups = (*Backups)(nil)

// NewBackups returns the copies of db in the directory, which is made when it is
// needed. name begins the names of the files.
func NewBackups(db *DB, dir, name string) *Backups { return &Backups{db, dir, name} }

// Make implements backup.Backups.
func (b *Backups) Make(ctx context.Context, now time.Time) (backup.File, error) {
	now = now.UTC().Truncate(time.Second)
	path, err := filepath.Abs(filepath.Join(b.dir, b.name+"-"+now.Format(backupTime)+backupSuffix))
	if err != nil {
		return backup.File{}, domain.Storage.Wrap(err, "The directory of the backups cannot be found.")
	}
	if err := b.db.Backup(ctx, path); err != nil {
		return backup.File{}, err
	}
	size, sum, err := digest(path)
	if err != nil {
		return backup.File{}, domain.Storage.Wrap(err, "The backup "+path+" was made and cannot be read.")
	}
	return backup.File{Path: path, Bytes: size, SHA256: sum, MadeAt: now}, nil
}

func digest(path string) (int64, string, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer file.Close()
	hash := sha256.New()
	size, err := io.Copy(hash, file)
	return size, hex.EncodeToString(hash.Sum(nil)), err
}

// List implements backup.Backups.
func (b *Backups) List(ctx context.Context) ([]backup.File, error) {
	if err := b.usable(ctx); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(b.dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, domain.Storage.Wrap(err, "The directory of the backups cannot be read.")
	}
	files := []backup.File{}
	for _, entry := range entries {
		made, ours := b.instantOf(entry.Name())
		if info, err := entry.Info(); ours && err == nil {
			path, err := filepath.Abs(filepath.Join(b.dir, entry.Name()))
			if err != nil {
				return nil, domain.Storage.Wrap(err, "The directory of the backups cannot be found.")
			}
			files = append(files, backup.File{Path: path, Bytes: info.Size(), MadeAt: made})
		}
	}
	slices.SortFunc(files, func(a, b backup.File) int { return b.MadeAt.Compare(a.MadeAt) })
	return files, nil
}

func (b *Backups) usable(ctx context.Context) error {
	if b.db.dialect == Postgres {
		return backupElsewhere()
	}
	return Translate(ctx.Err(), "backup")
}

// instantOf reads the name of a backup file.
func (b *Backups) instantOf(name string) (time.Time, bool) {
	text, ours := strings.CutPrefix(name, b.name+"-")
	text, whole := strings.CutSuffix(text, backupSuffix)
	made, err := time.Parse(backupTime, text)
	return made, ours && whole && err == nil
}

// Keep implements backup.Backups.
func (b *Backups) Keep(ctx context.Context, n int) ([]backup.File, error) {
	files, err := b.List(ctx)
	if err != nil {
		return nil, err
	}
	old := files[min(max(n, 0), len(files)):]
	for _, file := range old {
		if err := os.Remove(file.Path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, domain.Storage.Wrap(err, "The old backup "+file.Path+" cannot be erased.")
		}
	}
	return old, nil
}
