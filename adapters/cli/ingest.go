package cli

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

// OpenSourceAgent opens the source agent for one command: that of a running
// server, or one in this process. The function that it returns closes it.
type OpenSourceAgent func(cmd *cobra.Command) (*sourceagent.UseCases, func(), error)

// NewIngest returns the command that brings documents into the store.
func NewIngest(open OpenSourceAgent) *cobra.Command {
	var full, keep, asJSON bool
	cmd := &cobra.Command{
		Use:   "ingest PATH...",
		Short: "Bring what changed in folders or repositories into the document store",
		Long:  "Bring what changed in folders or repositories into the document store: new and changed files become versions, moved files keep their document, files that are gone end theirs.\nAsks the running server, or works on the data directory when none runs.",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			menu, done, err := open(cmd)
			if err != nil {
				return err
			}
			defer done()
			prune := !keep
			for _, path := range args {
				location, err := filepath.Abs(path)
				if err != nil {
					return domain.Invalid.Wrap(err, "The path "+path+" cannot be understood.")
				}
				outcome, err := menu.IngestSource.Execute(cmd.Context(), sourceagent.IngestSource{Location: location, Full: full, Prune: &prune}).Unwrap()
				if err != nil {
					return err
				}
				if err := printIngestion(cmd, path, outcome, asJSON); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&full, "full", false, "read and store every file again")
	cmd.Flags().BoolVar(&keep, "keep", false, "keep the documents of files that are gone")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the outcome as JSON")
	return cmd
}

// printIngestion tells the outcome; it fails when files could not be brought in.
func printIngestion(cmd *cobra.Command, path string, o sourceagent.Ingestion, asJSON bool) error {
	out := cmd.OutOrStdout()
	if asJSON {
		if err := printJSON(cmd, o, ""); err != nil {
			return err
		}
	} else {
		if _, err := fmt.Fprintf(out, "%s: %d added, %d changed, %d renamed, %d removed, %d unchanged, %d duplicates, %d failed in %d ms\n",
			path, o.Added, o.Changed, o.Renamed, o.Removed, o.Unchanged, o.Duplicates, o.Failed, o.DurationMS); err != nil {
			return err
		}
		for _, f := range o.Failures {
			cmd.PrintErrf("not brought in: %s: %s\n", f.Path, f.Message)
		}
	}
	if o.Failed > 0 {
		return domain.Rejected.New(fmt.Sprintf("%d files of %s were not brought in; they are tried again next time.", o.Failed, path))
	}
	return nil
}
