package porttest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/reporting"
	"github.com/docsteward/docsteward/ports/tx"
)

// ReportingEnv is the stores of reporting, over the same data.
type ReportingEnv struct {
	Reports    reporting.Reports
	Schedules  reporting.Schedules
	Deliveries reporting.Deliveries
	Unit       tx.Unit
}

// Reporting proves the promises of reporting.Reports, Schedules and Deliveries. open
// returns empty stores each time.
func Reporting(t *testing.T, open func(t *testing.T) ReportingEnv) {
	for _, c := range []struct {
		name string
		run  func(t *testing.T, e ReportingEnv)
	}{
		{"reports are kept whole", reportKept},
		{"reports are found by what they are", reportsFound},
		{"reports expire and are erased", reportsErased},
		{"reports are counted", reportsCounted},
		{"schedules are kept whole", scheduleKept},
		{"a schedule is claimed once", scheduleClaimed},
		{"schedules are due", schedulesDue},
		{"deliveries are kept whole", deliveryKept},
		{"deliveries are found and due", deliveriesDue},
		{"a rolled back change of reporting is gone", reportingRollback},
		{"an ended context is a timeout of reporting", reportingTimeout},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
}

func reportID(text string) report.ID { return domain.StoredID[report.Report](text) }

func madeReport(id string, minute int) report.Report {
	at := noon.Add(time.Duration(minute) * time.Minute)
	return report.Report{
		ID: reportID(id), Kind: report.Health, Format: report.PDF, Template: "health", Title: "It's ü", Status: report.Generated,
		Parameters: `{"days":7}`, Period: report.Last(time.Hour, at), Owner: "ada", Schedule: "s", Correlation: "c-1", CreatedAt: at,
		Took: 1500 * time.Microsecond, Size: 5, Hash: "ab", Document: `{"title":"It's ü"}`,
	}
}

func reportKept(t *testing.T, e ReportingEnv) {
	ctx := context.Background()
	_, err := e.Reports.Get(ctx, reportID("a"))
	wantKind(t, "the unknown", err, domain.NotFound)
	_, err = e.Reports.Content(ctx, reportID("a"))
	wantKind(t, "the bytes of the unknown", err, domain.NotFound)
	r, content := madeReport("a", 0), []byte{0, 0xff, 'x', '\n', 0}
	must(t, e.Reports.Add(ctx, r, content))
	wantKind(t, "the same id", e.Reports.Add(ctx, r, nil), domain.Conflict)
	content[0] = 9
	for range 2 {
		got, err := e.Reports.Get(ctx, r.ID)
		must(t, err)
		wantSame(t, "report", got, r)
		bytes, err := e.Reports.Content(ctx, r.ID)
		must(t, err)
		if string(bytes) != "\x00\xffx\n\x00" {
			t.Errorf("the bytes are %q", bytes)
		}
		bytes[1] = 7 // a copy
	}
	bare := report.Report{
		ID: reportID("b"), Kind: report.Drift, Format: report.CSV, Status: report.Failed, CreatedAt: noon,
		Failure: report.Failure{Source: "analysis /x", Kind: "forbidden", Message: "no"},
	}
	must(t, e.Reports.Add(ctx, bare, nil))
	got, err := e.Reports.Get(ctx, bare.ID)
	must(t, err)
	wantSame(t, "failed report", got, bare)
	none, err := e.Reports.Content(ctx, bare.ID)
	must(t, err)
	if len(none) != 0 {
		t.Errorf("a failed report has %d bytes", len(none))
	}
}

func reportsFound(t *testing.T, e ReportingEnv) {
	ctx := context.Background()
	for i := range 6 {
		r := madeReport(fmt.Sprint("r", i), i/2)
		r.Kind = []report.Kind{report.Health, report.Drift}[i%2]
		if i == 5 {
			r.Status, r.Schedule = report.Failed, "other"
		}
		must(t, e.Reports.Add(ctx, r, []byte("x")))
	}
	for _, c := range []struct {
		filter reporting.Filter
		page   domain.PageRequest
		want   string
		total  int
	}{
		{reporting.Filter{}, domain.PageRequest{Limit: 10}, "r4 r5 r2 r3 r0 r1", 6},
		{reporting.Filter{}, domain.PageRequest{Limit: 2, Offset: 1}, "r5 r2", 6},
		{reporting.Filter{Kind: report.Drift}, domain.PageRequest{Limit: 10}, "r5 r3 r1", 3},
		{reporting.Filter{Kind: report.Drift, Status: report.Generated}, domain.PageRequest{Limit: 10}, "r3 r1", 2},
		{reporting.Filter{Schedule: "other"}, domain.PageRequest{Limit: 10}, "r5", 1},
		{reporting.Filter{Kind: report.Quality}, domain.PageRequest{Limit: 10}, "", 0},
	} {
		page, err := e.Reports.Find(ctx, c.filter, c.page)
		must(t, err)
		found := ""
		for _, r := range page.Items {
			if found += " " + r.ID.String(); r.Document != "" {
				t.Errorf("%s comes with its document", r.ID)
			}
		}
		if want := " " + c.want; found != want && (c.want != "" || found != "") || page.Total != c.total {
			t.Errorf("%+v: found%s of %d, want%s of %d", c.filter, found, page.Total, want, c.total)
		}
	}
}

func reportsErased(t *testing.T, e ReportingEnv) {
	ctx := context.Background()
	for i := range 4 {
		must(t, e.Reports.Add(ctx, madeReport(fmt.Sprint("r", i), i), []byte("x")))
	}
	n, err := e.Reports.Expire(ctx, noon.Add(2*time.Minute))
	must(t, err)
	if n != 2 {
		t.Errorf("%d expired", n)
	}
	_, err = e.Reports.Get(ctx, reportID("r1"))
	wantKind(t, "the expired", err, domain.NotFound)
	_, err = e.Reports.Get(ctx, reportID("r2"))
	must(t, err)
	must(t, e.Reports.Delete(ctx, reportID("r2")))
	wantKind(t, "erased twice", e.Reports.Delete(ctx, reportID("r2")), domain.NotFound)
	_, err = e.Reports.Content(ctx, reportID("r2"))
	wantKind(t, "the bytes of the erased", err, domain.NotFound)
}

func reportsCounted(t *testing.T, e ReportingEnv) {
	ctx := context.Background()
	counts, err := e.Reports.Count(ctx, noon)
	must(t, err)
	wantSame(t, "counts of nothing", counts, reporting.Counts{ByKind: map[report.Kind]int{}})
	for i := range 4 {
		r := madeReport(fmt.Sprint("r", i), i)
		if r.Took = time.Duration(i+1) * time.Millisecond; i == 3 {
			r.Kind, r.Status = report.Drift, report.Failed
		}
		must(t, e.Reports.Add(ctx, r, []byte("x")))
	}
	counts, err = e.Reports.Count(ctx, noon.Add(time.Minute))
	must(t, err)
	wantSame(t, "counts", counts, reporting.Counts{
		Total: 4, Today: 3, Failed: 1, ByKind: map[report.Kind]int{report.Health: 3, report.Drift: 1}, Took: 2500 * time.Microsecond, Bytes: 20,
	})
}

func reportingRollback(t *testing.T, e ReportingEnv) {
	ctx := context.Background()
	undone := errors.New("undone")
	err := e.Unit.Within(ctx, func(ctx context.Context) error {
		must(t, e.Reports.Add(ctx, madeReport("a", 0), []byte("x")))
		must(t, e.Schedules.Save(ctx, madeSchedule("s", 0)))
		must(t, e.Deliveries.Save(ctx, madeParcel("d", 0)))
		return undone
	})
	if !errors.Is(err, undone) {
		t.Errorf("got %v", err)
	}
	_, err = e.Reports.Get(ctx, reportID("a"))
	wantKind(t, "the report", err, domain.NotFound)
	_, err = e.Schedules.Get(ctx, scheduleID("s"))
	wantKind(t, "the schedule", err, domain.NotFound)
	_, err = e.Deliveries.Get(ctx, deliveryID("d"))
	wantKind(t, "the delivery", err, domain.NotFound)
}

func reportingTimeout(t *testing.T, e ReportingEnv) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, got := e.Reports.Get(ctx, reportID("a"))
	_, content := e.Reports.Content(ctx, reportID("a"))
	_, found := e.Reports.Find(ctx, reporting.Filter{}, domain.PageRequest{})
	_, expired := e.Reports.Expire(ctx, noon)
	_, counted := e.Reports.Count(ctx, noon)
	_, listed := e.Schedules.Find(ctx, domain.PageRequest{})
	_, due := e.Schedules.Due(ctx, noon, 1)
	_, pending := e.Deliveries.Due(ctx, noon, 1)
	for what, err := range map[string]error{
		"add": e.Reports.Add(ctx, madeReport("a", 0), nil), "get": got, "content": content, "find": found, "expire": expired, "count": counted,
		"delete": e.Reports.Delete(ctx, reportID("a")), "save": e.Schedules.Save(ctx, madeSchedule("s", 0)), "list": listed, "due": due,
		"deliver": e.Deliveries.Save(ctx, madeParcel("d", 0)), "pending": pending,
	} {
		wantKind(t, what, err, domain.Timeout)
	}
}
