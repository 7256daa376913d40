package crash

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// audit counts what was kept of the promises.
type audit struct {
	accepted, lost, effects, repeats int
	// unanswered were asked for and not answered; begun of them were recorded.
	unanswered, begun int
}

// audit checks every run that was asked for, once all have ended: none is lost, each
// ended as its definition says, and what it did to the target was done once.
func (d *desk) audit(t *testing.T, s *server) audit {
	t.Helper()
	var a audit
	found := d.all(t, s)
	for _, r := range d.runs {
		records := found[r.label]
		switch {
		case r.id == "":
			a.unanswered++
			a.begun += len(records)
		default:
			a.accepted++
		}
		if len(records) == 0 && r.id == "" {
			if did := d.target.did(r.label); len(did) > 0 {
				t.Errorf("run %s is not recorded and did %v", r.label, did)
			}
			continue
		}
		if len(records) != 1 || r.id != "" && records[0] != r.id {
			a.lost++
			t.Errorf("run %s is recorded as %v; accepted was %q", r.label, records, r.id)
			continue
		}
		if err := d.check(s, r, records[0]); err != nil {
			t.Error(err)
		}
		a.effects += len(d.target.did(r.label))
	}
	var twice []string
	if a.repeats, twice = d.target.repeats(); len(twice) > 0 {
		t.Errorf("called twice by one living process: %v", twice)
	}
	return a
}

// all returns the ids of the recorded runs by label.
func (d *desk) all(t *testing.T, s *server) map[string][]string {
	t.Helper()
	found := make(map[string][]string)
	for offset := 0; ; {
		list, _, err := call[page[record]](context.Background(), d.client, http.MethodGet,
			s.url(query(flowsPath+"/executions", "limit", "1000", "offset", fmt.Sprint(offset))), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list.Items {
			found[r.Parameters["label"]] = append(found[r.Parameters["label"]], r.ExecutionID)
		}
		if offset += len(list.Items); len(list.Items) == 0 || offset >= list.Total {
			return found
		}
	}
}

// check compares one run with its definition and with one that no kill has met.
func (d *desk) check(s *server, r *run, id string) error {
	found, err := d.read(s, id)
	if err != nil {
		return err
	}
	told, err := r.told(found)
	if err != nil {
		return err
	}
	if want := d.undisturbed[r.name+r.last]; told != want {
		return fmt.Errorf("%s run %s is recorded as\n%s\nwithout a kill it is\n%s", r.name, r.label, told, want)
	}
	return r.did(d.target.did(r.label))
}

// did compares the effects of a run with those of its definition.
func (r *run) did(effects []effect) error {
	steps := make([]string, len(effects))
	for i, e := range effects {
		steps[i] = e.step
	}
	want := append(slices.Clone(r.does), r.last)
	if r.last == "refuse" {
		for _, step := range slices.Backward(r.does) {
			want = append(want, "undo-"+step)
		}
	}
	// Branches do their steps in any order, before the last one.
	does := slices.Clone(steps)
	slices.Sort(does[:min(len(does), len(r.does))])
	wanted := slices.Clone(want)
	slices.Sort(wanted[:len(r.does)])
	if !slices.Equal(does, wanted) {
		return fmt.Errorf("%s run %s did %s, want each once: %s", r.name, r.label, strings.Join(steps, " "), strings.Join(want, " "))
	}
	return nil
}
