package set

import (
	"context"
	"io"
	"net/http"
	"os"

	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/catalogue"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

// AnalysisPeers ask the document store and the source agent how they are, each at
// the address that the configuration gives it, whichever process it runs in.
func AnalysisPeers(s *kit.Service) (map[string]func(context.Context) error, error) {
	client := &http.Client{Transport: http.DefaultTransport.(*http.Transport).Clone()}
	peers := make(map[string]func(context.Context) error)
	for _, id := range []string{docstore.ID, sourceagent.ID} {
		row, err := catalogue.Find(id)
		if err != nil {
			return nil, err
		}
		peers[id] = healthOf(client, s.Config.ServiceURL(row)+"/health")
	}
	return peers, nil
}

// mostHealth is how much of an answer is read, in bytes, so that the connection can
// be used again.
const mostHealth = 64 << 10

// healthOf asks a service how it is, with the key of DOCSTEWARD_API_KEY. Any answer but
// a success is a failure, or the refusal to tell this caller: who refuses is there.
func healthOf(client *http.Client, address string) func(context.Context) error {
	return func(ctx context.Context) error {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return domain.Invalid.Wrap(err, "The address "+address+" cannot be called.")
		}
		if key := os.Getenv("DOCSTEWARD_API_KEY"); key != "" {
			request.Header.Set("Authorization", "Bearer "+key)
		}
		answer, err := client.Do(request)
		if err != nil {
			return domain.Unavailable.Wrap(err, "Nobody answers at "+address+".")
		}
		defer answer.Body.Close()
		if _, err := io.CopyN(io.Discard, answer.Body, mostHealth); err != nil && err != io.EOF {
			return domain.Unavailable.Wrap(err, "The answer of "+address+" breaks off.")
		}
		switch code := answer.StatusCode; {
		case code == http.StatusUnauthorized, code == http.StatusForbidden, code < http.StatusMultipleChoices:
		default:
			return domain.Unavailable.New("The service at " + address + " answers " + answer.Status + ".")
		}
		return nil
	}
}
