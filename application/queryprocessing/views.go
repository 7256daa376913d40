package queryprocessing

import (
	"fmt"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain/query"
	"github.com/docsteward/docsteward/ports/queryprocessing"
)

func resultView(r query.Record) queryprocessing.QueryResult {
	view := queryprocessing.QueryResult{
		QueryID: r.ID.String(), OriginalQuery: r.Text, InterpretedIntent: string(r.Intent), QuestionType: string(r.Type), Status: string(r.Status),
		ConfidenceScore: r.Confidence, Confidence: query.Band(r.Confidence), Missing: r.Missing, TotalResults: r.Total,
		Sentences: make([]queryprocessing.Sentence, 0, len(r.Sentences)), Results: make([]queryprocessing.Result, 0, len(r.Documents)),
		ExecutionTimeMS: milliseconds(r.Took), CreatedAt: r.At,
	}
	var text []string
	for _, c := range r.Sentences {
		text = append(text, c.Text)
		view.Sentences = append(view.Sentences, queryprocessing.Sentence{Text: c.Text, Code: c.Code, Citations: []queryprocessing.Citation{citationView(c)}})
	}
	view.Answer = strings.Join(text, "\n")
	for _, d := range r.Documents {
		view.Results = append(view.Results, queryprocessing.Result{
			DocumentID: d.Document, Title: d.Title, Version: d.Version, ContentHash: d.Hash, Score: d.Score, Snippet: d.Snippet,
		})
	}
	return view
}

func citationView(c query.Cited) queryprocessing.Citation {
	headings := c.Headings
	if headings == nil {
		headings = []string{}
	}
	return queryprocessing.Citation{
		DocumentID: c.Span.Document, Title: c.Title, Version: c.Span.Version, Start: c.Span.Start, End: c.Span.End, Hash: c.Span.Hash,
		Quote: c.Quote, Headings: headings,
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func alternativeViews(scored []query.Scored) []queryprocessing.IntentScore {
	var views []queryprocessing.IntentScore
	for _, s := range scored {
		views = append(views, queryprocessing.IntentScore{Intent: string(s.Intent), Score: s.Score, Description: s.Intent.Info().Description})
	}
	return views
}

// explain says how a result came about.
func explain(r query.Record) string {
	switch r.Status {
	case query.Answered:
		return fmt.Sprintf("%s quoted from %s; the best of %d documents that speak of it.", counted(len(r.Sentences), "sentence"), counted(cited(r), "document"), r.Total)
	case query.NotFound:
		if len(r.Missing) == 0 {
			return fmt.Sprintf("No passage of the %d documents that speak of it answers the question. Ask more precisely, or look at the documents listed.", r.Total)
		}
		return fmt.Sprintf("No document answers the question; nothing that comes near speaks of: %s.", strings.Join(r.Missing, ", "))
	case query.Refused:
		if r.Intent.Info().Operational {
			return "A query changes nothing. Run workflows with POST /api/v1/workflows/{workflow_id}/execute and make them with POST /api/v1/workflows."
		}
		return "That asks for no information. Ask a question about the stored documents."
	}
	return fmt.Sprintf("%s met the demands.", counted(r.Total, "document"))
}

// cited counts the documents that are quoted.
func cited(r query.Record) int {
	documents := make(map[string]bool)
	for _, c := range r.Sentences {
		documents[c.Span.Document] = true
	}
	return len(documents)
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func historyView(r query.Record) queryprocessing.HistoryEntry {
	return queryprocessing.HistoryEntry{
		QueryID: r.ID.String(), QueryText: r.Text, Structured: r.Structured, Intent: string(r.Intent), ConfidenceScore: r.Confidence,
		ResultCount: r.Total, ExecutionTimeMS: milliseconds(r.Took), UserID: r.User, CreatedAt: r.At, Status: string(r.Status),
	}
}

func feedbackView(f query.Feedback) queryprocessing.Feedback {
	return queryprocessing.Feedback{QueryID: f.Query.String(), UserID: f.User, Helpful: f.Helpful, Comment: f.Comment, At: f.At}
}
