package analysismem_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/check"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/porttest"
)

const saboteurKey = "ANALYSIS_SABOTEUR"

// saboteurs are stores that each break one promise, by the case that must tell.
var saboteurs = map[string]struct {
	caught string
	spoil  func(e *porttest.AnalysisEnv)
}{
	"two winners":     {"checks/one_of_several_that_end_at_once_is_added", func(e *porttest.AnalysisEnv) { e.Checks = obliging{e.Checks} }},
	"first is latest": {"checks/have_numbers_of_their_own", func(e *porttest.AnalysisEnv) { e.Checks = slow{e.Checks} }},
	"closed are gone": {"claims/of_a_project_are_loaded,_closed_ones_too", func(e *porttest.AnalysisEnv) { e.Claims = forgetful{e.Claims} }},
	"loose folders":   {"claims/are_filtered", func(e *porttest.AnalysisEnv) { e.Claims = loose{e.Claims} }},
	"worst last":      {"claims/the_worst_documents_come_first", func(e *porttest.AnalysisEnv) { e.Claims = kind{e.Claims} }},
	"turned turns":    {"turns/are_listed_as_they_were_appended", func(e *porttest.AnalysisEnv) { e.Turns = turned{e.Turns} }},
	"heaped facts":    {"facts/are_kept_whole_and_replaced", func(e *porttest.AnalysisEnv) { e.Facts = &heaping{Facts: e.Facts} }},
	"literal stars":   {"facts/are_filtered", func(e *porttest.AnalysisEnv) { e.Facts = literal{e.Facts} }},
}

// obliging adds every check, under another number where that one is taken.
type obliging struct{ analysis.Checks }

func (o obliging) Add(ctx context.Context, c check.Check) error {
	var err error
	for range 20 {
		if err = o.Checks.Add(ctx, c); err == nil {
			return nil
		}
		c.Number++
	}
	return err
}

// slow takes the first check for the latest.
type slow struct{ analysis.Checks }

func (s slow) Latest(ctx context.Context, project string) (check.Check, error) {
	page, err := s.List(ctx, analysis.CheckFilter{Project: project}, domain.PageRequest{})
	if err != nil || len(page.Items) == 0 {
		return s.Checks.Latest(ctx, project)
	}
	return s.Get(ctx, page.Items[len(page.Items)-1].ID)
}

// forgetful leaves closed claims out.
type forgetful struct{ analysis.Claims }

func (f forgetful) Load(ctx context.Context, project string) ([]check.Claim, error) {
	claims, err := f.Claims.Load(ctx, project)
	return slices.DeleteFunc(claims, func(c check.Claim) bool { return !c.Open() }), err
}

// loose takes every path for a folder.
type loose struct{ analysis.Claims }

func (l loose) List(ctx context.Context, f analysis.ClaimFilter, page domain.PageRequest) (domain.Page[check.Claim], error) {
	if f.Document != "" && !strings.Contains(f.Document, ".") {
		f.Document = strings.TrimSuffix(f.Document, "/") + "/"
	}
	return l.Claims.List(ctx, f, page)
}

// kind begins with the documents that are least wrong.
type kind struct{ analysis.Claims }

func (k kind) Worst(ctx context.Context, project string, limit int) ([]analysis.DocumentDrift, error) {
	worst, err := k.Claims.Worst(ctx, project, limit)
	slices.Reverse(worst)
	return worst, err
}

// turned lists the latest turn first.
type turned struct{ analysis.Turns }

func (t turned) List(ctx context.Context, id check.ClaimID, page domain.PageRequest) (domain.Page[check.Turn], error) {
	turns, err := t.Turns.List(ctx, id, page)
	slices.Reverse(turns.Items)
	return turns, err
}

// heaping keeps the old facts beside the new.
type heaping struct {
	analysis.Facts
	all []code.Fact
}

func (h *heaping) Replace(ctx context.Context, project string, facts []code.Fact) error {
	h.all = append(h.all, facts...)
	return h.Facts.Replace(ctx, project, h.all)
}

// literal takes a star for a letter.
type literal struct{ analysis.Facts }

func (l literal) List(ctx context.Context, f analysis.FactFilter, page domain.PageRequest) (domain.Page[analysis.ProjectFact], error) {
	f.Name = strings.TrimSuffix(f.Name, "*")
	return l.Facts.List(ctx, f, page)
}

// TestSaboteur runs the suite on the saboteur that the environment names; by itself
// it does nothing but say so.
func TestSaboteur(t *testing.T) {
	saboteur, ok := saboteurs[os.Getenv(saboteurKey)]
	if !ok {
		t.Skipf("runs in the subprocesses of TestSuiteCatchesSaboteurs, which set %s", saboteurKey)
	}
	porttest.Analysis(t, func(t *testing.T) porttest.AnalysisEnv {
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
			out, err := command.CombinedOutput()
			if err == nil || !bytes.Contains(out, []byte("--- FAIL: TestSaboteur/"+saboteur.caught)) {
				t.Errorf("the case %s did not tell: %v\n%s", strings.ReplaceAll(saboteur.caught, "_", " "), err, out)
			}
		})
	}
}
