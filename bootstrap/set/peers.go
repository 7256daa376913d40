package set

import (
	"context"

	"github.com/docsteward/docsteward/adapters/http/registryclient"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/catalogue"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

// AnalysisPeers ask the document store and the source agent how they are, each at
// the address that the configuration gives it, whichever process it runs in.
func AnalysisPeers(s *kit.Service, remote *registryclient.Remote) (map[string]func(context.Context) error, error) {
	peers := make(map[string]func(context.Context) error)
	for _, id := range []string{docstore.ID, sourceagent.ID} {
		row, err := catalogue.Find(id)
		if err != nil {
			return nil, err
		}
		base := s.Config.ServiceURL(row)
		peers[id] = func(ctx context.Context) error {
			_, err := remote.Health(ctx, base)
			return err
		}
	}
	return peers, nil
}
