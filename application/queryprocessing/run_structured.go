package queryprocessing

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/query"
	"github.com/docsteward/docsteward/ports/queryprocessing"
)

func (s *service) runStructured(ctx context.Context, c queryprocessing.RunStructured) (queryprocessing.QueryResult, error) {
	text := strings.TrimSpace(c.Query)
	statement, err := statementOf(text, c)
	if err != nil {
		return queryprocessing.QueryResult{}, err
	}
	record, err := s.begin(ctx, text)
	if err != nil {
		return queryprocessing.QueryResult{}, err
	}
	found, err := s.evaluate(asService(ctx), statement)
	if err != nil {
		return queryprocessing.QueryResult{}, err
	}
	record.Structured, record.Intent, record.Status, record.Confidence = true, query.SearchDocuments, query.Executed, 1
	record.Total = len(found.matches)
	var groups map[string]map[string]int
	switch c.QueryType {
	case "count":
	case "aggregation", "analytics":
		groups = group(found.matches)
	default:
		page := window(found.matches, statement)
		for _, m := range page {
			record.Documents = append(record.Documents, foundOf(m.hit, m.score))
		}
	}
	view := resultView(record)
	record.Documents = record.Documents[:min(len(record.Documents), query.MaxKept)]
	if err := s.keep(ctx, &record); err != nil {
		return queryprocessing.QueryResult{}, err
	}
	view.Groups, view.Truncated, view.Explanation, view.ExecutionTimeMS = groups, found.truncated, explain(record), milliseconds(record.Took)
	return view, nil
}

// statementOf reads the query, and lays filters, sorting and pagination over it
// where it has none of its own.
func statementOf(text string, c queryprocessing.RunStructured) (query.Statement, error) {
	statement, err := query.ParseStatement(text)
	if err != nil {
		return query.Statement{}, err
	}
	for _, field := range slices.Sorted(maps.Keys(c.Filters)) {
		filter, err := query.ParseStatement(field + ":" + quote(c.Filters[field]))
		if err != nil {
			return query.Statement{}, domain.Invalid.Wrap(err, "The filter "+field+" is none.").WithField("filters", "syntax", domain.FaultOf(err).Message)
		}
		statement = statement.And(filter)
	}
	if statement.Order.Field == "" {
		if err := sortBy(&statement, c.Sorting); err != nil {
			return query.Statement{}, err
		}
	}
	if c.Pagination != nil {
		if statement.Limit == 0 {
			statement.Limit = c.Pagination.Limit
		}
		if statement.Offset == 0 {
			statement.Offset = c.Pagination.Offset
		}
	}
	if statement.Limit == 0 {
		statement.Limit = domain.DefaultLimit
	}
	statement.Limit = min(statement.Limit, domain.MaxLimit)
	return statement, nil
}

// sortBy orders by the field of a sorting.
func sortBy(statement *query.Statement, sorting map[string]string) error {
	if len(sorting) > 1 {
		return domain.Invalid.New("Documents are sorted by one field; "+strconv.Itoa(len(sorting))+" are given.").WithField("sorting", "maxItems", "must name one field")
	}
	for field, direction := range sorting {
		ordered, err := query.ParseStatement("ORDER BY " + field + " " + strings.ToUpper(direction))
		if err != nil {
			return domain.Invalid.Wrap(err, "The sorting is none: give title, updated, length, version or analyses, and asc or desc.").
				WithField("sorting", "syntax", "must be a field with asc or desc")
		}
		statement.Order = ordered.Order
	}
	return nil
}

// window is the stretch of the matches that a statement wants.
func window(matches []match, s query.Statement) []match {
	from := min(s.Offset, len(matches))
	return matches[from:min(from+s.Limit, len(matches))]
}

// groupFields are the metadata that matches are counted by. Never written.
var groupFields = []string{"type", "source_type", "language", "owner", "tags"}

// group counts matches per field and value.
func group(matches []match) map[string]map[string]int {
	groups := make(map[string]map[string]int)
	for _, field := range groupFields {
		groups[field] = map[string]int{}
		for _, m := range matches {
			for _, value := range values(m.hit.Metadata[field]) {
				groups[field][value]++
			}
		}
	}
	return groups
}

// values are the texts in a piece of metadata.
func values(known any) []string {
	switch known := known.(type) {
	case string:
		return []string{known}
	case []string:
		return known
	case []any:
		var texts []string
		for _, one := range known {
			texts = append(texts, values(one)...)
		}
		return texts
	}
	return nil
}
