package embedded_test

import (
	"context"
	"errors"
	"testing"

	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/embedded"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
)

func TestALibraryUserStoresAndFindsWithoutAServer(t *testing.T) {
	ctx := context.Background()
	cfg, err := config.Load([]string{"DOCSTEWARD_DATA=" + t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	k, err := kit.New(cfg, kit.Options{Logs: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	a, err := embedded.Open(ctx, k)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	stored, err := a.DocStore.StoreDocument.Execute(ctx, docstore.StoreDocument{Content: "# Setup\n\nInstall the warden."}).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	found, err := a.DocStore.SearchDocuments.Execute(ctx, docstore.SearchDocuments{Q: "warden"}).Unwrap()
	if err != nil || found.Total != 1 || found.Items[0].ID != stored.ID {
		t.Fatalf("got %+v, %v", found, err)
	}
	if err := a.DocStore.GetDocument.Execute(ctx, docstore.GetDocument{ID: "nope"}).Err(); !errors.Is(err, domain.NotFound) {
		t.Fatalf("got %v", err)
	}
	if err := a.DocStore.SearchDocuments.Execute(ctx, docstore.SearchDocuments{}).Err(); !errors.Is(err, domain.Invalid) {
		t.Fatalf("an in-process call is not guarded: %v", err)
	}
}
