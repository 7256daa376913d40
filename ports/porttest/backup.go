package porttest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/backup"
)

// Backups proves the promises of backup.Backups. open returns those of a store
// without copies each time.
func Backups(t *testing.T, open func(t *testing.T) backup.Backups) {
	t.Run("a copy is made and listed", func(t *testing.T) { backupMade(t, open(t)) })
	t.Run("the latest are kept", func(t *testing.T) { backupsKept(t, open(t)) })
	t.Run("an ended context is a timeout", func(t *testing.T) {
		b := open(t)
		ended, cancel := context.WithCancel(context.Background())
		cancel()
		_, err := b.Make(ended, noon)
		wantKind(t, "Make", err, domain.Timeout)
		_, err = b.List(ended)
		wantKind(t, "List", err, domain.Timeout)
		files, err := b.List(context.Background())
		must(t, err)
		wantSame(t, "whole or absent", files, []backup.File{})
	})
}

// BackupsElsewhere proves that a store with tools of its own says so.
func BackupsElsewhere(t *testing.T, b backup.Backups) {
	ctx := context.Background()
	_, err := b.Make(ctx, noon)
	wantKind(t, "Make", err, domain.Unavailable)
	_, err = b.List(ctx)
	wantKind(t, "List", err, domain.Unavailable)
	_, err = b.Keep(ctx, 1)
	wantKind(t, "Keep", err, domain.Unavailable)
}

func backupMade(t *testing.T, b backup.Backups) {
	ctx := context.Background()
	files, err := b.List(ctx)
	must(t, err)
	wantSame(t, "at first", files, []backup.File{})
	made, err := b.Make(ctx, noon.Add(1500*time.Millisecond))
	must(t, err)
	content, err := os.ReadFile(made.Path)
	must(t, err)
	sum := sha256.Sum256(content)
	want := backup.File{Path: made.Path, Bytes: int64(len(content)), SHA256: hex.EncodeToString(sum[:]), MadeAt: noon.Add(time.Second)}
	wantSame(t, "made", made, want)
	_, err = b.Make(ctx, noon.Add(time.Second))
	wantKind(t, "in the same second", err, domain.Conflict)
	files, err = b.List(ctx)
	must(t, err)
	want.SHA256 = ""
	wantSame(t, "listed", files, []backup.File{want})
}

func backupsKept(t *testing.T, b backup.Backups) {
	ctx := context.Background()
	for i := range 4 {
		_, err := b.Make(ctx, noon.Add(time.Duration(i)*time.Hour))
		must(t, err)
	}
	before, err := b.List(ctx)
	must(t, err)
	erased, err := b.Keep(ctx, 3)
	must(t, err)
	wantSame(t, "erased", erased, before[3:])
	erased, err = b.Keep(ctx, 3)
	must(t, err)
	wantSame(t, "erased again", len(erased), 0)
	after, err := b.List(ctx)
	must(t, err)
	wantSame(t, "left", after, before[:3])
}
