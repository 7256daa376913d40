package main

import (
	"context"
	"net"
	"net/url"
	"time"

	"github.com/spf13/cobra"

	"github.com/docsteward/docsteward/bootstrap/app"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/embedded"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/usecase"
)

// openDocStore opens the store of the running server, or that of the data
// directory when none runs.
func openDocStore(cmd *cobra.Command) (*docstore.UseCases, func(), error) {
	cfg, err := loadConfig()
	if err != nil {
		return nil, nil, err
	}
	menu := new(docstore.UseCases)
	if running, err := reach(cmd.Context(), cfg, docstore.ID, docstore.Operations(menu)); running || err != nil {
		return menu, func() {}, err
	}
	a, err := openEmbedded(cmd.Context(), cfg, docstore.ID)
	if err != nil {
		return nil, nil, err
	}
	return a.DocStore, a.Close, nil
}

// openSourceAgent is openDocStore for the source agent.
func openSourceAgent(cmd *cobra.Command) (*sourceagent.UseCases, func(), error) {
	cfg, err := loadConfig()
	if err != nil {
		return nil, nil, err
	}
	menu := new(sourceagent.UseCases)
	if running, err := reach(cmd.Context(), cfg, sourceagent.ID, sourceagent.Operations(menu)); running || err != nil {
		return menu, func() {}, err
	}
	a, err := openEmbedded(cmd.Context(), cfg, sourceagent.ID)
	if err != nil {
		return nil, nil, err
	}
	return a.SourceAgent, a.Close, nil
}

// reach fills the table with calls to the running service; it reports false, and
// fills nothing, when none runs.
func reach(ctx context.Context, cfg *config.Config, id string, table []usecase.Operation) (bool, error) {
	if !answers(ctx, baseURL(cfg, id)) {
		return false, nil
	}
	client, err := newClient(cfg, id)
	if err != nil {
		return false, err
	}
	return true, client.Fill(table)
}

// openEmbedded opens the wanted services on the data directory, all when none is
// named.
func openEmbedded(ctx context.Context, cfg *config.Config, wanted ...string) (*app.App, error) {
	if err := unserved(ctx, cfg, "call it at its ports, or stop it"); err != nil {
		return nil, err
	}
	// Two commands may work on one directory at the same time; only a server has it
	// for itself.
	shared := *cfg
	shared.Exclusive = false
	k, err := kit.New(&shared, kit.Options{Version: version})
	if err != nil {
		return nil, err
	}
	return embedded.Open(ctx, k, wanted...)
}

// answers reports whether something listens at an address.
func answers(ctx context.Context, base string) bool {
	parsed, err := url.Parse(base)
	if err != nil {
		return false
	}
	conn, err := (&net.Dialer{Timeout: 300 * time.Millisecond}).DialContext(ctx, "tcp", parsed.Host)
	if err != nil {
		return false
	}
	_ = conn.Close()
	return true
}
