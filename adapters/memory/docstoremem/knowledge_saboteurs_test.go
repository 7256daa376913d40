package docstoremem_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/porttest"
)

// knowledgeSaboteurs are stores that each break one promise, by the case that must tell.
var knowledgeSaboteurs = map[string]struct {
	caught string
	spoil  func(e *porttest.KnowledgeEnv)
}{
	"either direction": {"relations_are_listed_by_direction_and_type", func(e *porttest.KnowledgeEnv) { e.Relations = undirected{e.Relations} }},
	"nameless twins":   {"a_triple_is_kept_once", func(e *porttest.KnowledgeEnv) { e.Relations = nameless{e.Relations} }},
	"greedy tagging":   {"tagging_leaves_what_was_set_by_hand", func(e *porttest.KnowledgeEnv) { e.Tags = greedy{e.Tags} }},
	"any tag will do":  {"documents_are_found_by_tags", func(e *porttest.KnowledgeEnv) { e.Tags = lenient{e.Tags} }},
}

// undirected lists both directions, whatever is asked.
type undirected struct{ docstore.Relations }

func (u undirected) List(ctx context.Context, id document.ID, f document.RelationFilter, page domain.PageRequest) (domain.Page[document.Relation], error) {
	f.Direction = document.Both
	return u.Relations.List(ctx, id, f, page)
}

// nameless does not tell which relation is in the way.
type nameless struct{ docstore.Relations }

func (n nameless) Add(ctx context.Context, r document.Relation) error {
	if err := n.Relations.Add(ctx, r); err != nil {
		return domain.FaultOf(err).Kind.New("taken")
	}
	return nil
}

// greedy erases every tag before it tags.
type greedy struct{ docstore.Tags }

func (g greedy) Assign(ctx context.Context, id document.ID, tags []document.Tag) error {
	if _, err := g.Remove(ctx, id, nil); err != nil {
		return err
	}
	return g.Tags.Assign(ctx, id, tags)
}

// lenient finds documents that carry one of the tags.
type lenient struct{ docstore.Tags }

func (l lenient) Search(ctx context.Context, s document.TagSearch) (domain.Page[document.TaggedDocument], error) {
	s.Any = true
	return l.Tags.Search(ctx, s)
}

// TestKnowledgeSaboteur runs the suite on the saboteur that the environment
// names; by itself it does nothing but say so.
func TestKnowledgeSaboteur(t *testing.T) {
	saboteur, ok := knowledgeSaboteurs[os.Getenv(saboteurKey)]
	if !ok {
		t.Skipf("runs in the subprocesses of TestKnowledgeSuiteCatchesSaboteurs, which set %s", saboteurKey)
	}
	porttest.Knowledge(t, func(*testing.T) porttest.KnowledgeEnv {
		e := openKnowledge()
		saboteur.spoil(&e)
		return e
	})
}

func TestKnowledgeSuiteCatchesSaboteurs(t *testing.T) {
	for name, saboteur := range knowledgeSaboteurs {
		t.Run(name, func(t *testing.T) {
			command := exec.Command(os.Args[0], "-test.run=^TestKnowledgeSaboteur$", "-test.v")
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
