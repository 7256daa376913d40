// Command single-service runs one service of the library as a server of its
// own, on the port of its variable (DOC_STORE_PORT).
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/embedded"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/process"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	cfg, err := config.Load(os.Environ())
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
	p, err := process.New(k, app.Services, "")
	if err != nil {
		return err
	}
	return p.Run(ctx, func(addresses map[string]string) { fmt.Println("listening on", addresses["doc_store"]) })
}
