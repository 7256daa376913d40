package ingest_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/ingest"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func request(t *testing.T, r ingest.Request) ingest.Request {
	t.Helper()
	made, err := ingest.NewRequest(r).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func folder(t *testing.T) ingest.Request {
	return request(t, ingest.Request{URL: " /docs/guide/ ", Type: "Filesystem", Priority: 8, Tags: []string{"a", " a ", ""}, At: noon})
}

func ExampleJob_End() {
	j := ingest.NewJob(domain.StoredID[ingest.Job]("j"), ingest.Request{At: time.Unix(0, 0)})
	_ = j.Begin(1, time.Unix(60, 0))
	j.Observe(ingest.Seen{Status: ingest.Downloading, Counts: ingest.Counts{Stored: 18, Failed: 2}}, time.Unix(90, 0))
	fmt.Println(j.Status, j.Progress())
	_ = j.End(time.Unix(120, 0))
	fmt.Println(j.Status, j.SuccessRate(), j.Duration(time.Unix(999, 0)))
	// Output:
	// downloading 50
	// partial_success 0.9 1m0s
}

func ExampleShown() {
	fmt.Println(ingest.Shown("https://ada:secret@host/r.git?token=x#f"), ingest.Shown("/srv/docs"))
	// Output: https://host/r.git /srv/docs
}

func TestSourceTypesHaveTheirProperties(t *testing.T) {
	for _, c := range []struct {
		t                       ingest.SourceType
		auth, incremental, vers bool
		content                 string
	}{
		{ingest.GitHub, true, true, true, "pull_requests"}, {ingest.GitLab, true, true, true, "merge_requests"}, {ingest.Jira, true, true, false, "epics"},
		{ingest.Confluence, true, true, false, "wiki"}, {ingest.Filesystem, false, false, false, "reports"}, {ingest.Web, false, false, false, "articles"},
		{ingest.Database, true, true, false, "tables"}, {ingest.API, true, false, false, "xml"}, {ingest.Email, false, false, false, "threads"}, {ingest.Slack, true, true, false, "messages"},
	} {
		if c.t.RequiresAuthentication() != c.auth || c.t.Incremental() != c.incremental || c.t.VersionControlled() != c.vers || !strings.Contains(strings.Join(c.t.Content(), " "), c.content) {
			t.Errorf("%s is not as it should be", c.t)
		}
	}
	if len(ingest.SourceTypes()) != 10 {
		t.Error("there are ten types")
	}
}

func TestStatusesTellHowFarAJobIs(t *testing.T) {
	for status, c := range map[ingest.Status]struct {
		progress                            int
		active, final, successful, retrying bool
	}{
		ingest.Pending: {0, false, false, false, false}, ingest.Queued: {5, false, false, false, false}, ingest.Initializing: {10, true, false, false, false},
		ingest.Connecting: {20, true, false, false, false}, ingest.Discovering: {30, true, false, false, false}, ingest.Downloading: {50, true, false, false, false},
		ingest.Processing: {70, true, false, false, false}, ingest.Indexing: {85, true, false, false, false}, ingest.Validating: {95, true, false, false, false},
		ingest.Completed: {100, false, true, true, false}, ingest.Failed: {0, false, true, false, true}, ingest.Cancelled: {0, false, true, false, false},
		ingest.PartialSuccess: {100, false, true, true, true},
	} {
		if status.Progress() != c.progress || status.Active() != c.active || status.Final() != c.final || status.Successful() != c.successful || status.Retryable() != c.retrying {
			t.Errorf("%s is not as it should be", status)
		}
	}
	if ingest.Status("odd").Active() {
		t.Error("what nobody knows is active")
	}
}

