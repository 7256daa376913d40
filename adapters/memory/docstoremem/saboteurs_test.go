package docstoremem_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/porttest"
)

// saboteurs are stores that each break one promise, by the case that must tell.
var saboteurs = map[string]struct {
	caught string
	spoil  func(e *porttest.DocStoreEnv)
}{
	"lost update":      {"a_stale_update_is_a_conflict", func(e *porttest.DocStoreEnv) { e.Documents = blindUpdates{e.Documents} }},
	"aliasing":         {"values_are_not_shared_with_the_caller", func(e *porttest.DocStoreEnv) { e.Documents = &sharing{Documents: e.Documents} }},
	"unsorted pages":   {"pages_are_sorted_and_whole", func(e *porttest.DocStoreEnv) { e.Documents = unsorted{e.Documents} }},
	"closed stretches": {"stretches_are_half_open", func(e *porttest.DocStoreEnv) { e.History = closed{e.History} }},
	"timeless index":   {"past_instants_are_searched_as_they_were", func(e *porttest.DocStoreEnv) { e.Index = timeless{e.Index} }},
}

// blindUpdates overwrites whatever version is stored.
type blindUpdates struct{ docstore.Documents }

func (b blindUpdates) Update(ctx context.Context, d document.State) error {
	stored, err := b.Get(ctx, d.ID)
	if err != nil {
		return err
	}
	d.Version = stored.Version + 1
	return b.Documents.Update(ctx, d)
}

// sharing hands out the metadata that it was given first.
type sharing struct {
	docstore.Documents
	kept document.Metadata
}

func (s *sharing) Add(ctx context.Context, d document.State) error {
	s.kept = d.Metadata
	return s.Documents.Add(ctx, d)
}

func (s *sharing) Get(ctx context.Context, id document.ID) (document.State, error) {
	d, err := s.Documents.Get(ctx, id)
	d.Metadata = s.kept
	return d, err
}

// unsorted turns every page round.
type unsorted struct{ docstore.Documents }

func (u unsorted) List(ctx context.Context, f document.Filter, r domain.PageRequest, withContent bool) (domain.Page[document.State], error) {
	page, err := u.Documents.List(ctx, f, r, withContent)
	for i, j := 0, len(page.Items)-1; i < j; i, j = i+1, j-1 {
		page.Items[i], page.Items[j] = page.Items[j], page.Items[i]
	}
	return page, err
}

// closed lets a version last for its last instant too.
type closed struct{ docstore.History }

func (c closed) At(ctx context.Context, id document.ID, at time.Time) (document.Version, error) {
	return c.History.At(ctx, id, at.Add(-time.Nanosecond))
}

// timeless searches what documents say now, whatever is asked.
type timeless struct{ docstore.Index }

func (t timeless) Search(ctx context.Context, s document.Search) (document.Hits, error) {
	s.AsOf = time.Time{}
	return t.Index.Search(ctx, s)
}

const saboteurKey = "DOCSTORE_SABOTEUR"

// TestSaboteur runs the suite on the saboteur that the environment names; by
// itself it does nothing but say so.
func TestSaboteur(t *testing.T) {
	saboteur, ok := saboteurs[os.Getenv(saboteurKey)]
	if !ok {
		t.Skipf("runs in the subprocesses of TestSuiteCatchesSaboteurs, which set %s", saboteurKey)
	}
	porttest.DocStore(t, porttest.DocStoreTraits{}, func(t *testing.T) porttest.DocStoreEnv {
		e := open(t)
		saboteur.spoil(&e)
		return e
	})
}

func TestSuiteCatchesSaboteurs(t *testing.T) {
	for name, saboteur := range saboteurs {
		t.Run(name, func(t *testing.T) {
			command := exec.Command(os.Args[0], "-test.run=^TestSaboteur$", "-test.v")
			command.Env = append(os.Environ(), saboteurKey+"="+name)
			var output bytes.Buffer
			command.Stdout, command.Stderr = &output, &output
			if err := command.Run(); err == nil {
				t.Fatalf("the suite passed:\n%s", output.String())
			}
			if !failed(output.String(), saboteur.caught) {
				t.Errorf("the case %s did not fail:\n%s", saboteur.caught, output.String())
			}
		})
	}
}

func failed(output, name string) bool {
	for line := range strings.Lines(output) {
		if strings.Contains(line, "--- FAIL") && strings.Contains(line, name) {
			return true
		}
	}
	return false
}
