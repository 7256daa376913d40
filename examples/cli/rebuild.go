package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/docsteward/docsteward/adapters/sql/sourceagentsql"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/process"
	"github.com/docsteward/docsteward/bootstrap/set"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

// newRebuild returns the command that makes a lost document store anew.
func newRebuild() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "rebuild doc_store",
		Short: "Make a damaged or lost document store anew from its sources",
		Long: `Make a damaged or lost document store anew: its database is moved aside, and every source that was ever ingested is read again in full.
Documents keep their ids. What came from no source is not made anew: history, documents stored through the API, tags and relationships set by hand, policies and webhooks. Where there is a backup in <data directory>/backups, restore that instead.
No server may run on the data directory meanwhile.`,
		Args:      cobra.ExactArgs(1),
		ValidArgs: []string{docstore.ID},
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] != docstore.ID {
				return domain.Invalid.New("Only " + docstore.ID + " can be rebuilt, since only it has sources.")
			}
			cfg, err := loadConfig()
			if err != nil {
				return err
			}
			return rebuild(cmd, cfg, force)
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "rebuild a database that is whole, too")
	return cmd
}

func rebuild(cmd *cobra.Command, cfg *config.Config, force bool) error {
	ctx := cmd.Context()
	if err := unserved(ctx, cfg, "stop it, then rebuild"); err != nil {
		return err
	}
	path := cfg.DocStoreDB
	if path == "" {
		path = filepath.Join(cfg.DataDir, docstore.ID+".sqlite3")
	}
	if !force {
		if err := damaged(ctx, path); err != nil {
			return err
		}
	}
	sources, err := knownSources(ctx, cfg)
	if err != nil {
		return err
	}
	aside, err := setAside(path, time.Now())
	if err != nil {
		return err
	}
	if aside != "" {
		cmd.PrintErrf("The old database is kept as %s.\n", aside)
	}
	return ingestAll(cmd, cfg, sources)
}

// unserved fails with Conflict while a process serves the data directory.
func unserved(ctx context.Context, cfg *config.Config, advice string) error {
	conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "unix", filepath.Join(cfg.DataDir, process.SocketName))
	if err != nil {
		return nil //nolint:nilerr // nobody listens
	}
	_ = conn.Close()
	return domain.Conflict.New("A server runs on the data directory " + cfg.DataDir + "; " + advice + ".")
}

// damaged fails with Conflict when the database is there and whole.
func damaged(ctx context.Context, path string) error {
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	db, err := sqlkit.Open(ctx, sqlkit.Config{Path: path})
	if err != nil && domain.FaultOf(err).Code == "corrupt" {
		return nil
	}
	if err != nil {
		return err
	}
	defer db.Close()
	if db.Damage() != nil {
		return nil
	}
	return domain.Conflict.New("The database " + path + " is whole; use --force to rebuild it nevertheless.")
}

// knownSources lists what was ingested. It fails with Rejected when nothing was:
// then there is nothing to rebuild from, and nothing may be moved. It reads the
// agent's database itself, since no service opens beside a damaged one.
func knownSources(ctx context.Context, cfg *config.Config) ([]source.Place, error) {
	none := domain.Rejected.New("The source agent knows of no source, so that nothing can be rebuilt; restore a backup from " + filepath.Join(cfg.DataDir, "backups") + ", or ingest the sources.")
	path := filepath.Join(cfg.DataDir, set.SourceAgentDatabase().Name+".sqlite3")
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil, none
	}
	db, err := sqlkit.Open(ctx, sqlkit.Config{Path: path, Migrations: sourceagentsql.Migrations})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	var sources []source.Place
	for more := true; more; {
		page, err := sourceagentsql.NewPlaces(db).List(ctx, domain.PageRequest{Limit: domain.MaxLimit, Offset: len(sources)})
		if err != nil {
			return nil, err
		}
		sources = append(sources, page.Items...)
		more = page.HasMore() && len(page.Items) > 0
	}
	if len(sources) == 0 {
		return nil, none
	}
	return sources, nil
}

// setAside renames the files of a database and returns the new name of the main
// one; "" when there was none.
func setAside(path string, now time.Time) (string, error) {
	suffix := ".corrupt-" + now.UTC().Format("20060102T150405Z")
	var aside string
	for _, part := range []string{"-wal", "-shm", ""} {
		err := os.Rename(path+part, path+suffix+part)
		switch {
		case errors.Is(err, os.ErrNotExist):
		case err != nil:
			return "", domain.Storage.Wrap(err, "The database "+path+part+" cannot be moved aside; check the permissions of its directory.")
		case part == "":
			aside = path + suffix
		}
	}
	return aside, nil
}

// ingestAll stores every source anew. One that fails does not stop the others.
func ingestAll(cmd *cobra.Command, cfg *config.Config, sources []source.Place) error {
	ctx := cmd.Context()
	a, err := openEmbedded(ctx, cfg, sourceagent.ID)
	if err != nil {
		return err
	}
	defer a.Close()
	failed := 0
	for i, place := range sources {
		cmd.PrintErrf("%d of %d: %s (%s)\n", i+1, len(sources), place.Name, place.Location)
		outcome, err := a.SourceAgent.IngestSource.Execute(ctx, sourceagent.IngestSource{Location: place.Location, Name: place.Name, Full: true}).Unwrap()
		switch {
		case ctx.Err() != nil:
			return domain.FaultOf(ctx.Err())
		case err != nil:
			failed++
			cmd.PrintErrf("not rebuilt: %s: %s\n", place.Name, domain.FaultOf(err).Message)
			continue
		case outcome.Failed > 0:
			failed++
		}
		for _, f := range outcome.Failures {
			cmd.PrintErrf("not brought in: %s: %s\n", f.Path, f.Message)
		}
	}
	list, err := a.DocStore.ListDocuments.Execute(ctx, docstore.ListDocuments{Limit: 1}).Unwrap()
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%d documents from %d sources, %d of them with failures\n", list.Total, len(sources), failed); err != nil {
		return err
	}
	if failed > 0 {
		return domain.Rejected.New(fmt.Sprintf("%d of %d sources were not rebuilt in full; see above, and ingest them again.", failed, len(sources)))
	}
	return nil
}
