package sqlkit_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/domain"
)

func TestFullDisk(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(sqltest.SmallDisk(t, 2<<20), "store.db")
	db := sqltest.Open(t, sqlkit.Config{Path: path, Migrations: migrations(t)})
	insert(t, ctx, db, note{ID: "first", Title: "first", Version: 1})

	var full error
	text := strings.Repeat("x", 100_000)
	acknowledged := 0
	for ; full == nil && acknowledged < 100; acknowledged++ {
		full = sqlkit.Insert(ctx, db, &note{ID: string(rune('A' + acknowledged)), Title: string(rune('A'+acknowledged)) + text}, "note")
	}
	wantStorage(t, "Insert on a full disk", "disk_full", full)
	page, err := sqlkit.Page[note](ctx, db, "note", "id", domain.PageRequest{Limit: 1})
	if err != nil || page.Total != acknowledged {
		t.Errorf("%d notes are there, %v; want the %d that were acknowledged", page.Total, err, acknowledged)
	}
	if err := db.Integrity(ctx); err != nil {
		t.Errorf("the full disk left damage: %v", err)
	}
	if free, err := db.FreeBytes(); err != nil || free > 1<<20 {
		t.Errorf("FreeBytes = %d, %v; want less than a megabyte", free, err)
	}
}

func TestReadOnlyDisk(t *testing.T) {
	ctx := context.Background()
	directory, freeze := sqltest.FreezableDisk(t, 4<<20)
	path := filepath.Join(directory, "store.db")
	db, err := sqlkit.Open(ctx, sqlkit.Config{Path: path, Migrations: migrations(t)})
	if err != nil {
		t.Fatal(err)
	}
	insert(t, ctx, db, note{ID: "a", Title: "a", Version: 1})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	freeze()
	db, err = sqlkit.Open(ctx, sqlkit.Config{Path: path, Migrations: migrations(t)})
	if err == nil {
		defer db.Close()
		err = sqlkit.Insert(ctx, db, &note{ID: "b", Title: "b"}, "note")
	}
	wantStorage(t, "Open or Insert on a read-only disk", "", err)
}

func TestServerThatGoesAwayAndComesBack(t *testing.T) {
	ctx := context.Background()
	server := sqltest.StartPostgres(t)
	db := sqltest.Open(t, sqlkit.Config{DSN: server.DSN, Schema: "away", Migrations: migrations(t)})
	insert(t, ctx, db, note{ID: "a", Title: "a", Version: 1})

	server.Stop(t)
	wantStorage(t, "Ping", "", db.Ping(ctx))
	wantStorage(t, "Insert", "", sqlkit.Insert(ctx, db, &note{ID: "b", Title: "b"}, "note"))
	wantStorage(t, "Within", "", db.Within(ctx, func(context.Context) error { return nil }))
	_, err := sqlkit.Get[note](ctx, db, "note", sqlkit.Where("id = ?", "a"))
	wantStorage(t, "Get", "", err)
	wantStorage(t, "Reopen", "", db.Reopen(ctx))

	server.Start(t)
	if err := db.Ping(ctx); err != nil {
		t.Errorf("Ping of the server that came back: %v", err)
	}
	if err := db.Reopen(ctx); err != nil {
		t.Errorf("Reopen: %v", err)
	}
	if _, err := sqlkit.Get[note](ctx, db, "note", sqlkit.Where("id = ?", "a")); err != nil {
		t.Errorf("Get from the server that came back: %v", err)
	}
}

func TestServerThatGoesAwayWithinATransaction(t *testing.T) {
	server := sqltest.StartPostgres(t)
	db := sqltest.Open(t, sqlkit.Config{DSN: server.DSN, Schema: "away", Migrations: migrations(t)})
	err := db.Within(context.Background(), func(ctx context.Context) error {
		insert(t, ctx, db, note{ID: "a", Title: "a", Version: 1})
		server.Stop(t)
		return nil
	})
	wantStorage(t, "commit", "", err)
}

func TestBackupIsWholeAndTakesNoName(t *testing.T) {
	ctx := context.Background()
	path := backedUp(t)
	db := sqltest.Open(t, sqlkit.Config{Path: path, Migrations: migrations(t)})
	if readable, _ := countNotes(t, db); readable != 2000 || db.Integrity(ctx) != nil {
		t.Errorf("the backup holds %d notes, want 2000", readable)
	}
	if err := db.Backup(ctx, path); !errors.Is(err, domain.Conflict) {
		t.Errorf("Backup over a file = %v, want conflict", err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(ctx, filepath.Join(file, "beneath", "b.db")); !errors.Is(err, domain.Storage) {
		t.Errorf("Backup beneath a file = %v, want storage", err)
	}
	if info, err := os.Stat(path); err != nil {
		t.Error(err)
	} else if size, err := db.Size(ctx); err != nil || size != info.Size() {
		t.Errorf("Size = %d, %v; want %d", size, err, info.Size())
	}
	if free, err := db.FreeBytes(); err != nil || free == 0 {
		t.Errorf("FreeBytes = %d, %v", free, err)
	}
}

func TestServerKeepsItsOwnBackupAndDisk(t *testing.T) {
	ctx := context.Background()
	db := openPostgres(t)
	if err := db.Backup(ctx, filepath.Join(t.TempDir(), "b.db")); !errors.Is(err, domain.Unavailable) {
		t.Errorf("Backup = %v, want unavailable", err)
	}
	if _, err := db.FreeBytes(); !errors.Is(err, domain.Unavailable) {
		t.Errorf("FreeBytes = %v, want unavailable", err)
	}
	if size, err := db.Size(ctx); err != nil || size <= 0 {
		t.Errorf("Size = %d, %v; want more than nothing", size, err)
	}
	if err := db.Integrity(ctx); err != nil {
		t.Errorf("Integrity: %v", err)
	}
}

func TestStatementsAreMeasuredAndSlowOnesLoggedWithoutValues(t *testing.T) {
	ctx := context.Background()
	registry := prometheus.NewRegistry()
	var log bytes.Buffer
	db := sqltest.Open(t, sqlkit.Config{
		Path: filepath.Join(t.TempDir(), "store.db"), Migrations: migrations(t),
		Metrics: registry, Logger: slog.New(slog.NewTextHandler(&log, nil)), SlowQuery: time.Nanosecond,
	})
	insert(t, ctx, db, note{ID: "a", Title: "the secret", Version: 1})
	if err := db.Reopen(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlkit.Get[note](ctx, db, "note", sqlkit.Where("title = ?", "the secret")); err != nil {
		t.Fatal(err)
	}
	var inUse, inserts, selects float64 = -1, 0, 0
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			switch {
			case family.GetName() == "db_connections_active":
				inUse = metric.GetGauge().GetValue()
			case metric.GetLabel()[0].GetValue() == "insert":
				inserts = float64(metric.GetHistogram().GetSampleCount())
			case metric.GetLabel()[0].GetValue() == "select":
				selects = float64(metric.GetHistogram().GetSampleCount())
			}
		}
	}
	if inUse != 0 || inserts != 1 || selects < 1 {
		t.Errorf("%v connections in use, %v inserts, %v selects; want 0, 1 and some", inUse, inserts, selects)
	}
	if text := log.String(); !strings.Contains(text, "slow statement") || !strings.Contains(text, "INSERT INTO") || strings.Contains(text, "the secret") {
		t.Errorf("the log lacks the slow statement, or holds its values:\n%s", text)
	}
}
