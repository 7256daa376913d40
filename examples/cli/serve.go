package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/docsteward/docsteward/bootstrap/app"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/embedded"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/process"
)

func loadConfig() (*config.Config, error) { return config.Load(os.Environ()) }

func newServe() *cobra.Command {
	var services []string
	var gateway string
	serve := &cobra.Command{
		Use:   "serve",
		Short: "Run the services in one process",
		Long:  "Run the services in one process, each on its own port. Data lies in DOCSTEWARD_DATA (./data).",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := loadConfig()
			if err != nil {
				return err
			}
			wanted := services
			if len(wanted) == 0 {
				wanted = app.Known()
			}
			if err := process.CheckPorts(cfg, wanted...); err != nil {
				return err
			}
			k, err := kit.New(cfg, kit.Options{Version: version})
			if err != nil {
				return err
			}
			a, err := embedded.Open(cmd.Context(), k, services...)
			if err != nil {
				return err
			}
			defer a.Close()
			p, err := process.New(k, a.Services, gateway)
			if err != nil {
				return err
			}
			return p.Run(cmd.Context(), nil)
		},
	}
	serve.Flags().StringSliceVar(&services, "services", nil, "run only these services")
	serve.Flags().StringVar(&gateway, "gateway", "", "also serve all of them under /<service>/ at this address")
	return serve
}

func newRestart() *cobra.Command {
	return &cobra.Command{
		Use:   "restart SERVICE",
		Short: "Restart one service of the running process",
		Long:  "Restart one service of the process that serves DOCSTEWARD_DATA: it drains, opens its stores and port anew, and the others do not notice.",
		Args:  cobra.ExactArgs(1),
		RunE:  func(cmd *cobra.Command, args []string) error { return control(cmd, "restart/"+args[0]) },
	}
}

func newLogLevel() *cobra.Command {
	return &cobra.Command{
		Use:   "log-level LEVEL",
		Short: "Change the log level of the running process",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return control(cmd, "log-level/"+strings.ToUpper(args[0]))
		},
	}
}

func control(cmd *cobra.Command, command string) error {
	cfg, err := loadConfig()
	if err != nil {
		return err
	}
	return process.Control(cmd.Context(), filepath.Join(cfg.DataDir, process.SocketName), command)
}

func newConfig() *cobra.Command {
	parent := &cobra.Command{Use: "config", Short: "Show or check the configuration"}
	parent.AddCommand(
		&cobra.Command{
			Use: "validate", Short: "Check the configuration and name everything that is wrong", Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error {
				if _, err := loadConfig(); err != nil {
					return err
				}
				_, err := fmt.Fprintln(cmd.OutOrStdout(), "The configuration is valid.")
				return err
			},
		},
		&cobra.Command{
			Use: "show", Short: "Show every value, where it came from, with secrets masked", Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error {
				cfg, err := loadConfig()
				if err != nil {
					return err
				}
				for _, v := range cfg.Values() {
					if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%-32s %-9s %s\n", v.Name, v.Source, v.Value); err != nil {
						return err
					}
				}
				return nil
			},
		},
	)
	return parent
}
