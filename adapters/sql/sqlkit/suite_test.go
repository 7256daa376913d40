package sqlkit_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/backup"
	"github.com/docsteward/docsteward/ports/jobs"
	"github.com/docsteward/docsteward/ports/porttest"
)

type item struct {
	ID      string `gorm:"primaryKey"`
	Text    string
	Labels  []string `gorm:"serializer:json"`
	Version int
}

func (item) TableName() string { return "items" }

func versioned(db *sqlkit.DB) porttest.VersionedEnv {
	return porttest.VersionedEnv{
		Unit: db,
		Insert: func(ctx context.Context, i porttest.Item) error {
			row := item(i)
			return sqlkit.Insert(ctx, db, &row, "item")
		},
		Update: func(ctx context.Context, i porttest.Item, version int) error {
			row := item(i)
			return sqlkit.UpdateVersioned(ctx, db, &row, version, "item")
		},
		Get: func(ctx context.Context, id string) (porttest.Item, error) {
			row, err := sqlkit.Get[item](ctx, db, "item", sqlkit.Where("id = ?", id))
			return porttest.Item(row), err
		},
		Page: func(ctx context.Context, request domain.PageRequest) (domain.Page[porttest.Item], error) {
			page, err := sqlkit.Page[item](ctx, db, "item", "text, id", request)
			return domain.MapPage(page, func(row item) porttest.Item { return porttest.Item(row) }), err
		},
		Delete: func(ctx context.Context, id string) error {
			n, err := sqlkit.Delete[item](ctx, db, "item", sqlkit.Where("id = ?", id))
			if err == nil && n == 0 {
				err = domain.NotFound.New("There is no such item.")
			}
			return err
		},
	}
}

// each runs a suite on every engine.
func each(t *testing.T, suite func(t *testing.T, open func(t *testing.T) *sqlkit.DB)) {
	t.Run("sqlite", func(t *testing.T) {
		suite(t, func(t *testing.T) *sqlkit.DB { return openSQLite(t) })
	})
	t.Run("postgres", func(t *testing.T) {
		suite(t, func(t *testing.T) *sqlkit.DB { return openPostgres(t) })
	})
}

func TestVersionedSuite(t *testing.T) {
	each(t, func(t *testing.T, open func(t *testing.T) *sqlkit.DB) {
		porttest.Versioned(t, func(t *testing.T) porttest.VersionedEnv { return versioned(open(t)) })
	})
}

func TestUnitSuite(t *testing.T) {
	each(t, func(t *testing.T, open func(t *testing.T) *sqlkit.DB) {
		porttest.Unit(t, func(t *testing.T) porttest.UnitEnv { return unitOverRows(open(t)) })
	})
}

// TestUnitSuiteOnRawStatements proves that prepared statements keep to the
// transaction of their context.
func TestUnitSuiteOnRawStatements(t *testing.T) {
	each(t, func(t *testing.T, open func(t *testing.T) *sqlkit.DB) {
		porttest.Unit(t, func(t *testing.T) porttest.UnitEnv { return unitOverRaw(open(t)) })
	})
}

func unitOverRows(db *sqlkit.DB) porttest.UnitEnv {
	return porttest.UnitEnv{
		Unit: db,
		Put: func(ctx context.Context, key, text string) error {
			row := item{ID: key, Text: text}
			return sqlkit.Translate(db.Write(ctx).Save(&row).Error, "item")
		},
		Get: func(ctx context.Context, key string) (string, bool, error) {
			row, err := sqlkit.Get[item](ctx, db, "item", sqlkit.Where("id = ?", key))
			return present(row.Text, err)
		},
	}
}

func unitOverRaw(db *sqlkit.DB) porttest.UnitEnv {
	return porttest.UnitEnv{
		Unit: db,
		Put: func(ctx context.Context, key, text string) error {
			_, err := db.RawWrite(ctx).ExecContext(ctx,
				"INSERT INTO items (id, text, labels, version) VALUES ($1, $2, '', 1) ON CONFLICT (id) DO UPDATE SET text = excluded.text", key, text)
			return sqlkit.Translate(err, "item")
		},
		Get: func(ctx context.Context, key string) (string, bool, error) {
			var text string
			err := db.RawRead(ctx).QueryRowContext(ctx, "SELECT text FROM items WHERE id = $1", key).Scan(&text)
			return present(text, sqlkit.Translate(err, "item"))
		},
	}
}

func present(text string, err error) (string, bool, error) {
	if errors.Is(err, domain.NotFound) {
		return "", false, nil
	}
	return text, err == nil, err
}

func TestOutboxSuite(t *testing.T) {
	each(t, func(t *testing.T, open func(t *testing.T) *sqlkit.DB) {
		porttest.Outbox(t, func(t *testing.T) porttest.OutboxEnv {
			db := open(t)
			var notified atomic.Int64
			box := sqlkit.NewOutbox(db, func() { notified.Add(1) })
			return porttest.OutboxEnv{Outbox: box, Source: box, DeadLetters: box, Unit: db,
				Notified: func() int { return int(notified.Load()) }}
		})
	})
}

func TestJobLedgerSuite(t *testing.T) {
	each(t, func(t *testing.T, open func(t *testing.T) *sqlkit.DB) {
		porttest.JobLedger(t, func(t *testing.T) jobs.Ledger { return sqlkit.NewLedger(open(t)) })
	})
}

func TestBackupsSuite(t *testing.T) {
	porttest.Backups(t, func(t *testing.T) backup.Backups {
		return sqlkit.NewBackups(openSQLite(t), filepath.Join(t.TempDir(), "backups"), "test")
	})
	t.Run("postgres", func(t *testing.T) {
		porttest.BackupsElsewhere(t, sqlkit.NewBackups(openPostgres(t), t.TempDir(), "test"))
	})
}
