package queryprocessing

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain/query"
	"github.com/docsteward/docsteward/ports/docstore"
)

// looked is how many documents each alternative of a statement may look at.
const looked = 5000

// match is a document that meets a statement.
type match struct {
	hit   docstore.SearchHit
	score float64
}

// evaluation is all that meets a statement, in its order.
type evaluation struct {
	matches   []match
	truncated bool
}

// evaluate asks the document store for each alternative: what an index can tell goes
// into the search, the rest is held against what it returns.
func (s *service) evaluate(ctx context.Context, statement query.Statement) (evaluation, error) {
	alternatives := statement.Alternatives
	if len(alternatives) == 0 {
		alternatives = [][]query.Demand{nil}
	}
	var result evaluation
	met := make(map[string]*match)
	for _, demands := range alternatives {
		truncated, err := s.alternative(ctx, demands, met)
		if err != nil {
			return evaluation{}, err
		}
		result.truncated = result.truncated || truncated
	}
	for _, m := range met {
		result.matches = append(result.matches, *m)
	}
	slices.SortFunc(result.matches, func(a, b match) int { return cmp.Or(order(statement.Order, a, b), strings.Compare(a.hit.ID, b.hit.ID)) })
	return result, nil
}

// alternative puts what meets all demands into met; a document that meets several
// alternatives keeps its best score.
func (s *service) alternative(ctx context.Context, demands []query.Demand, met map[string]*match) (truncated bool, err error) {
	c, rest := searchOf(demands)
	for c.Limit = 1000; c.Offset < looked; c.Offset += c.Limit {
		found, err := s.SearchAdvanced.Execute(ctx, c).Unwrap()
		if err != nil {
			return false, err
		}
		if found.Relaxed {
			return false, nil // nothing meets all of the words
		}
		for _, hit := range found.Items {
			if !meets(hit, rest) {
				continue
			}
			if known := met[hit.ID]; known == nil || known.score < hit.Score {
				met[hit.ID] = &match{hit, hit.Score}
			}
		}
		if !found.HasMore {
			return false, nil
		}
	}
	return true, nil
}

// searchOf writes what the store can tell as its search, and returns the demands
// that it cannot.
func searchOf(demands []query.Demand) (docstore.SearchAdvanced, []query.Demand) {
	c := docstore.SearchAdvanced{Sort: "relevance"}
	var parts []string
	var rest []query.Demand
	for _, d := range demands {
		if !d.Words() {
			rest = append(rest, d)
			if d.Operator == query.Is && !d.Negated {
				narrow(&c.Filters, d)
			}
			continue
		}
		text := quote(d.Value)
		if d.Prefix {
			text = d.Value + "*"
		}
		if d.Field == query.Title {
			text = "title:" + text
		}
		if d.Negated {
			text = "-" + text
		}
		parts = append(parts, text)
	}
	c.Query = strings.Join(parts, " ")
	return c, rest
}

// narrow has the store look at less; the demand is held against the hits all the
// same.
func narrow(f *docstore.AdvancedFilters, d query.Demand) {
	switch d.Field {
	case "type":
		f.Type = d.Value
	case "source_type":
		f.SourceType = d.Value
	case "language":
		f.Language = d.Value
	case "owner":
		f.Owner = d.Value
	case "path":
		f.Folder = d.Value
	case "tags":
		f.Tags = append(f.Tags, d.Value)
	}
}

func meets(hit docstore.SearchHit, demands []query.Demand) bool {
	facts := query.Facts{
		Title: hit.Title, Metadata: hit.Metadata, Updated: hit.UpdatedAt, Length: hit.Length, Version: hit.Version, Analyses: hit.Analyses,
	}
	for _, d := range demands {
		if !d.Met(facts) {
			return false
		}
	}
	return true
}

// order compares two matches; without a field, the better score comes first.
func order(o query.Ordering, a, b match) int {
	var compared int
	switch o.Field {
	case query.Title:
		compared = strings.Compare(a.hit.Title, b.hit.Title)
	case query.Updated:
		compared = time.Time.Compare(a.hit.UpdatedAt, b.hit.UpdatedAt)
	case query.Length:
		compared = cmp.Compare(a.hit.Length, b.hit.Length)
	case query.Version:
		compared = cmp.Compare(a.hit.Version, b.hit.Version)
	case query.Analyses:
		compared = cmp.Compare(a.hit.Analyses, b.hit.Analyses)
	default:
		return cmp.Compare(b.score, a.score)
	}
	if o.Descending {
		return -compared
	}
	return compared
}
