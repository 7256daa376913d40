package main

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/sql/docstoresql"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/ports/porttest"
)

func TestTheAdapterKeepsThePromisesOfItsPort(t *testing.T) {
	porttest.DocStore(t, porttest.DocStoreTraits{}, func(t *testing.T) porttest.DocStoreEnv {
		db := sqltest.SQLite(t, docstoresql.Migrations)
		store := docstoresql.New(db)
		return porttest.DocStoreEnv{
			Documents: announced{store, io.Discard}, History: store, Index: docstoresql.NewIndex(store), Spans: store,
			Unit: db, Outbox: sqlkit.NewOutbox(db, nil),
		}
	})
}

func TestItTellsOfEveryWrite(t *testing.T) {
	var out strings.Builder
	if err := run(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "added page, 8 bytes\nchanged page to version 2\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
