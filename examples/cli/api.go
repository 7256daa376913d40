package main

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/docsteward/docsteward/adapters/cli"
	"github.com/docsteward/docsteward/adapters/http/httpclient"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/catalogue"
	"github.com/docsteward/docsteward/ports/codeanalyzer"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/infrastructure"
	"github.com/docsteward/docsteward/ports/ingestion"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/queryprocessing"
	"github.com/docsteward/docsteward/ports/serviceregistry"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/workflows"
)

func newAPI() *cobra.Command {
	return cli.NewAPI(tables(), func(*cobra.Command) (cli.Tables, error) {
		filled := tables()
		cfg, err := loadConfig()
		if err != nil {
			return nil, err
		}
		for id, table := range filled {
			client, err := newClient(cfg, id)
			if err != nil {
				return nil, err
			}
			if err := client.Fill(table); err != nil {
				return nil, err
			}
		}
		return filled, nil
	})
}

// tables returns the tables of the services over empty menus.
func tables() cli.Tables {
	return cli.Tables{
		docstore.ID:     docstore.Operations(new(docstore.UseCases)),
		sourceagent.ID:  sourceagent.Operations(new(sourceagent.UseCases)),
		analysis.ID:     analysis.Operations(new(analysis.UseCases)),
		codeanalyzer.ID: codeanalyzer.Operations(new(codeanalyzer.UseCases)),
		orchestrator.ID: slices.Concat(workflows.Operations(new(workflows.UseCases)), queryprocessing.Operations(new(queryprocessing.UseCases)), serviceregistry.Operations(new(serviceregistry.UseCases)), healthmonitoring.Operations(new(healthmonitoring.UseCases)), ingestion.Operations(new(ingestion.UseCases)), infrastructure.Operations(new(infrastructure.UseCases))),
	}
}

// newClient returns a client of a service that runs elsewhere.
func newClient(cfg *config.Config, id string) (*httpclient.Client, error) {
	if _, err := catalogue.Find(id); err != nil {
		return nil, err
	}
	return kit.NewClient(cfg, baseURL(cfg, id)), nil
}

// baseURL is where a service answers: at its _URL variable, or on this host at
// its port.
func baseURL(cfg *config.Config, id string) string {
	service, err := catalogue.Find(id)
	if err != nil {
		return ""
	}
	return cfg.ServiceURL(service)
}
