//go:build wireinject

package singlenode

import (
	"context"

	"github.com/google/wire"

	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/set"
	"github.com/docsteward/docsteward/ports/bus"
)

func openDocStore(ctx context.Context, k *kit.Kit, b bus.Bus) (set.DocStoreParts, func(), error) {
	panic(wire.Build(set.DocStore, set.DocStoreSQL, set.Postgres, set.InProcessEvents, set.Shared))
}
