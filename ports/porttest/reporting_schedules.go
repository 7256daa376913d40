package porttest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/reporting"
)

func scheduleID(text string) report.ScheduleID { return domain.StoredID[report.Schedule](text) }

func deliveryID(text string) report.DeliveryID { return domain.StoredID[report.Delivery](text) }

func madeSchedule(id string, minute int) report.Schedule {
	return report.Schedule{
		ID: scheduleID(id), Name: "Weekly ü", Cron: "0 9 * * 1", Zone: "Europe/Vienna", CatchUp: report.Skip, Enabled: true, Owner: "ada",
		Order:    report.Order{Kind: report.Health, Format: report.PDF, Template: "health", Parameters: `{"a":1}`, Charts: true, Days: 7},
		Delivery: report.Destination{Channel: report.Folder, Address: "team"}, NextRun: noon.Add(time.Duration(minute) * time.Minute),
		CreatedAt: noon, UpdatedAt: noon, Revision: 1,
	}
}

func scheduleKept(t *testing.T, e ReportingEnv) {
	ctx := context.Background()
	_, err := e.Schedules.Get(ctx, scheduleID("s"))
	wantKind(t, "the unknown", err, domain.NotFound)
	s := madeSchedule("s", 0)
	must(t, e.Schedules.Save(ctx, s))
	wantKind(t, "the same id", e.Schedules.Save(ctx, s), domain.Conflict)
	s.Enabled, s.Order.Charts, s.NextRun, s.Revision = false, false, time.Time{}, 2
	s.LastRun, s.LastReport, s.LastError, s.Runs, s.Failures, s.Missed = noon, "r", "no", 3, 2, 1
	s.Occurrence, s.LeasedUntil = noon, noon.Add(time.Minute)
	must(t, e.Schedules.Save(ctx, s))
	got, err := e.Schedules.Get(ctx, s.ID)
	must(t, err)
	wantSame(t, "schedule", got, s)
	missing := madeSchedule("missing", 0)
	missing.Revision = 2
	wantKind(t, "a change of what is not there", e.Schedules.Save(ctx, missing), domain.NotFound)
	other := madeSchedule("t", 0)
	other.Name = "Daily"
	must(t, e.Schedules.Save(ctx, other))
	page, err := e.Schedules.Find(ctx, domain.PageRequest{Limit: 10})
	must(t, err)
	if page.Total != 2 || page.Items[0].Name != "Daily" || page.Items[1].ID != s.ID {
		t.Errorf("listed %+v", page)
	}
	must(t, e.Schedules.Delete(ctx, s.ID))
	wantKind(t, "erased twice", e.Schedules.Delete(ctx, s.ID), domain.NotFound)
}

func scheduleClaimed(t *testing.T, e ReportingEnv) {
	ctx := context.Background()
	must(t, e.Schedules.Save(ctx, madeSchedule("s", 0)))
	daily := func(after time.Time) time.Time { return after.Add(24 * time.Hour) }
	claims := 0
	for range 2 { // two processes have read the same revision
		s := madeSchedule("s", 0)
		if at, _ := s.Begin(noon, daily); !at.Equal(noon) {
			t.Fatalf("nothing to begin at %v", at)
		}
		if err := e.Schedules.Save(ctx, s); !errors.Is(err, domain.Conflict) {
			must(t, err)
			claims++
		}
	}
	if claims != 1 {
		t.Errorf("%d processes have the run", claims)
	}
	due, err := e.Schedules.Due(ctx, noon, 10)
	must(t, err)
	if len(due) != 0 {
		t.Errorf("what is claimed is due: %+v", due)
	}
}

func schedulesDue(t *testing.T, e ReportingEnv) {
	ctx := context.Background()
	change := func(id string, minute int, f func(*report.Schedule)) {
		s := madeSchedule(id, minute)
		f(&s)
		must(t, e.Schedules.Save(ctx, s))
	}
	asItIs := func(*report.Schedule) {}
	change("b", 0, asItIs)
	change("a", 0, asItIs)
	change("early", -5, asItIs)
	change("later", 1, asItIs)
	change("off", -5, func(s *report.Schedule) { s.Enabled = false })
	change("never", 0, func(s *report.Schedule) { s.NextRun = time.Time{} })
	change("running", -5, func(s *report.Schedule) { s.LeasedUntil = noon.Add(time.Second) })
	change("interrupted", 60, func(s *report.Schedule) { s.LeasedUntil, s.Enabled = noon, false })
	for limit, want := range map[int]string{10: "interrupted early a b ", 2: "interrupted early "} {
		due, err := e.Schedules.Due(ctx, noon, limit)
		must(t, err)
		found := ""
		for _, s := range due {
			if found += s.ID.String() + " "; !s.Due(noon) {
				t.Errorf("%s is not due by its own rule", s.ID)
			}
		}
		if found != want {
			t.Errorf("due are %s, want %s", found, want)
		}
	}
}

func madeParcel(id string, minute int) report.Delivery {
	r := madeReport("r-"+id, minute)
	return report.NewDelivery(deliveryID(id), r, report.Destination{Channel: report.Webhook, Address: "https://example.org/x?y=ü"}, r.CreatedAt)
}

func deliveryKept(t *testing.T, e ReportingEnv) {
	ctx := context.Background()
	_, err := e.Deliveries.Get(ctx, deliveryID("d"))
	wantKind(t, "the unknown", err, domain.NotFound)
	d := madeParcel("d", 0)
	must(t, e.Deliveries.Save(ctx, d))
	wantKind(t, "the same id", e.Deliveries.Save(ctx, d), domain.Conflict)
	d.Claim(noon)
	must(t, e.Deliveries.Save(ctx, d))
	wantKind(t, "the same claim", e.Deliveries.Save(ctx, d), domain.Conflict)
	d.Missed(noon, "no answer", true, 0)
	must(t, e.Deliveries.Save(ctx, d))
	got, err := e.Deliveries.Get(ctx, d.ID)
	must(t, err)
	wantSame(t, "delivery", got, d)
}

func deliveriesDue(t *testing.T, e ReportingEnv) {
	ctx := context.Background()
	for i, id := range []string{"b", "a", "late", "dead", "done"} {
		d := madeParcel(id, i)
		d.NextAt = noon
		switch id {
		case "late":
			d.NextAt = noon.Add(time.Second)
		case "dead":
			d.Status, d.Schedule = report.Dead, "other"
		case "done":
			d.Status = report.Delivered
		}
		must(t, e.Deliveries.Save(ctx, d))
	}
	due, err := e.Deliveries.Due(ctx, noon, 10)
	must(t, err)
	if len(due) != 2 || due[0].ID != deliveryID("a") || due[1].ID != deliveryID("b") {
		t.Errorf("due are %+v", due)
	}
	due, err = e.Deliveries.Due(ctx, noon, 1)
	must(t, err)
	if len(due) != 1 {
		t.Errorf("due are %+v", due)
	}
	for filter, want := range map[reporting.DeliveryFilter]int{
		{}: 5, {Status: report.Pending}: 3, {Status: report.Dead}: 1, {Schedule: "s"}: 4, {Status: report.Dead, Schedule: "s"}: 0,
	} {
		page, err := e.Deliveries.Find(ctx, filter, domain.PageRequest{Limit: 10})
		must(t, err)
		if page.Total != want || len(page.Items) != want {
			t.Errorf("%+v: %+v", filter, page)
		}
		if filter == (reporting.DeliveryFilter{}) && page.Items[0].ID != deliveryID("done") {
			t.Errorf("the first is %s", page.Items[0].ID)
		}
	}
}
