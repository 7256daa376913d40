package set

import (
	"github.com/google/wire"

	"github.com/docsteward/docsteward/adapters/secrets/aesgcm"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/secrets"
)

// Secrets seals what is stored with the configured key, or with that of a file
// in the data directory, which is made when there is none.
var Secrets = wire.NewSet(NewSealer, wire.Bind(new(secrets.Sealer), new(*aesgcm.Sealer)))

// NewSealer returns the sealer of a process.
func NewSealer(s *kit.Service) (*aesgcm.Sealer, error) {
	decode, key := aesgcm.KeyFile, s.DataFile("secret.key")
	if s.Config.SecretKey != "" {
		decode, key = aesgcm.DecodeKey, s.Config.SecretKey
	}
	secret, err := decode(key)
	if err != nil {
		return nil, err
	}
	return aesgcm.New(secret)
}
