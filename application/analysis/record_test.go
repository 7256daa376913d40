package analysis_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/facts"
	"github.com/docsteward/docsteward/adapters/markup"
	"github.com/docsteward/docsteward/adapters/memory/analysismem"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/adapters/source"
	appanalysis "github.com/docsteward/docsteward/application/analysis"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/ids/idstest"
)

// desk is an analysis service in memory.
type desk struct {
	menu   analysis.UseCases
	clock  *clocktest.Manual
	outbox *memkit.Outbox
}

func newDesk(t *testing.T, spoil ...func(*appanalysis.Records)) *desk {
	t.Helper()
	db := memkit.New()
	d := &desk{clock: clocktest.New(), outbox: memkit.NewOutbox(db, nil)}
	records := appanalysis.Records{
		Checks: analysismem.NewChecks(db), Claims: analysismem.NewClaims(db), Turns: analysismem.NewTurns(db), Facts: analysismem.NewFacts(db),
		Outbox: d.outbox, Unit: db, IDs: idstest.New("id"),
	}
	for _, change := range spoil {
		change(&records)
	}
	appanalysis.FillService(&d.menu, appanalysis.Deps{
		Sources: source.Opener{}, Projects: source.Opener{}, Facts: facts.New(), Markup: markup.New(), Clock: d.clock, Workers: 2,
	}, records)
	return d
}

