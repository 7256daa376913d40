package querysql

import (
	"time"

	"gorm.io/gorm"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/query"
	"github.com/docsteward/docsteward/domain/span"
)

// queryHead is a query without what it found. Took is in microseconds.
type queryHead struct {
	ID          string `gorm:"primaryKey"`
	Body        string
	Structured  bool
	Kind        string
	Intent      string
	Status      string
	Confidence  float64
	Total       int
	Caller      string
	Correlation string
	Asked       sqlkit.Instant
	Took        int64
}

func (queryHead) TableName() string { return "queries" }

// queryRow is a query.
type queryRow struct {
	Head    queryHead `gorm:"embedded"`
	Outcome outcome   `gorm:"serializer:json"`
}

func (queryRow) TableName() string { return "queries" }

// outcome is what a query found.
type outcome struct {
	Sentences []cited  `json:"sentences,omitempty"`
	Documents []found  `json:"documents,omitempty"`
	Missing   []string `json:"missing,omitempty"`
}

type cited struct {
	Text     string   `json:"text"`
	Quote    string   `json:"quote"`
	Document string   `json:"document"`
	Version  int      `json:"version"`
	Start    int      `json:"start"`
	End      int      `json:"end"`
	Hash     string   `json:"hash"`
	Title    string   `json:"title"`
	Headings []string `json:"headings,omitempty"`
	Code     bool     `json:"code,omitempty"`
}

type found struct {
	Document string  `json:"document"`
	Title    string  `json:"title"`
	Version  int     `json:"version"`
	Hash     string  `json:"hash"`
	Score    float64 `json:"score"`
	Snippet  string  `json:"snippet,omitempty"`
}

// feedbackRow is what a user says of a query.
type feedbackRow struct {
	Query   string `gorm:"primaryKey"`
	Caller  string `gorm:"primaryKey"`
	Helpful bool
	Comment string
	At      sqlkit.Instant
}

func (feedbackRow) TableName() string { return "query_feedback" }

func rowOf(r query.Record) queryRow {
	row := queryRow{Outcome: outcome{Missing: r.Missing}, Head: queryHead{
		ID: r.ID.String(), Body: r.Text, Structured: r.Structured, Kind: string(r.Type), Intent: string(r.Intent), Status: string(r.Status),
		Confidence: r.Confidence, Total: r.Total, Caller: r.User, Correlation: r.Correlation,
		Asked: sqlkit.InstantOf(r.At), Took: r.Took.Microseconds(),
	}}
	for _, c := range r.Sentences {
		row.Outcome.Sentences = append(row.Outcome.Sentences, cited{
			c.Text, c.Quote, c.Span.Document, c.Span.Version, c.Span.Start, c.Span.End, c.Span.Hash, c.Title, c.Headings, c.Code,
		})
	}
	for _, d := range r.Documents {
		row.Outcome.Documents = append(row.Outcome.Documents, found(d))
	}
	return row
}

func (h queryHead) record() query.Record {
	return query.Record{
		ID: domain.StoredID[query.Record](h.ID), Text: h.Body, Structured: h.Structured, Type: query.Type(h.Kind), Intent: query.Intent(h.Intent),
		Status: query.Status(h.Status), Confidence: h.Confidence, Total: h.Total, User: h.Caller, Correlation: h.Correlation,
		At: h.Asked.Time(), Took: time.Duration(h.Took) * time.Microsecond,
	}
}

func (r queryRow) record() query.Record {
	record := r.Head.record()
	record.Missing = r.Outcome.Missing
	for _, c := range r.Outcome.Sentences {
		record.Sentences = append(record.Sentences, query.Cited{
			Text: c.Text, Quote: c.Quote, Title: c.Title, Headings: c.Headings, Code: c.Code,
			Span: span.Span{Document: c.Document, Version: c.Version, Start: c.Start, End: c.End, Hash: c.Hash},
		})
	}
	for _, d := range r.Outcome.Documents {
		record.Documents = append(record.Documents, query.Found(d))
	}
	return record
}

// beyond keeps one row: the first after n.
func beyond(n int) sqlkit.Scope {
	return func(g *gorm.DB) *gorm.DB { return g.Offset(n).Limit(1) }
}
