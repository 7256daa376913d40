package porttest

import (
	"strings"
	"testing"
)

// phraseReach finds a phrase behind 20,000 words, or says that the store does not.
func phraseReach(t *testing.T, s *shelf, traits DocStoreTraits) {
	s.add(t, "a", strings.Repeat("filler ", 20_000)+"grey heron", nil)
	s.finds(t, "heron", "a")
	if traits.PhraseReach > 0 && traits.PhraseReach < 20_000 {
		t.Skipf("this store finds phrases within the first %d words only", traits.PhraseReach)
	}
	s.finds(t, `"grey heron"`, "a")
	s.finds(t, `"heron grey"`, "")
}
