package sqlkit_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
)

// When this variable is set the test binary is the other process: it opens the file
// that the variable names.
const otherProcess = "SQLKIT_OPEN"

func TestAnExclusiveFileIsOfOneProcess(t *testing.T) {
	ctx := context.Background()
	if path := os.Getenv(otherProcess); path != "" {
		db, err := sqlkit.Open(ctx, sqlkit.Config{Path: path})
		if err == nil {
			_ = db.Close()
		}
		if errors.Is(err, domain.Storage) {
			t.Log("refused: " + domain.FaultOf(err).Message)
		}
		return
	}
	path := filepath.Join(t.TempDir(), "one.sqlite3")
	open := func() *sqlkit.DB {
		db, err := sqlkit.Open(ctx, sqlkit.Config{Path: path, Exclusive: true})
		if err != nil {
			t.Fatal(err)
		}
		return db
	}
	first, second := open(), open() // one process may open it twice
	other := func() string {
		command := exec.CommandContext(ctx, os.Args[0], "-test.run", t.Name(), "-test.v")
		command.Env = append(os.Environ(), otherProcess+"="+path)
		out, err := command.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return string(out)
	}
	if said := other(); !strings.Contains(said, "refused: ") {
		t.Errorf("another process opens it: %s", said)
	}
	if err := errors.Join(first.Ping(ctx), second.Ping(ctx), first.Close(), second.Close()); err != nil {
		t.Fatal(err)
	}
	if said := other(); strings.Contains(said, "refused: ") {
		t.Errorf("the file stays locked: %s", said)
	}
}
