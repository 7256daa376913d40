package docstore

import "github.com/docsteward/docsteward/domain/webhook"

// headerRoom is how many headers an attempt adds to those of the webhook.
const headerRoom = 3

// sealed returns the webhook as it is stored: its secret and the values of its
// headers, which often hold a token, unreadable.
func (s *service) sealed(w webhook.Webhook) (webhook.Webhook, error) {
	var err error
	if w.Secret, err = s.Secrets.Seal(w.Secret); err != nil {
		return w, err
	}
	w.Headers, err = s.sealedHeaders(w.Headers)
	return w, err
}

func (s *service) sealedHeaders(headers map[string]string) (map[string]string, error) {
	return mapped(headers, s.Secrets.Seal)
}

// opened is the inverse of sealed.
func (s *service) opened(w webhook.Webhook) (webhook.Webhook, error) {
	var err error
	if w.Secret, err = s.Secrets.Open(w.Secret); err != nil {
		return w, err
	}
	w.Headers, err = mapped(w.Headers, s.Secrets.Open)
	return w, err
}

// mapped returns a map of its own with every value changed.
func mapped(values map[string]string, change func(string) (string, error)) (map[string]string, error) {
	out := make(map[string]string, len(values)+headerRoom)
	for name, value := range values {
		changed, err := change(value)
		if err != nil {
			return nil, err
		}
		out[name] = changed
	}
	return out, nil
}
