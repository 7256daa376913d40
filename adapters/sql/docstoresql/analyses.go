package docstoresql

import (
	"context"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Analyses keeps what analyzers made of documents.
type Analyses struct{ db *sqlkit.DB }

var _ docstore.Analyses = (*Analyses)(nil)

// NewAnalyses returns the analyses in an open database that has the Migrations.
func NewAnalyses(db *sqlkit.DB) *Analyses { return &Analyses{db} }

type analysisRow struct {
	ID         string `gorm:"primaryKey"`
	DocumentID string
	Version    int
	Analyzer   string
	Model      string
	PromptHash string
	Result     document.Metadata `gorm:"serializer:json"`
	Score      *float64
	Metadata   document.Metadata `gorm:"serializer:json"`
	Created    sqlkit.Instant
}

func (analysisRow) TableName() string { return "analyses" }

func (r analysisRow) analysis() document.Analysis {
	return document.Analysis{ID: domain.StoredID[document.Analysis](r.ID), Document: domain.StoredID[document.Document](r.DocumentID),
		Version: r.Version, Analyzer: r.Analyzer, Model: r.Model, PromptHash: r.PromptHash, Result: r.Result, Score: r.Score,
		Metadata: r.Metadata, CreatedAt: r.Created.Time()}
}

func analysisOfLiving() sqlkit.Scope {
	return sqlkit.Where("EXISTS (SELECT 1 FROM documents d WHERE d.id = analyses.document_id AND d.deleted_at = 0)")
}

// Add stores a new analysis.
func (s *Analyses) Add(ctx context.Context, a document.Analysis) error {
	row := analysisRow{ID: a.ID.String(), DocumentID: a.Document.String(), Version: a.Version, Analyzer: a.Analyzer, Model: a.Model,
		PromptHash: a.PromptHash, Result: filled(a.Result), Score: a.Score, Metadata: filled(a.Metadata), Created: sqlkit.InstantOf(a.CreatedAt)}
	return sqlkit.Insert(ctx, s.db, &row, "analysis")
}

// Get returns an analysis.
func (s *Analyses) Get(ctx context.Context, id document.AnalysisID) (document.Analysis, error) {
	row, err := sqlkit.Get[analysisRow](ctx, s.db, "analysis", sqlkit.Where("id = ?", id.String()), analysisOfLiving())
	return row.analysis(), err
}

// Counts returns how many analyses there are of every living document that has one.
func (s *Analyses) Counts(ctx context.Context) (map[document.ID]int, error) {
	rows, err := s.db.RawRead(ctx).QueryContext(ctx, `SELECT a.document_id, count(*) FROM analyses a
		JOIN documents d ON d.id = a.document_id WHERE d.deleted_at = 0 GROUP BY a.document_id`)
	if err != nil {
		return nil, sqlkit.Translate(err, "analysis")
	}
	counts := make(map[document.ID]int)
	_, err = collect(rows, func(row scanner) (struct{}, error) {
		var id string
		var n int
		err := row.Scan(&id, &n)
		counts[domain.StoredID[document.Document](id)] = n
		return struct{}{}, err
	})
	return counts, sqlkit.Translate(err, "analysis")
}

// List returns analyses, the latest created first.
func (s *Analyses) List(ctx context.Context, f document.AnalysisFilter, page domain.PageRequest) (domain.Page[document.Analysis], error) {
	rows, err := sqlkit.Page[analysisRow](ctx, s.db, "analysis", "created DESC, id", page,
		sqlkit.Equal("document_id", f.Document.String()), sqlkit.Equal("analyzer", storable(f.Analyzer)), analysisOfLiving())
	return domain.MapPage(rows, analysisRow.analysis), err
}
