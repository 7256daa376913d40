// Command swap-adapter puts an adapter of one's own in the place of the
// library's: a repository of documents that tells of every write. The use cases
// do not change, and main_test.go proves the adapter with the shared suite.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/adapters/ids/uuidv7"
	"github.com/docsteward/docsteward/adapters/markup"
	"github.com/docsteward/docsteward/adapters/sql/docstoresql"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	appdocstore "github.com/docsteward/docsteward/application/docstore"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// announced is a repository that tells of every write and leaves the rest to
// the one inside it.
type announced struct {
	docstore.Documents
	out io.Writer
}

// Add tells of a new document.
func (a announced) Add(ctx context.Context, d document.State) error {
	err := a.Documents.Add(ctx, d)
	if err == nil {
		fmt.Fprintf(a.out, "added %s, %d bytes\n", d.ID, d.Size)
	}
	return err
}

// Update tells of a new version.
func (a announced) Update(ctx context.Context, d document.State) error {
	err := a.Documents.Update(ctx, d)
	if err == nil {
		fmt.Fprintf(a.out, "changed %s to version %d\n", d.ID, d.Version)
	}
	return err
}

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer) error {
	dir, err := os.MkdirTemp("", "swap")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	db, err := sqlkit.Open(ctx, sqlkit.Config{Path: filepath.Join(dir, "docs.sqlite3"), Migrations: docstoresql.Migrations})
	if err != nil {
		return err
	}
	defer db.Close()
	store := docstoresql.New(db)
	deps := appdocstore.Deps{
		Documents: announced{store, out}, // the line that swaps the adapter
		History:   store, Spans: store, Index: docstoresql.NewIndex(store), Unit: db, Outbox: sqlkit.NewOutbox(db, nil),
		Clock: systemclock.Clock{}, IDs: uuidv7.Generator{}, Markup: markup.New(),
	}
	menu := new(docstore.UseCases)
	appdocstore.Fill(menu, deps)
	for _, content := range []string{"# First\n", "# Second\n"} {
		if err := menu.PutDocument.Execute(ctx, docstore.PutDocument{ID: "page", Content: content}).Err(); err != nil {
			return err
		}
	}
	return nil
}
