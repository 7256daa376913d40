package app

import (
	"net/url"
	"strings"

	appregistry "github.com/docsteward/docsteward/application/serviceregistry"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/domain/registry"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/catalogue"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/serviceregistry"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

// needs says which services each calls. Never written.
var needs = map[string][]string{
	sourceagent.ID:  {docstore.ID},
	analysis.ID:     {docstore.ID, sourceagent.ID},
	orchestrator.ID: {docstore.ID, sourceagent.ID, analysis.ID, "code-analyzer"},
}

// register has the services of this process enter the directory, which is in this
// process or where ORCHESTRATOR_URL says. Without either nobody registers.
func (a *App) register() error {
	if len(a.Services) == 0 {
		return nil
	}
	directory := a.Registry
	if directory == nil {
		row, err := catalogue.Find(orchestrator.ID)
		if err != nil || !a.Kit.Config.Elsewhere(row) {
			return err
		}
		directory = new(serviceregistry.UseCases)
		if err := kit.NewClient(a.Kit.Config, a.Kit.Config.ServiceURL(row)).Fill(serviceregistry.Operations(directory)); err != nil {
			return err
		}
	}
	registrar := &appregistry.Registrar{
		Register: &directory.RegisterService, Heartbeat: &directory.Heartbeat, Clock: a.Kit.Clock, Logger: a.Kit.Logger("registrar"),
	}
	for _, s := range a.Services {
		said, err := a.say(s.ID)
		if err != nil {
			return err
		}
		registrar.Services = append(registrar.Services, said)
	}
	last := a.Services[len(a.Services)-1]
	last.Workers = append(last.Workers, registrar.Work)
	return nil
}

// say is what a service says of itself.
func (a *App) say(id string) (serviceregistry.RegisterService, error) {
	row, err := catalogue.Find(id)
	if err != nil {
		return serviceregistry.RegisterService{}, err
	}
	said := serviceregistry.RegisterService{
		ServiceName: id, ServiceURL: a.Kit.Config.ServiceURL(row), DependsOn: needs[id], Category: "service", Owner: "docsteward",
		Metadata: map[string]any{"version": a.Kit.Version},
	}
	for _, known := range registry.Known() {
		if known.ID.String() == id {
			said.Name, said.Description, said.Category, said.Capabilities = known.Name, known.Description, known.Category, known.Capabilities
		}
	}
	if u, err := url.Parse(said.ServiceURL); err == nil && u.Port() == "0" {
		said.ServiceURL = strings.TrimSuffix(said.ServiceURL, ":0") // the system chose a port that only the listener knows
	}
	return said, nil
}
