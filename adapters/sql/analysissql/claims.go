package analysissql

import (
	"context"
	"strings"

	"gorm.io/gorm/clause"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/check"
	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/analysis"
)

// Claims keeps the claims of documents.
type Claims struct{ db *sqlkit.DB }

// NewClaims returns the claims in an open database that has the Migrations.
func NewClaims(db *sqlkit.DB) *Claims { return &Claims{db} }

type claimRow struct {
	ID         string `gorm:"primaryKey"`
	Project    string
	Document   string
	FirstByte  int
	LastByte   int
	Line       int
	Kind       code.Kind
	Written    string
	Name       string
	Value      string
	HasValue   bool
	State      claim.State
	Reason     string
	Confidence float64
	FactPath   string
	FactLine   int
	FactValue  string
	Suggestion string
	Revision   string
	FirstSeen  sqlkit.Instant
	Since      sqlkit.Instant
	Closed     sqlkit.Instant
}

func (claimRow) TableName() string { return "claims" }

func claimRowOf(c check.Claim) claimRow {
	return claimRow{ID: c.ID.String(), Project: c.Project, Document: c.Document, FirstByte: c.Start, LastByte: c.End, Line: c.Line, Kind: c.Kind,
		Written: c.Text, Name: c.Name, Value: c.Value, HasValue: c.HasValue, State: c.State, Reason: c.Reason, Confidence: c.Confidence,
		FactPath: c.Path, FactLine: c.At, FactValue: c.Fact, Suggestion: c.Suggestion, Revision: c.Commit,
		FirstSeen: sqlkit.InstantOf(c.FirstSeen), Since: sqlkit.InstantOf(c.Since), Closed: sqlkit.InstantOf(c.ClosedAt)}
}

func (r claimRow) claim() check.Claim {
	return check.Claim{ID: domain.StoredID[check.Claim](r.ID), Project: r.Project, Document: r.Document, Start: r.FirstByte, End: r.LastByte, Line: r.Line,
		Kind: r.Kind, Text: r.Written, Name: r.Name, Value: r.Value, HasValue: r.HasValue,
		Standing: check.Standing{State: r.State, Reason: r.Reason, Confidence: r.Confidence, Path: r.FactPath, At: r.FactLine, Fact: r.FactValue,
			Suggestion: r.Suggestion, Commit: r.Revision},
		FirstSeen: r.FirstSeen.Time(), Since: r.Since.Time(), ClosedAt: r.Closed.Time()}
}

// inOrder is the order of claims.
const inOrder = "project, document, first_byte, id"

// Load returns every claim of a project.
func (s *Claims) Load(ctx context.Context, project string) ([]check.Claim, error) {
	rows, err := sqlkit.List[claimRow](ctx, s.db, "claim", sqlkit.Where("project = ?", project), sqlkit.Order(inOrder))
	return sqlkit.Convert(rows, claimRow.claim), err
}

// claimBatch is how many claims one statement stores.
const claimBatch = 500

// Put stores claims.
func (s *Claims) Put(ctx context.Context, claims ...check.Claim) error {
	if len(claims) == 0 {
		return nil
	}
	return s.db.Within(ctx, func(ctx context.Context) error {
		rows := sqlkit.Convert(claims, claimRowOf)
		return sqlkit.Translate(s.db.Write(ctx).Clauses(clause.OnConflict{UpdateAll: true}).CreateInBatches(rows, claimBatch).Error, "claim")
	})
}

// Get returns a claim.
func (s *Claims) Get(ctx context.Context, id check.ClaimID) (check.Claim, error) {
	row, err := sqlkit.Get[claimRow](ctx, s.db, "claim", sqlkit.Where("id = ?", id.String()))
	return row.claim(), err
}

// List returns the claims that the filter keeps.
func (s *Claims) List(ctx context.Context, f analysis.ClaimFilter, page domain.PageRequest) (domain.Page[check.Claim], error) {
	var keep scopes
	if f.Closed {
		keep.where("closed <> 0")
	} else {
		keep.where("closed = 0")
	}
	keep.equal("project", f.Project)
	keep.equal("name", f.Name)
	if strings.HasSuffix(f.Document, "/") {
		keep.begins("document", f.Document)
	} else {
		keep.equal("document", f.Document)
	}
	if len(f.States) > 0 {
		keep.where("state IN ?", numbers(f.States))
	}
	if f.Kind != 0 {
		keep.where("kind = ?", int(f.Kind))
	}
	rows, err := sqlkit.Page[claimRow](ctx, s.db, "claim", inOrder, page, keep...)
	return domain.MapPage(rows, claimRow.claim), err
}

// numbers are the states as they are stored; bytes would be taken for a text.
func numbers(states []claim.State) []int {
	return sqlkit.Convert(states, func(s claim.State) int { return int(s) })
}

// Worst returns the documents of a project that have most drifted claims.
func (s *Claims) Worst(ctx context.Context, project string, limit int) ([]analysis.DocumentDrift, error) {
	var worst []analysis.DocumentDrift
	drifted := numbers([]claim.State{claim.Gone, claim.Renamed, claim.Changed})
	err := s.db.Read(ctx).Model(claimRow{}).
		Select("document, COUNT(*) AS claims, SUM(CASE WHEN state IN ? THEN 1 ELSE 0 END) AS drifted", drifted).
		Where("project = ? AND closed = 0", project).Group("document").
		Having("SUM(CASE WHEN state IN ? THEN 1 ELSE 0 END) > 0", drifted).
		Order("drifted DESC, document").Limit(limit).Find(&worst).Error
	return worst, sqlkit.Translate(err, "claim")
}

// Turns keeps how claims stood.
type Turns struct{ db *sqlkit.DB }

// NewTurns returns the turns in an open database that has the Migrations.
func NewTurns(db *sqlkit.DB) *Turns { return &Turns{db} }

type turnRow struct {
	Seq       int64 `gorm:"primaryKey;autoIncrement"`
	Claim     string
	CheckID   string
	At        sqlkit.Instant
	Fresh     bool
	FromState claim.State
	ToState   claim.State
	Closed    bool
	Reason    string
	Revision  string
}

func (turnRow) TableName() string { return "turns" }

func turnRowOf(t check.Turn) turnRow {
	return turnRow{Claim: t.Claim.String(), CheckID: t.Check.String(), At: sqlkit.InstantOf(t.At), Fresh: t.New, FromState: t.From, ToState: t.To,
		Closed: t.Closed, Reason: t.Reason, Revision: t.Commit}
}

func (r turnRow) turn() check.Turn {
	return check.Turn{Claim: domain.StoredID[check.Claim](r.Claim), Check: domain.StoredID[check.Check](r.CheckID), At: r.At.Time(), New: r.Fresh,
		From: r.FromState, To: r.ToState, Closed: r.Closed, Reason: r.Reason, Commit: r.Revision}
}

// Append stores turns behind those that are there.
func (s *Turns) Append(ctx context.Context, turns ...check.Turn) error {
	return sqlkit.InsertAll(ctx, s.db, sqlkit.Convert(turns, turnRowOf), "turn")
}

// List returns the turns of a claim.
func (s *Turns) List(ctx context.Context, id check.ClaimID, page domain.PageRequest) (domain.Page[check.Turn], error) {
	rows, err := sqlkit.Page[turnRow](ctx, s.db, "turn", "seq", page, sqlkit.Where("claim = ?", id.String()))
	return domain.MapPage(rows, turnRow.turn), err
}
