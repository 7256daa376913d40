package porttest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	domainsource "github.com/docsteward/docsteward/domain/source"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/tx"
)

// SourceAgentEnv is the ports of one source agent, over the same data.
type SourceAgentEnv struct {
	Places  sourceagent.Places
	Records sourceagent.Records
	Runs    sourceagent.Runs
	Unit    tx.Unit
}

// SourceAgent proves the promises of sourceagent.Places, sourceagent.Records and
// sourceagent.Runs. open returns empty stores each time.
func SourceAgent(t *testing.T, open func(t *testing.T) SourceAgentEnv) {
	for _, c := range []struct {
		name string
		run  func(t *testing.T, e SourceAgentEnv)
	}{
		{"places/are kept whole and replaced", placesKept},
		{"places/names are taken once in a kind", placeNames},
		{"places/are listed by name", placesListed},
		{"places/go with their records", placeDeleted},
		{"records/are kept whole and replaced", recordsKept},
		{"records/are listed by path", recordsListed},
		{"records/a place must be known", recordOfNoPlace},
		{"records/holders are found in every place", recordHolders},
		{"records/a rolled back change is gone", recordRollback},
		{"runs/are kept whole", runsKept},
		{"runs/one of a place runs at a time", runsAlone},
		{"runs/a dead one is in nobody's way", runsTakenOver},
		{"runs/the ended do not change", runsEnded},
		{"runs/are listed, the latest first", runsListed},
		{"an ended context is a timeout", sourceAgentTimeout},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
}

func madePlace(id, name string) domainsource.Place {
	return domainsource.Place{ID: domain.StoredID[domainsource.Place](id), Name: name, Kind: domainsource.Files,
		Identity: "/ü/" + name, Location: "./" + name, FirstSeen: noon}
}

func madeRecord(path, document string, duplicate bool) domainsource.Record {
	return domainsource.Record{Item: domainsource.Item{Path: path, Size: 1 << 40, Stamp: "s-" + path}, Hash: "h", Document: document, Duplicate: duplicate}
}

func placesKept(t *testing.T, e SourceAgentEnv) {
	ctx := context.Background()
	p := madePlace("a", "n ' ü")
	_, err := e.Places.Get(ctx, p.ID)
	wantKind(t, "the unknown", err, domain.NotFound)
	must(t, e.Places.Put(ctx, p))
	got, err := e.Places.Get(ctx, p.ID)
	must(t, err)
	wantSame(t, "place", got, p)
	p.Name, p.Kind, p.Location = "other", domainsource.Git, "elsewhere"
	must(t, e.Places.Put(ctx, p))
	got, err = e.Places.Get(ctx, p.ID)
	must(t, err)
	wantSame(t, "replaced", got, p)
}

func placeNames(t *testing.T, e SourceAgentEnv) {
	ctx := context.Background()
	must(t, e.Places.Put(ctx, madePlace("a", "docs")))
	must(t, e.Places.Put(ctx, madePlace("a", "docs")))
	refused(t, "the same name", e.Places.Put(ctx, madePlace("b", "docs")), domain.Conflict, "id", "a")
	must(t, e.Places.Put(ctx, madePlace("b", "Docs")))
	other := madePlace("c", "docs")
	other.Kind = domainsource.Git
	must(t, e.Places.Put(ctx, other))
}

func placesListed(t *testing.T, e SourceAgentEnv) {
	ctx := context.Background()
	a, b, c := madePlace("a", "z"), madePlace("b", "m"), madePlace("c", "A")
	for _, p := range []domainsource.Place{a, b, c} {
		must(t, e.Places.Put(ctx, p))
	}
	page, err := e.Places.List(ctx, domain.PageRequest{Limit: 2})
	must(t, err)
	wantSame(t, "page", page, domain.Page[domainsource.Place]{Items: []domainsource.Place{c, b}, Total: 3, Limit: 2})
}

func placeDeleted(t *testing.T, e SourceAgentEnv) {
	ctx := context.Background()
	p := madePlace("a", "docs")
	wantKind(t, "the unknown", e.Places.Delete(ctx, p.ID), domain.NotFound)
	must(t, e.Places.Put(ctx, p))
	must(t, e.Records.Put(ctx, p.ID, madeRecord("x.md", "d", false)))
	must(t, e.Places.Delete(ctx, p.ID))
	wantKind(t, "again", e.Places.Delete(ctx, p.ID), domain.NotFound)
	must(t, e.Places.Put(ctx, p))
	records, err := e.Records.Load(ctx, p.ID)
	must(t, err)
	holders, err := e.Records.Holders(ctx, "d")
	must(t, err)
	if len(records) != 0 || len(holders) != 0 {
		t.Errorf("records outlived their place: %+v, %+v", records, holders)
	}
}

func recordsKept(t *testing.T, e SourceAgentEnv) {
	ctx := context.Background()
	p := madePlace("a", "docs")
	must(t, e.Places.Put(ctx, p))
	r := madeRecord("ü/it's.md", "d", true)
	r.ModifiedAt = noon
	must(t, e.Records.Put(ctx, p.ID, r))
	r.ModifiedAt = time.Time{}
	records, err := e.Records.Load(ctx, p.ID)
	must(t, err)
	wantSame(t, "records", records, []domainsource.Record{r})
	r.Stamp, r.Document, r.Duplicate, r.Hash, r.Size = "", "", false, "i", 0
	must(t, e.Records.Put(ctx, p.ID, r))
	records, err = e.Records.Load(ctx, p.ID)
	must(t, err)
	wantSame(t, "replaced", records, []domainsource.Record{r})
	must(t, e.Records.Delete(ctx, p.ID, r.Path))
	must(t, e.Records.Delete(ctx, p.ID, r.Path))
	records, err = e.Records.Load(ctx, p.ID)
	must(t, err)
	if len(records) != 0 {
		t.Errorf("after the deletion: %+v", records)
	}
}

func recordsListed(t *testing.T, e SourceAgentEnv) {
	ctx := context.Background()
	p, other := madePlace("a", "docs"), madePlace("b", "more")
	must(t, e.Places.Put(ctx, p))
	must(t, e.Places.Put(ctx, other))
	must(t, e.Records.Put(ctx, other.ID, madeRecord("a.md", "o", false)))
	var want []domainsource.Record
	for _, path := range []string{"B.md", "a-b.md", "a.md", "a/b.md", "b.md"} {
		want = append(want, madeRecord(path, path, false))
	}
	for i := range want {
		must(t, e.Records.Put(ctx, p.ID, want[len(want)-1-i]))
	}
	records, err := e.Records.Load(ctx, p.ID)
	must(t, err)
	wantSame(t, "records", records, want)
	page, err := e.Records.List(ctx, p.ID, domain.PageRequest{Limit: 2, Offset: 1})
	must(t, err)
	wantSame(t, "page", page, domain.Page[domainsource.Record]{Items: want[1:3], Total: 5, Limit: 2, Offset: 1})
}

func recordOfNoPlace(t *testing.T, e SourceAgentEnv) {
	ctx := context.Background()
	none := domain.StoredID[domainsource.Place]("none")
	wantKind(t, "Put", e.Records.Put(ctx, none, madeRecord("x.md", "d", false)), domain.NotFound)
	records, err := e.Records.Load(ctx, none)
	must(t, err)
	if len(records) != 0 {
		t.Errorf("an unknown place has %+v", records)
	}
}

func recordHolders(t *testing.T, e SourceAgentEnv) {
	ctx := context.Background()
	a, b := madePlace("a", "docs"), madePlace("b", "more")
	must(t, e.Places.Put(ctx, a))
	must(t, e.Places.Put(ctx, b))
	must(t, e.Records.Put(ctx, a.ID, madeRecord("1.md", "d", true)))
	must(t, e.Records.Put(ctx, a.ID, madeRecord("2.md", "other", false)))
	must(t, e.Records.Put(ctx, b.ID, madeRecord("1.md", "d", true)))
	must(t, e.Records.Put(ctx, b.ID, madeRecord("0.md", "d", false)))
	holders, err := e.Records.Holders(ctx, "d")
	must(t, err)
	wantSame(t, "holders", holders, []domainsource.Holder{
		{Place: b.ID, Record: madeRecord("0.md", "d", false)},
		{Place: a.ID, Record: madeRecord("1.md", "d", true)}, {Place: b.ID, Record: madeRecord("1.md", "d", true)},
	})
}

func recordRollback(t *testing.T, e SourceAgentEnv) {
	ctx := context.Background()
	p := madePlace("a", "docs")
	must(t, e.Places.Put(ctx, p))
	must(t, e.Records.Put(ctx, p.ID, madeRecord("kept.md", "d", false)))
	lost := domain.Internal.New("lost")
	err := e.Unit.Within(ctx, func(ctx context.Context) error {
		must(t, e.Records.Put(ctx, p.ID, madeRecord("new.md", "d", false)))
		must(t, e.Records.Delete(ctx, p.ID, "kept.md"))
		return lost
	})
	wantKind(t, "the unit of work", err, domain.Internal)
	records, err := e.Records.Load(ctx, p.ID)
	must(t, err)
	wantSame(t, "records", records, []domainsource.Record{madeRecord("kept.md", "d", false)})
}

func sourceAgentTimeout(t *testing.T, e SourceAgentEnv) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p := madePlace("a", "docs")
	wantKind(t, "Places.Put", e.Places.Put(ctx, p), domain.Timeout)
	_, err := e.Records.Load(ctx, p.ID)
	wantKind(t, "Records.Load", err, domain.Timeout)
	wantKind(t, "Records.Put", e.Records.Put(ctx, p.ID, madeRecord("x", "d", false)), domain.Timeout)
	wantKind(t, "Runs.Begin", e.Runs.Begin(ctx, madeRun("r", "a", noon)), domain.Timeout)
	_, err = e.Runs.List(ctx, p.ID, "", domain.PageRequest{})
	wantKind(t, "Runs.List", err, domain.Timeout)
}

// beginAtOnce begins n runs of one place at once and returns how many did.
func (e SourceAgentEnv) beginAtOnce(t *testing.T, n int) int {
	t.Helper()
	errs := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { errs[i] = e.Runs.Begin(context.Background(), madeRun(fmt.Sprint("r", i), "a", noon)) })
	}
	all.Wait()
	begun := 0
	for _, err := range errs {
		if err == nil {
			begun++
		} else {
			wantKind(t, "a loser", err, domain.Conflict)
			if id, _ := domain.FaultOf(err).Details["id"].(string); id == "" {
				t.Errorf("a loser is not told who won: %v", err)
			}
		}
	}
	return begun
}