// record checks a location a minute later than the last one.
func (d *desk) record(t *testing.T, c analysis.RecordClaims) analysis.ClaimCheck {
	t.Helper()
	d.clock.Advance(time.Minute)
	done, err := d.menu.RecordClaims.Execute(context.Background(), c).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// told returns the events since the last call, as name and payload.
func (d *desk) told(t *testing.T) []map[string]string {
	t.Helper()
	entries, err := d.outbox.Claim(context.Background(), d.clock.Now(), d.clock.Now(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	var told []map[string]string
	for _, e := range entries {
		payload := map[string]string{"event": e.Event.Name}
		if err := json.Unmarshal(e.Event.Payload, &payload); err != nil {
			t.Fatal(err)
		}
		told = append(told, payload)
		if err := d.outbox.Delivered(context.Background(), e.Event.ID); err != nil {
			t.Fatal(err)
		}
	}
	return told
}

func (d *desk) claims(t *testing.T, c analysis.ListClaims) []analysis.Claim {
	t.Helper()
	list, err := d.menu.ListClaims.Execute(context.Background(), c).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	return list.Items
}

func TestClaimsHoldThenDriftThenHeal(t *testing.T) {
	d, dir := newDesk(t), repository(t)
	first := d.record(t, analysis.RecordClaims{Location: dir, Project: "tool"})
	if first.ByVerdict["holds"] < 4 || first.Drifted != 0 || first.Documents != 2 || first.Number != 1 || first.Facts == 0 || first.Opened != first.Claims {
		t.Fatalf("got %+v", first)
	}
	if told := d.told(t); len(told) != 0 {
		t.Errorf("told %+v", told)
	}
	rewrite(t, filepath.Join(dir, "main.go"), "data.retention", "data.keep-for")
	rewrite(t, filepath.Join(dir, "main.go"), "/var/data", "/srv/data")
	hash := commit(t, dir, 2)
	second := d.record(t, analysis.RecordClaims{Location: dir, Project: "tool", Revision: hash})
	if second.Drifted != 3 || len(second.DriftedClaims) != 3 || second.ByVerdict["holds"] != first.ByVerdict["holds"]-3 || second.Opened+second.Closed+second.Differing != 0 || second.Commit != hash {
		t.Fatalf("got %+v", second)
	}
	told := d.told(t)
	if len(told) != 3 {
		t.Fatalf("told %+v", told)
	}
	for _, e := range told {
		if e["event"] != "claim.drifted" || e["project"] != "tool" || e["document"] != "docs/options.md" || e["from"] != "holds" || e["commit"] != hash || e["reason"] == "" || e["kind"] != "flag" {
			t.Errorf("told %+v", e)
		}
	}
	third := d.record(t, analysis.RecordClaims{Location: dir, Project: "tool"})
	if third.Number != 3 || third.Drifted+third.Healed+third.Opened+third.Closed != 0 || len(d.told(t)) != 0 {
		t.Errorf("the same again: %+v", third)
	}
	rewrite(t, filepath.Join(dir, "main.go"), "data.keep-for", "data.retention")
	fourth := d.record(t, analysis.RecordClaims{Location: dir, Project: "tool"})
	told = d.told(t)
	if fourth.Healed != 2 || fourth.Drifted != 0 || len(told) != 2 || told[0]["event"] != "claim.healed" || told[0]["to"] != "holds" {
		t.Errorf("after the repair: %+v, told %+v", fourth, told)
	}
	rewrite(t, filepath.Join(dir, "docs", "options.md"), "default `/var/data`", "default `/srv/data`")
	if fifth := d.record(t, analysis.RecordClaims{Location: dir, Project: "tool"}); fifth.Healed != 1 || fifth.Drifted != 0 || fifth.ByVerdict["changed"] != 0 {
		t.Errorf("after the repair of the page: %+v", fifth)
	}
	d.seesTheStory(t, fourth.HealedClaims[0].Claim, hash)
}

// seesTheStory looks at what was recorded in TestClaimsHoldThenDriftThenHeal.
func (d *desk) seesTheStory(t *testing.T, id, hash string) {
	t.Helper()
	ctx := context.Background()
	story, err := d.menu.GetClaim.Execute(ctx, analysis.GetClaim{ID: id}).Unwrap()
	if err != nil || len(story.History) != 3 || story.Total != 3 || story.Claim.Verdict != "holds" {
		t.Fatalf("got %+v, %v", story, err)
	}
	turns := ""
	for _, turn := range story.History {
		turns += turn.From + " " + turn.To + ", "
	}
	if turns != "new holds, holds renamed, renamed holds, " || story.History[1].Commit != hash {
		t.Errorf("the history is %s%+v", turns, story.History)
	}
	if c := story.Claim; c.Evidence.Path != "main.go" || c.Line == 0 || !c.Since.Equal(story.History[2].At) || !c.FirstSeen.Equal(story.History[0].At) {
		t.Errorf("the claim is %+v", c)
	}
	drift, err := d.menu.GetDrift.Execute(ctx, analysis.GetDrift{Project: "tool", Documents: 5}).Unwrap()
	if err != nil || len(drift.Points) != 5 || drift.Points[1].Drifted != 3 || drift.Points[4].Healed != 1 || !drift.Points[0].At.Before(drift.Points[1].At) || len(drift.Documents) != 0 {
		t.Errorf("the drift is %+v, %v", drift, err)
	}
	from, to := drift.Points[1].At, drift.Points[3].At
	if some, err := d.menu.GetDrift.Execute(ctx, analysis.GetDrift{Project: "tool", From: &from, To: &to, Limit: 1, Documents: 1}).Unwrap(); err != nil || len(some.Points) != 1 || some.Total != 2 || some.Points[0].At != drift.Points[2].At {
		t.Errorf("a stretch of it is %+v, %v", some, err)
	}
	again, err := d.menu.GetClaimCheck.Execute(ctx, analysis.GetClaimCheck{ID: drift.Points[1].Check}).Unwrap()
	if err != nil || len(again.DriftedClaims) != 3 || again.Commit != hash {
		t.Errorf("the check is %+v, %v", again, err)
	}
	if list, err := d.menu.ListClaimChecks.Execute(ctx, analysis.ListClaimChecks{Project: "tool", Limit: 2}).Unwrap(); err != nil || list.Total != 5 || !list.HasMore || list.Items[0].Number != 5 {
		t.Errorf("the checks are %+v, %v", list, err)
	}
	if found, err := d.menu.ListFacts.Execute(ctx, analysis.ListFacts{Project: "tool", Name: "data.*", Kind: "flag"}).Unwrap(); err != nil || found.Total != 2 || found.Items[0].Path != "main.go" || *found.Items[0].Value != "/srv/data" {
		t.Errorf("the facts are %+v, %v", found, err)
	}
}

func TestAClaimIsTheSameWhenItsLinesMoveAndIsClosedWhenItIsGone(t *testing.T) {
	d, dir := newDesk(t), repository(t)
	d.record(t, analysis.RecordClaims{Location: dir})
	before := d.claims(t, analysis.ListClaims{Document: "docs/", Name: "data.retention"})
	page := filepath.Join(dir, "docs", "options.md")
	rewrite(t, page, "# Options\n", "# Options\n\nMore words.\n")
	if moved := d.record(t, analysis.RecordClaims{Location: dir}); moved.Opened+moved.Closed != 0 {
		t.Errorf("got %+v", moved)
	}
	after := d.claims(t, analysis.ListClaims{Document: "docs/options.md", Name: "data.retention", Verdict: []string{"holds"}, Kind: "flag"})
	if len(before) != 2 || len(after) != 2 || after[0].ID != before[0].ID || after[1].ID != before[1].ID || after[0].Line != before[0].Line+2 || !after[0].Since.Equal(before[0].Since) {
		t.Errorf("got %+v and %+v", before, after)
	}
	rewrite(t, page, "- `--data.retention` (default `15d`)\n", "")
	gone := d.record(t, analysis.RecordClaims{Location: dir})
	closed := d.claims(t, analysis.ListClaims{Closed: true, Name: "data.retention"})
	if gone.Closed == 0 || gone.Drifted+gone.Healed != 0 || len(closed) != 1 || closed[0].ClosedAt == nil || len(d.told(t)) != 0 {
		t.Errorf("got %+v, %+v", gone, closed)
	}
}

func TestAPartOfAProjectLeavesTheOthersAsTheyWere(t *testing.T) {
	d, dir := newDesk(t), repository(t)
	if err := os.WriteFile(filepath.Join(dir, "docs", "other.md"), []byte(options), 0o600); err != nil {
		t.Fatal(err)
	}
	whole := d.record(t, analysis.RecordClaims{Location: dir})
	for _, part := range []string{"docs/other.md", "docs"} {
		done := d.record(t, analysis.RecordClaims{Location: filepath.Join(dir, part)})
		if done.Claims != whole.Claims || done.Opened+done.Closed != 0 || done.Project != whole.Project {
			t.Errorf("%s: got %+v, before %+v", part, done, whole)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "docs", "other.md"), []byte("a\x00b"), 0o600); err != nil {
		t.Fatal(err)
	}
	done := d.record(t, analysis.RecordClaims{Location: dir})
	if done.Unread != 1 || done.Faults[0].Path != "docs/other.md" || done.Closed != 0 || done.Claims != whole.Claims || done.Documents != 1 {
		t.Errorf("an unreadable page: %+v", done)
	}
	if err := os.Remove(filepath.Join(dir, "docs", "other.md")); err != nil {
		t.Fatal(err)
	}
	if done := d.record(t, analysis.RecordClaims{Location: filepath.Join(dir, "docs")}); done.Closed == 0 || done.Claims >= whole.Claims {
		t.Errorf("a page that is gone: %+v", done)
	}
}

func TestALinkLeadsToTheSameClaims(t *testing.T) {
	d, dir := newDesk(t), repository(t)
	whole := d.record(t, analysis.RecordClaims{Location: dir, Project: "tool"})
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"", "docs"} {
		done, err := d.menu.RecordClaims.Execute(context.Background(), analysis.RecordClaims{Location: filepath.Join(link, part), Project: "tool"}).Unwrap()
		if err != nil {
			if !errors.Is(err, domain.Rejected) {
				t.Errorf("through a link to %q: %v", part, err)
			}
			continue
		}
		if done.Claims != whole.Claims || done.Opened+done.Closed != 0 {
			t.Errorf("through a link to %q: %+v", part, done)
		}
	}
}

func TestWhatIsWrongAtFirstSightHasDrifted(t *testing.T) {
	d, dir := newDesk(t), renamed(t)
	if err := os.RemoveAll(filepath.Join(dir, ".git")); err != nil {
		t.Fatal(err)
	}
	rewrite(t, filepath.Join(dir, "main.go"), "/var/data", "/srv/data")
	first := d.record(t, analysis.RecordClaims{Location: dir})
	told := d.told(t)
	if first.Drifted == 0 || len(told) != first.Drifted || told[0]["from"] != "new" || first.Commit != "" {
		t.Errorf("got %+v, told %+v", first, told)
	}
}

func TestBadRecordings(t *testing.T) {
	d, dir := newDesk(t), repository(t)
	page := folder(t, map[string]string{"a.md": "# A\n\n`--flag`\n"})
	code := folder(t, map[string]string{"go.mod": "module example.com/x\n", "main.go": program})
	d.record(t, analysis.RecordClaims{Location: dir, Project: filepath.Base(code)})
	for name, c := range map[string]struct {
		analysis.RecordClaims
		kind domain.Kind
		says string
	}{
		"nothing there":       {analysis.RecordClaims{Location: filepath.Join(dir, "no")}, domain.NotFound, "no"},
		"no code":             {analysis.RecordClaims{Location: page}, domain.Rejected, "no code"},
		"an empty folder":     {analysis.RecordClaims{Location: t.TempDir()}, domain.Rejected, "no code"},
		"no documents":        {analysis.RecordClaims{Location: code, Project: "code"}, domain.Rejected, "no documents"},
		"a taken name":        {analysis.RecordClaims{Location: code}, domain.Rejected, "recorded as"},
		"a name of lines":     {analysis.RecordClaims{Location: dir, Project: "a\nb"}, domain.Invalid, "text"},
		"an unknown revision": {analysis.RecordClaims{Location: dir, Revision: "no-such"}, domain.Invalid, "no-such"},
	} {
		err := d.menu.RecordClaims.Execute(context.Background(), c.RecordClaims).Err()
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want %v with %q", name, err, c.kind, c.says)
		}
	}
	without := folder(t, map[string]string{"go.mod": "module example.com/x\n", "main.go": program, "a.md": options})
	if err := d.menu.RecordClaims.Execute(context.Background(), analysis.RecordClaims{Location: without, Revision: "HEAD"}).Err(); !errors.Is(err, domain.Rejected) {
		t.Errorf("a revision without history: %v", err)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if err := d.menu.RecordClaims.Execute(ended, analysis.RecordClaims{Location: dir}).Err(); !errors.Is(err, domain.Timeout) {
		t.Errorf("an ended context: %v", err)
	}
	if err := d.menu.CheckDocuments.Execute(context.Background(), analysis.CheckDocuments{Locations: []string{dir}, Fix: true}).Err(); !errors.Is(err, domain.Rejected) {
		t.Errorf("a fix: %v", err)
	}
	if list, err := d.menu.ListClaimChecks.Execute(context.Background(), analysis.ListClaimChecks{}).Unwrap(); err != nil || list.Total != 1 {
		t.Errorf("recorded are %+v, %v", list, err)
	}
}

func TestBadQuestions(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	late, early := d.clock.Now(), d.clock.Now().Add(-time.Hour)
	for name, c := range map[string]struct {
		err  error
		kind domain.Kind
	}{
		"verdict":         {d.menu.ListClaims.Execute(ctx, analysis.ListClaims{Verdict: []string{"wrong"}}).Err(), domain.Invalid},
		"kind":            {d.menu.ListClaims.Execute(ctx, analysis.ListClaims{Kind: "thing"}).Err(), domain.Invalid},
		"kind of fact":    {d.menu.ListFacts.Execute(ctx, analysis.ListFacts{Kind: "thing"}).Err(), domain.Invalid},
		"unknown claim":   {d.menu.GetClaim.Execute(ctx, analysis.GetClaim{ID: "no"}).Err(), domain.NotFound},
		"blank claim":     {d.menu.GetClaim.Execute(ctx, analysis.GetClaim{ID: " "}).Err(), domain.Invalid},
		"unknown check":   {d.menu.GetClaimCheck.Execute(ctx, analysis.GetClaimCheck{ID: "no"}).Err(), domain.NotFound},
		"unknown project": {d.menu.GetDrift.Execute(ctx, analysis.GetDrift{Project: "no"}).Err(), domain.NotFound},
		"time backwards":  {d.menu.GetDrift.Execute(ctx, analysis.GetDrift{Project: "no", From: &late, To: &early}).Err(), domain.Invalid},
		"and of a list":   {d.menu.ListClaimChecks.Execute(ctx, analysis.ListClaimChecks{From: &late, To: &early}).Err(), domain.Invalid},
	} {
		if !errors.Is(c.err, c.kind) {
			t.Errorf("%s: got %v, want %v", name, c.err, c.kind)
		}
	}
}

func TestPeersAreAskedAndNamed(t *testing.T) {
	d := newDesk(t, func(r *appanalysis.Records) {
		r.Peers = map[string]func(context.Context) error{
			"doc_store":    func(context.Context) error { return nil },
			"source-agent": func(context.Context) error { return domain.Unavailable.New("away") },
		}
	})
	got, err := d.menu.GetIntegrationHealth.Execute(context.Background(), analysis.GetIntegrationHealth{}).Unwrap()
	if err != nil || got.Integrations["doc_store"] != "healthy" || got.Integrations["source-agent"] != "unhealthy" || strings.Join(got.AvailableServices, " ") != "doc_store source-agent" {
		t.Errorf("got %+v, %v", got, err)
	}
}
