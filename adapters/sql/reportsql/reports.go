package reportsql

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/reporting"
)

// Reports keeps reports with their bytes.
type Reports struct{ db *sqlkit.DB }

// NewReports returns the reports in an open database that has the Migrations.
func NewReports(db *sqlkit.DB) *Reports { return &Reports{db} }

// reportHead is a report without what it tells. Took is in microseconds.
type reportHead struct {
	ID             string `gorm:"primaryKey"`
	Kind           string
	Format         string
	Template       string
	Title          string
	Status         string
	FailureSource  string
	FailureKind    string
	FailureMessage string
	Parameters     string
	Starts         sqlkit.Instant
	Ends           sqlkit.Instant
	Owner          string
	Schedule       string
	Correlation    string
	Created        sqlkit.Instant
	Took           int64
	Size           int
	Hash           string
}

func (reportHead) TableName() string { return "reports" }

// reportBody is a report without its bytes.
type reportBody struct {
	Head     reportHead `gorm:"embedded"`
	Document string
}

func (reportBody) TableName() string { return "reports" }

// reportRow is a report.
type reportRow struct {
	Body    reportBody `gorm:"embedded"`
	Content []byte
}

func (reportRow) TableName() string { return "reports" }

// contentRow is the bytes of a report.
type contentRow struct{ Content []byte }

func (contentRow) TableName() string { return "reports" }

func headOf(r report.Report) reportHead {
	return reportHead{
		ID: r.ID.String(), Kind: string(r.Kind), Format: string(r.Format), Template: r.Template, Title: r.Title, Status: string(r.Status),
		FailureSource: r.Failure.Source, FailureKind: r.Failure.Kind, FailureMessage: r.Failure.Message, Parameters: r.Parameters,
		Starts: sqlkit.InstantOf(r.Period.From), Ends: sqlkit.InstantOf(r.Period.To), Owner: r.Owner, Schedule: r.Schedule,
		Correlation: r.Correlation, Created: sqlkit.InstantOf(r.CreatedAt), Took: r.Took.Microseconds(), Size: r.Size, Hash: r.Hash,
	}
}

func (h reportHead) report() report.Report {
	return report.Report{
		ID: domain.StoredID[report.Report](h.ID), Kind: report.Kind(h.Kind), Format: report.Format(h.Format), Template: h.Template,
		Title: h.Title, Status: report.Status(h.Status), Failure: report.Failure{Source: h.FailureSource, Kind: h.FailureKind, Message: h.FailureMessage},
		Parameters: h.Parameters, Period: report.Period{From: h.Starts.Time(), To: h.Ends.Time()}, Owner: h.Owner, Schedule: h.Schedule,
		Correlation: h.Correlation, CreatedAt: h.Created.Time(), Took: time.Duration(h.Took) * time.Microsecond, Size: h.Size, Hash: h.Hash,
	}
}

// Add implements reporting.Reports.
func (s *Reports) Add(ctx context.Context, r report.Report, content []byte) error {
	row := reportRow{Body: reportBody{Head: headOf(r), Document: r.Document}, Content: content}
	return sqlkit.Insert(ctx, s.db, &row, "report")
}

// Get implements reporting.Reports.
func (s *Reports) Get(ctx context.Context, id report.ID) (report.Report, error) {
	row, err := sqlkit.Get[reportBody](ctx, s.db, "report", sqlkit.Where("id = ?", id.String()))
	if err != nil {
		return report.Report{}, err
	}
	r := row.Head.report()
	r.Document = row.Document
	return r, nil
}

// Content implements reporting.Reports.
func (s *Reports) Content(ctx context.Context, id report.ID) ([]byte, error) {
	row, err := sqlkit.Get[contentRow](ctx, s.db, "report", sqlkit.Where("id = ?", id.String()))
	return row.Content, err
}

// Find implements reporting.Reports.
func (s *Reports) Find(ctx context.Context, f reporting.Filter, page domain.PageRequest) (domain.Page[report.Report], error) {
	rows, err := sqlkit.Page[reportHead](ctx, s.db, "report", "created DESC, id", page,
		sqlkit.Equal("kind", string(f.Kind)), sqlkit.Equal("status", string(f.Status)), sqlkit.Equal("schedule", f.Schedule))
	return domain.MapPage(rows, reportHead.report), err
}

// Delete implements reporting.Reports.
func (s *Reports) Delete(ctx context.Context, id report.ID) error {
	n, err := sqlkit.Delete[reportHead](ctx, s.db, "report", sqlkit.Where("id = ?", id.String()))
	if err == nil && n == 0 {
		err = domain.NotFound.New("There is no such report.")
	}
	return err
}

// Expire implements reporting.Reports.
func (s *Reports) Expire(ctx context.Context, before time.Time) (int, error) {
	return sqlkit.Delete[reportHead](ctx, s.db, "report", sqlkit.Where("created < ?", sqlkit.InstantOf(before)))
}

// Count implements reporting.Reports.
func (s *Reports) Count(ctx context.Context, today time.Time) (reporting.Counts, error) {
	counts := reporting.Counts{ByKind: map[report.Kind]int{}}
	rows, err := s.db.RawRead(ctx).QueryContext(ctx, `
		SELECT kind, count(*), sum(took), sum(size), sum(CASE WHEN created >= $1 THEN 1 ELSE 0 END), sum(CASE WHEN status = 'failed' THEN 1 ELSE 0 END)
		FROM reports GROUP BY kind`, sqlkit.InstantOf(today))
	if err != nil {
		return counts, sqlkit.Translate(err, "report")
	}
	defer func() { _ = rows.Close() }()
	var took int64
	for rows.Next() {
		var kind report.Kind
		var n, recent, failed int
		var sum, size int64
		if err := rows.Scan(&kind, &n, &sum, &size, &recent, &failed); err != nil {
			return counts, sqlkit.Translate(err, "report")
		}
		counts.Total, counts.Today, counts.Failed = counts.Total+n, counts.Today+recent, counts.Failed+failed
		counts.ByKind[kind] = n
		counts.Bytes += size
		took += sum
	}
	if counts.Total > 0 {
		counts.Took = time.Duration(took/int64(counts.Total)) * time.Microsecond
	}
	return counts, sqlkit.Translate(rows.Err(), "report")
}
