package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
)

// OpenDocStore opens the document store for one command: that of a running
// server, or one in this process. The function that it returns closes it.
type OpenDocStore func(cmd *cobra.Command) (*docstore.UseCases, func(), error)

// NewSearch returns the command that searches stored documents.
func NewSearch(open OpenDocStore) *cobra.Command {
	var asOf string
	var limit int
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "search QUERY...",
		Short: "Search stored documents, as they are or as they were",
		Long:  "Search stored documents: words, \"phrases\", begin*, -without, title:word, and the filters type: source: language: owner: tag: path:.\nAsks the running server, or the data directory when none runs.",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			command := docstore.SearchDocuments{Q: strings.Join(args, " "), Limit: limit}
			if asOf != "" {
				instant, err := parseInstant(asOf)
				if err != nil {
					return err
				}
				command.AsOf = &instant
			}
			menu, done, err := open(cmd)
			if err != nil {
				return err
			}
			defer done()
			results, err := menu.SearchDocuments.Execute(cmd.Context(), command).Unwrap()
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(cmd, results, "")
			}
			return printResults(cmd, results)
		},
	}
	cmd.Flags().StringVar(&asOf, "as-of", "", "search what the documents said then: 2026-01-31 or 2026-01-31T12:00:00Z")
	cmd.Flags().IntVar(&limit, "limit", 10, "how many answers at most")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the answers as JSON")
	return cmd
}

func parseInstant(text string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339Nano, time.DateOnly} {
		if instant, err := time.Parse(layout, text); err == nil {
			return instant, nil
		}
	}
	return time.Time{}, domain.Invalid.New("The instant " + text + " is neither a date such as 2026-01-31 nor a time such as 2026-01-31T12:00:00Z.")
}

func printResults(cmd *cobra.Command, r docstore.SearchResults) error {
	out := cmd.OutOrStdout()
	for _, hit := range r.Items {
		place, _ := hit.Metadata["path"].(string)
		if place == "" {
			place = hit.ID
		}
		if _, err := fmt.Fprintf(out, "%s  (%s, version %d)\n    %s\n", hit.Title, place, hit.Version, hit.Snippet); err != nil {
			return err
		}
	}
	note := ""
	if r.Relaxed {
		note = ", none of which meets all of the query"
	}
	_, err := fmt.Fprintf(out, "%d of %d documents%s.\n", len(r.Items), r.Total, note)
	return err
}
