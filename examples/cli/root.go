package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/docsteward/docsteward/adapters/cli"
	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/ports/catalogue"
)

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "docsteward",
		Short:         "Keep documentation true",
		Long:          "docsteward checks documents, stores and searches them with every version they had, and tells what is wrong where.",
		Version:       version,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	bar := cli.NewProgress(os.Stderr, systemclock.Clock{})
	analysis := openAnalysis(bar.Step)
	root.AddCommand(
		cli.NewCheck(version, bar, analysis), cli.NewRules(analysis), cli.NewSchema(), cli.NewIngest(openSourceAgent), cli.NewSearch(openDocStore),
		newServe(), newRebuild(), newRestart(), newLogLevel(), newPort(), newConfig(), newAPI(), newMCP(),
	)
	return root
}

// newPort prints the port of a service, for scripts that ask before they call.
func newPort() *cobra.Command {
	return &cobra.Command{
		Use:   "port SERVICE",
		Short: "Print the port of a service",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			service, err := catalogue.Find(args[0])
			if err != nil {
				return err
			}
			cfg, err := loadConfig()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), cfg.ServicePort(service))
			return err
		},
	}
}
