package app

import (
	"slices"

	apphealth "github.com/docsteward/docsteward/application/healthmonitoring"
	appregistry "github.com/docsteward/docsteward/application/serviceregistry"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/domain/registry"
	"github.com/docsteward/docsteward/ports/catalogue"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/serviceregistry"
)

// needs lists the services that a service calls. The orchestrator calls every other
// one of this build, as its workflows want.
func needs(id string) []string {
	if id != orchestrator.ID {
		return apphealth.Needs()[id]
	}
	return slices.DeleteFunc(Known(), func(other string) bool { return other == id })
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
		row, err := catalogue.Find(s.ID)
		if err != nil {
			return err
		}
		if a.Kit.Config.ServicePort(row) == 0 && !a.Kit.Config.Elsewhere(row) {
			continue // the system chooses a port, which nobody could be told
		}
		registrar.Services = append(registrar.Services, a.say(row))
	}
	last := a.Services[len(a.Services)-1]
	last.Workers = append(last.Workers, registrar.Work)
	return nil
}

// say is what a service says of itself.
func (a *App) say(row catalogue.Service) serviceregistry.RegisterService {
	said := serviceregistry.RegisterService{
		ServiceName: row.ID, ServiceURL: a.Kit.Config.ServiceURL(row), DependsOn: needs(row.ID), Category: "service", Owner: "docsteward",
		Metadata: map[string]any{"version": a.Kit.Version},
	}
	for _, known := range registry.Known() {
		if known.ID.String() == row.ID {
			said.Name, said.Description, said.Category, said.Capabilities = known.Name, known.Description, known.Category, known.Capabilities
		}
	}
	return said
}
