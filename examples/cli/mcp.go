package main

import (
	"cmp"
	"context"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/docsteward/docsteward/adapters/cli"
	"github.com/docsteward/docsteward/adapters/ids/uuidv7"
	"github.com/docsteward/docsteward/adapters/mcp"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/codeanalyzer"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

const mcpInstructions = "docsteward stores an organisation's documentation with every version it had. " +
	"Find documents with doc_store_search-documents, read one with doc_store_get-document, " +
	"and have a folder or repository mirrored with source-agent_ingest-source. " +
	"An answer that is marked as an error names what to correct."

func newMCP() *cobra.Command {
	var readOnly bool
	var services []string
	command := &cobra.Command{
		Use:   "mcp",
		Short: "Offer the services to an assistant as tools, over standard input and output",
		Long: "Offer the operations of the services to an assistant as tools (Model Context Protocol), over standard input and output.\n" +
			"Calls go to the running server, or to the data directory when none runs. Work in the background, such as bulk operations and webhooks, is done by the server alone.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			opened, closer, err := openTables(cmd.Context(), services)
			if err != nil {
				return err
			}
			defer closer()
			options := mcp.Options{
				Name: "docsteward", Version: cmp.Or(version, "unknown"), Instructions: mcpInstructions, IDs: uuidv7.Generator{},
				Logger: slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: slog.LevelWarn})),
			}
			if readOnly {
				options.Include = mcp.ReadOnly
			}
			server, err := mcp.NewServer(options, opened)
			if err != nil {
				return err
			}
			return server.ServeStdio(cmd.Context(), os.Stdin, os.Stdout)
		},
	}
	command.Flags().BoolVar(&readOnly, "read-only", false, "offer only what changes nothing")
	command.Flags().StringSliceVar(&services, "services", nil, "offer only these services")
	return command
}

// openTables opens the wanted services, all when none is named: each as it runs,
// or those of the data directory where it does not.
func openTables(ctx context.Context, wanted []string) (cli.Tables, func(), error) {
	cfg, err := loadConfig()
	if err != nil {
		return nil, nil, err
	}
	opened, err := chosen(wanted)
	if err != nil {
		return nil, nil, err
	}
	var away []string
	for id, table := range opened {
		running, err := reach(ctx, cfg, id, table)
		if err != nil {
			return nil, nil, err
		}
		if !running {
			away = append(away, id)
		}
	}
	if len(away) == 0 {
		return opened, func() {}, nil
	}
	closer, err := openAway(ctx, cfg, opened, away)
	return opened, closer, err
}

// chosen returns the empty tables of the named services, all when none is named.
func chosen(wanted []string) (cli.Tables, error) {
	all := tables()
	if len(wanted) == 0 {
		return all, nil
	}
	some := make(cli.Tables, len(wanted))
	for _, id := range wanted {
		if all[id] == nil {
			return nil, domain.NotFound.New("There is no service " + id + "; the services are " + strings.Join(slices.Sorted(maps.Keys(all)), ", ") + ".")
		}
		some[id] = all[id]
	}
	return some, nil
}

// openAway puts the services of the data directory in the place of those that do
// not run.
func openAway(ctx context.Context, cfg *config.Config, into cli.Tables, away []string) (func(), error) {
	a, err := openEmbedded(ctx, cfg, away...)
	if err != nil {
		return nil, err
	}
	for _, id := range away {
		switch id {
		case docstore.ID:
			into[id] = docstore.Operations(a.DocStore)
		case sourceagent.ID:
			into[id] = sourceagent.Operations(a.SourceAgent)
		case analysis.ID:
			into[id] = analysis.Operations(a.Analysis)
		case codeanalyzer.ID:
			into[id] = codeanalyzer.Operations(a.CodeAnalyzer)
		}
	}
	return a.Close, nil
}
