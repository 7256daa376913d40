package set

import (
	"context"
	"os"

	"github.com/google/wire"

	"github.com/docsteward/docsteward/adapters/http/registryclient"
	"github.com/docsteward/docsteward/adapters/sql/registrysql"
	appregistry "github.com/docsteward/docsteward/application/serviceregistry"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/serviceregistry"
)

// Registry is the directory of services on whatever store it is given.
var Registry = wire.NewSet(
	RegistryMenu, NewRegistryKeeper, NewRegistryRemote, RegistryPeers,
	wire.Bind(new(serviceregistry.Remote), new(*registryclient.Remote)),
	wire.Struct(new(appregistry.Deps), "*"),
)

// RegistrySQL keeps the directory in an SQL database.
var RegistrySQL = wire.NewSet(registrysql.New, wire.Bind(new(serviceregistry.Services), new(*registrysql.Services)))

// RegistryMenu returns the filled and decorated menu.
func RegistryMenu(s *kit.Service, deps appregistry.Deps) (*serviceregistry.UseCases, error) {
	menu := new(serviceregistry.UseCases)
	appregistry.Fill(menu, deps)
	return menu, Decorate(s, menu, serviceregistry.Operations(menu))
}

// NewRegistryKeeper returns what keeps the directory true.
func NewRegistryKeeper(s *kit.Service, deps appregistry.Deps) *appregistry.Keeper {
	return appregistry.NewKeeper(deps, s.Logger)
}

// NewRegistryRemote returns what asks services how they are, with the key of
// DOCSTEWARD_API_KEY.
func NewRegistryRemote(s *kit.Service) (*registryclient.Remote, func()) {
	remote := registryclient.New(s.Clock, os.Getenv("DOCSTEWARD_API_KEY"))
	return remote, remote.Close
}

// RegistryPeers are the registries that ORCHESTRATOR_PEERS names.
func RegistryPeers(s *kit.Service) ([]serviceregistry.Peer, error) {
	peers := make([]serviceregistry.Peer, len(s.Config.Peers))
	for i, base := range s.Config.Peers {
		menu := new(serviceregistry.UseCases)
		if err := s.Client(orchestrator.ID, base).Fill(serviceregistry.Operations(menu)); err != nil {
			return nil, err
		}
		peers[i] = serviceregistry.Peer{URL: base, Register: func(ctx context.Context, c serviceregistry.RegisterService) error {
			return menu.RegisterService.Execute(ctx, c).Err()
		}}
	}
	return peers, nil
}