func TestRequestsThatAreNotInOrder(t *testing.T) {
	for field, c := range map[string]struct {
		r    ingest.Request
		says string
	}{
		"source_url":      {ingest.Request{URL: " ", Type: ingest.Web}, "cannot be empty"},
		"source_url ":     {ingest.Request{URL: strings.Repeat("x", 2001), Type: ingest.Web}, "too long"},
		"source_url  ":    {ingest.Request{URL: "a\nb", Type: ingest.Web}, "control characters"},
		"source_url   ":   {ingest.Request{URL: "https://ada:secret@host/r", Type: ingest.GitHub}, "password"},
		"source_type":     {ingest.Request{URL: "/x", Type: "ftp"}, "one of github"},
		"correlation_id":  {ingest.Request{URL: "/x", Type: ingest.Web, Correlation: strings.Repeat("c", 256)}, "255"},
		"scope.max_items": {ingest.Request{URL: "/x", Type: ingest.Web, MaxItems: -1}, "negative"},
		"tags":            {ingest.Request{URL: "/x", Type: ingest.Web, Tags: []string{strings.Repeat("t", 101)}}, "100"},
	} {
		_, err := ingest.NewRequest(c.r).Unwrap()
		fields := domain.FaultOf(err).Fields
		if !errors.Is(err, domain.Invalid) || len(fields) != 1 || fields[0].Field != strings.TrimSpace(field) || !strings.Contains(fields[0].Message, c.says) {
			t.Errorf("%s: %v", field, err)
		}
	}
	r := folder(t)
	if r.URL != "/docs/guide" || r.Type != ingest.Filesystem || len(r.Tags) != 1 || r.Priority != 8 {
		t.Errorf("got %+v", r)
	}
	for given, want := range map[int]int{0: 5, -3: 1, 11: 10, 7: 7} {
		if got := request(t, ingest.Request{URL: "/x", Type: ingest.Web, Priority: given}).Priority; got != want {
			t.Errorf("priority %d became %d", given, got)
		}
	}
}

