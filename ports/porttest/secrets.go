package porttest

import (
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/secrets"
)

// Sealer proves the promises of secrets.Sealer. open returns a sealer with a key
// of its own each time.
func Sealer(t *testing.T, open func(t *testing.T) secrets.Sealer) {
	texts := []string{"s", "Grüße, 世界", strings.Repeat("x", 1<<20), "a\x00b"}
	t.Run("what is sealed is opened", func(t *testing.T) {
		s := open(t)
		for _, text := range texts {
			sealed, err := s.Seal(text)
			must(t, err)
			if strings.Contains(sealed, text) && len(text) > 1 || strings.ContainsFunc(sealed, func(r rune) bool { return r < 0x21 || r > 0x7e }) {
				t.Errorf("sealed as %.60q", sealed)
			}
			opened, err := s.Open(sealed)
			must(t, err)
			if opened != text {
				t.Errorf("opened as %.60q", opened)
			}
		}
	})
	t.Run("nothing stays nothing", func(t *testing.T) {
		s := open(t)
		sealed, err := s.Seal("")
		must(t, err)
		opened, err := s.Open(sealed)
		must(t, err)
		if sealed != "" || opened != "" {
			t.Errorf("sealed %q, opened %q", sealed, opened)
		}
	})
	t.Run("no two results are alike", func(t *testing.T) {
		s := open(t)
		a, err := s.Seal("same")
		must(t, err)
		b, err := s.Seal("same")
		must(t, err)
		if a == b {
			t.Error("they are")
		}
	})
	t.Run("another key is forbidden", func(t *testing.T) {
		sealed, err := open(t).Seal("secret")
		must(t, err)
		_, err = open(t).Open(sealed)
		wantKind(t, "Open", err, domain.Forbidden)
	})
	t.Run("what was changed is forbidden", func(t *testing.T) {
		s := open(t)
		sealed, err := s.Seal("secret")
		must(t, err)
		at := len(sealed) - 8
		other := byte('A')
		if sealed[at] == other {
			other = 'B'
		}
		_, err = s.Open(sealed[:at] + string(other) + sealed[at+1:])
		wantKind(t, "Open", err, domain.Forbidden)
	})
	t.Run("what was never sealed is invalid", func(t *testing.T) {
		_, err := open(t).Open("plain text")
		wantKind(t, "Open", err, domain.Invalid)
	})
}
