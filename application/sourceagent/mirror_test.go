package sourceagent_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

// editor makes random edits of a folder. It has few names and few contents, so
// that duplicates, swaps and returns are frequent.
type editor struct {
	*rand.Rand
	s *station
}

func (e editor) name() string { return fmt.Sprintf("d%d/f%d.md", e.IntN(3), e.IntN(6)) }

func (e editor) content() string {
	if e.IntN(12) == 0 {
		return "\n" // blank
	}
	return fmt.Sprintf("content %02d\n", e.IntN(14))
}

func (e editor) edit(t *testing.T) {
	t.Helper()
	name, other := e.name(), e.name()
	from := filepath.Join(e.s.dir, name)
	switch e.IntN(6) {
	case 0:
		if err := os.Remove(from); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	case 1:
		if _, err := os.Stat(from); err == nil {
			e.s.rename(t, name, other)
		}
	case 2:
		if data, err := os.ReadFile(from); err == nil {
			e.s.write(t, map[string]string{other: string(data)})
		}
	default:
		e.s.write(t, map[string]string{name: e.content()})
	}
}

// After any edits, with ingestions of any sort in between, an ingestion leaves
// the store a mirror of the folder.
func TestTheStoreMirrorsTheFolderAfterAnyEdits(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			s := stationAt(t, systemclock.Clock{})
			e := editor{rand.New(rand.NewPCG(seed, 1)), s}
			s.write(t, map[string]string{"d0/f0.md": "content 00\n"})
			for range 300 {
				e.edit(t)
				if e.IntN(8) != 0 {
					continue
				}
				s.shelf.refuse = e.refusal()
				_ = s.menu.IngestSource.Execute(t.Context(), sourceagent.IngestSource{Location: s.dir, Full: e.IntN(10) == 0, MaxItems: e.IntN(3) * e.IntN(4)})
				s.shelf.refuse = nil
				if e.IntN(3) == 0 {
					s.mirrors(t, s.ingest(t, sourceagent.IngestSource{}))
				}
			}
			last := s.ingest(t, sourceagent.IngestSource{})
			s.mirrors(t, last)
			if last.Failed != 0 {
				t.Errorf("failures: %v", last.Failures)
			}
			writes := s.shelf.writes
			if again := s.ingest(t, sourceagent.IngestSource{}); s.shelf.writes != writes || again.Digest != last.Digest {
				t.Errorf("a run without changes made %d writes: %s", s.shelf.writes-writes, counts(again))
			}
		})
	}
}

// refusal makes every second ingestion meet a store that fails now and then.
func (e editor) refusal() func(docstore.StoreEnvelope) error {
	if e.IntN(2) == 0 {
		return nil
	}
	return func(docstore.StoreEnvelope) error {
		if e.IntN(3) == 0 {
			return domain.Unavailable.New("The store is away.")
		}
		return nil
	}
}