func TestPathsAreKeptWithinTheRoots(t *testing.T) {
	roots := []string{"/srv/docs/", "/wiki"}
	for path, allowed := range map[string]bool{
		"/srv/docs": true, "/srv/docs/a": true, "/wiki/x/../y": true, "/srv/docsx": false, "/srv/docs/../etc": false, "docs": false, "/": false, "/wiki/../etc": false,
	} {
		err := request(t, ingest.Request{URL: path, Type: ingest.Filesystem}).Within(roots)
		if (err == nil) != allowed || err != nil && !errors.Is(err, domain.Forbidden) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if err := request(t, ingest.Request{URL: "https://host/r", Type: ingest.GitHub}).Within(roots); err != nil {
		t.Errorf("an address: %v", err)
	}
	if err := folder(t).Within(nil); err != nil {
		t.Errorf("without roots: %v", err)
	}
}

func TestAJobGoesForwardOnly(t *testing.T) {
	j := ingest.NewJob(domain.StoredID[ingest.Job]("j"), folder(t))
	if err := j.End(noon); !errors.Is(err, domain.Conflict) {
		t.Errorf("it ended before it began: %v", err)
	}
	if err := j.Begin(3, noon.Add(time.Minute)); err != nil || j.Slot != 3 || j.Status != ingest.Initializing {
		t.Fatalf("%+v, %v", j, err)
	}
	if err := j.Begin(1, noon); !errors.Is(err, domain.Conflict) {
		t.Errorf("begun twice: %v", err)
	}
	if !j.Observe(ingest.Seen{Status: ingest.Processing, Source: "s", Counts: ingest.Counts{Stored: 1}}, noon.Add(2*time.Minute)) || j.Status != ingest.Processing || j.Source != "s" {
		t.Errorf("got %+v", j)
	}
	revision := j.Revision
	if j.Observe(ingest.Seen{Status: ingest.Connecting, Counts: ingest.Counts{Stored: 1}}, noon.Add(3*time.Minute)) || j.Status != ingest.Processing || j.Revision != revision {
		t.Errorf("it went back: %+v", j)
	}
	if j.Observe(ingest.Seen{Status: ingest.Completed}, noon.Add(3*time.Minute)) {
		t.Error("a look ended it")
	}
	if j.Stalled(noon.Add(7*time.Minute), 5*time.Minute) || !j.Stalled(noon.Add(8*time.Minute), 5*time.Minute) {
		t.Error("it stalls five minutes after the last move")
	}
	j.Stages = []ingest.Stage{{Name: "a", State: ingest.Done}, {Name: "b", State: ingest.Running}, {Name: "c", State: ingest.Waiting}}
	if err := j.Cancel(noon.Add(9 * time.Minute)); err != nil || j.Slot != 0 || j.Stages[0].State != ingest.Done || j.Stages[1].State != ingest.Skipped || j.Stages[2].Reason == "" {
		t.Errorf("%+v, %v", j, err)
	}
	for name, again := range map[string]error{"cancel": j.Cancel(noon), "end": j.End(noon), "fail": j.Fail(ingest.Trouble{}, noon)} {
		if !errors.Is(again, domain.Conflict) || domain.FaultOf(again).Details["status"] != "cancelled" {
			t.Errorf("%s after the end: %v", name, again)
		}
	}
	if _, err := j.Again(j.ID, "bob", noon); !errors.Is(err, domain.Conflict) {
		t.Errorf("a cancelled one again: %v", err)
	}
}

func TestHowAJobEnds(t *testing.T) {
	same := &ingest.Reconciliation{SourceDigest: "d", StoreDigest: "d"}
	differs := &ingest.Reconciliation{SourceDigest: "d", StoreDigest: "e", Differing: 1}
	for name, c := range map[string]struct {
		counts ingest.Counts
		held   *ingest.Reconciliation
		want   ingest.Status
		rate   float64
		says   string
	}{
		"an empty source":           {ingest.Counts{}, same, ingest.Completed, 1, ""},
		"only new files":            {ingest.Counts{Stored: 2}, same, ingest.Completed, 1, ""},
		"nothing changed":           {ingest.Counts{Unchanged: 2}, same, ingest.Completed, 1, ""},
		"only deletions":            {ingest.Counts{Deleted: 2}, same, ingest.Completed, 1, ""},
		"some failed":               {ingest.Counts{Stored: 8, Unchanged: 1, Failed: 1}, differs, ingest.PartialSuccess, 0.9, ""},
		"all failed":                {ingest.Counts{Failed: 2}, differs, ingest.Failed, 0, "No items were successfully processed."},
		"source and store differ":   {ingest.Counts{Stored: 2}, differs, ingest.PartialSuccess, 1, "differ"},
		"a bound was asked for":     {ingest.Counts{Stored: 2, Remaining: 2}, differs, ingest.Completed, 0.5, ""},
		"nobody held them together": {ingest.Counts{Stored: 2}, nil, ingest.Completed, 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			j := ingest.NewJob(domain.StoredID[ingest.Job]("j"), folder(t))
			if err := j.Begin(1, noon); err != nil {
				t.Fatal(err)
			}
			j.Counts, j.Reconciliation = c.counts, c.held
			if err := j.End(noon.Add(time.Minute)); err != nil || j.Status != c.want || j.SuccessRate() != c.rate || j.Progress() != 100 {
				t.Errorf("%v, %v, %v", j.Status, j.SuccessRate(), err)
			}
			if (len(j.Errors) > 0) != (c.says != "") || c.says != "" && !strings.Contains(j.Errors[0].Message, c.says) {
				t.Errorf("it says %+v", j.Errors)
			}
			again, err := j.Again(domain.StoredID[ingest.Job]("k"), "bob", noon.Add(time.Hour))
			if (err == nil) != c.want.Retryable() || err == nil && (again.RetryOf != j.ID || again.Request.User != "bob" || again.Status != ingest.Queued || again.Request.URL != j.Request.URL) {
				t.Errorf("again: %+v, %v", again, err)
			}
		})
	}
}

func TestTroublesAreBounded(t *testing.T) {
	j := ingest.NewJob(domain.StoredID[ingest.Job]("j"), folder(t))
	for range ingest.MaxErrors + 5 {
		j.Note(ingest.Trouble{Type: "item"}, noon)
	}
	if len(j.Errors) != ingest.MaxErrors || !j.Errors[0].At.Equal(noon) {
		t.Errorf("%d are kept", len(j.Errors))
	}
}
