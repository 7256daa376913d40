// Command docsteward keeps an organisation's documentation true: it checks
// documents, serves them, and answers for what they said and when.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/docsteward/docsteward/adapters/cli"
	_ "github.com/docsteward/docsteward/examples/cli/early" // answers --help
)

// version is set by the build.
var version string // never written after the start

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := newRoot().ExecuteContext(ctx)
	interrupted := ctx.Err() != nil
	stop()
	switch {
	case err == nil:
	case interrupted && errors.Is(err, context.Canceled):
		os.Exit(cli.ExitInterrupted)
	default:
		if message := cli.MessageOf(err); message != "" {
			fmt.Fprintln(os.Stderr, "docsteward: "+message)
		}
		os.Exit(cli.ExitCodeOf(err))
	}
}
