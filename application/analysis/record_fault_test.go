package analysis_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"github.com/golang/mock/gomock"

	appanalysis "github.com/docsteward/docsteward/application/analysis"
	"github.com/docsteward/docsteward/domain"
	domaincheck "github.com/docsteward/docsteward/domain/check"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/mocks/analysismock"
)

// full is an outbox that cannot be written.
type full struct{}

func (full) Append(_ context.Context, events ...domain.Event) error {
	if len(events) == 0 {
		return nil
	}
	return domain.Storage.New("The disk is full.")
}

func TestWhatCannotBeToldIsNotRecorded(t *testing.T) {
	d, dir := newDesk(t, func(r *appanalysis.Records) { r.Outbox = full{} }), repository(t)
	order := analysis.RecordClaims{Location: dir, Project: "tool"}
	before := d.record(t, order)
	rewrite(t, filepath.Join(dir, "main.go"), "9090", "9191")
	rewrite(t, filepath.Join(dir, "main.go"), "data.retention", "data.keep-for")
	commit(t, dir, 2)
	if err := d.menu.RecordClaims.Execute(context.Background(), order).Err(); !errors.Is(err, domain.Storage) {
		t.Fatalf("got %v", err)
	}
	drift, err := d.menu.GetDrift.Execute(context.Background(), analysis.GetDrift{Project: "tool", Documents: 1}).Unwrap()
	if err != nil || len(drift.Points) != 1 || drift.Points[0].Check != before.CheckID || len(drift.Documents) != 0 {
		t.Errorf("got %+v, %v", drift, err)
	}
	if found := d.claims(t, analysis.ListClaims{Verdict: []string{"gone", "renamed", "changed"}}); len(found) != 0 {
		t.Errorf("claims changed: %+v", found)
	}
}

func TestACheckThatLosesEveryRaceIsAConflict(t *testing.T) {
	checks := analysismock.NewMockChecks(gomock.NewController(t))
	checks.EXPECT().Latest(gomock.Any(), "tool").Return(domaincheck.Check{}, domain.NotFound.New("none")).Times(5)
	checks.EXPECT().Add(gomock.Any(), gomock.Any()).Return(domain.Conflict.New("taken")).Times(5)
	d := newDesk(t, func(r *appanalysis.Records) { r.Checks = checks })
	err := d.menu.RecordClaims.Execute(context.Background(), analysis.RecordClaims{Location: repository(t), Project: "tool"}).Err()
	if !errors.Is(err, domain.Conflict) || len(d.claims(t, analysis.ListClaims{})) != 0 {
		t.Errorf("got %v", err)
	}
}
