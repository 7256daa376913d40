// Command embed shows the library inside a program of one's own: no server, no
// network, one directory of files.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/embedded"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/docstore"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "embed")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	cfg, err := config.Load([]string{"DOCSTEWARD_DATA=" + dir, "LOG_LEVEL=ERROR"})
	if err != nil {
		return err
	}
	k, err := kit.New(cfg, kit.Options{})
	if err != nil {
		return err
	}
	app, err := embedded.Open(ctx, k, "doc_store")
	if err != nil {
		return err
	}
	defer app.Close()

	first, err := app.DocStore.PutDocument.Execute(ctx, docstore.PutDocument{
		ID: "setup", Content: "# Setup\n\nThe server listens on port 8080.\n",
	}).Unwrap()
	if err != nil {
		return err
	}
	if err := app.DocStore.PutDocument.Execute(ctx, docstore.PutDocument{
		ID: "setup", Content: "# Setup\n\nThe server listens on port 9090.\n", Note: "The port moved",
	}).Err(); err != nil {
		return err
	}
	found, err := app.DocStore.SearchDocuments.Execute(ctx, docstore.SearchDocuments{Q: "port 9090"}).Unwrap()
	if err != nil {
		return err
	}
	then, err := app.DocStore.GetDocument.Execute(ctx, docstore.GetDocument{ID: "setup", AsOf: &first.UpdatedAt}).Unwrap()
	if err != nil {
		return err
	}
	fmt.Printf("now:  %s\n", found.Items[0].Snippet)
	fmt.Printf("then: %q\n", then.Content)
	return nil
}
