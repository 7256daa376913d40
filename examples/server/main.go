// Command server runs all services in the composition that DOCSTEWARD_ENV
// names: embedded (SQLite files), singlenode (PostgreSQL) or cluster (PostgreSQL and
// Temporal).
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/docsteward/docsteward/bootstrap/app"
	"github.com/docsteward/docsteward/bootstrap/cluster"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/embedded"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/process"
	"github.com/docsteward/docsteward/bootstrap/singlenode"
)

// version is set by the build.
var version string // never written after the start

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "server:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	cfg, err := config.Load(os.Environ())
	if err != nil {
		return err
	}
	if err := process.CheckPorts(cfg, app.Known()...); err != nil {
		return err
	}
	k, err := kit.New(cfg, kit.Options{Version: version})
	if err != nil {
		return err
	}
	compositions := map[string]func(context.Context, *kit.Kit, ...string) (*app.App, error){
		"embedded": embedded.Open, "singlenode": singlenode.Open, "cluster": cluster.Open,
	}
	a, err := compositions[cfg.Composition](ctx, k)
	if err != nil {
		return err
	}
	defer a.Close()
	p, err := process.New(k, a.Services, os.Getenv("DOCSTEWARD_GATEWAY"))
	if err != nil {
		return err
	}
	return p.Run(ctx, nil)
}
