package docstoresql

import (
	"context"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain/document"
)

// facets counts all matches of a search, whatever its page.
func (i *Index) facets(ctx context.Context, q spelled) (map[string]map[string]int, error) {
	facets := make(map[string]map[string]int)
	limit := q.bind(document.MaxFacetValues)
	for _, key := range document.FacetKeys() {
		join, value, condition := i.engine.facet(key)
		rows, err := i.db.RawRead(ctx).QueryContext(ctx, `SELECT `+value+`, count(DISTINCT v.document_id)
			FROM (SELECT v.document_id, v.metadata `+q.from+`) v `+join+` WHERE `+condition+`
			GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT `+limit, q.args...)
		if err != nil {
			return nil, sqlkit.Translate(err, "search")
		}
		counts := make(map[string]int)
		_, err = collect(rows, func(row scanner) (struct{}, error) {
			var name string
			var n int
			err := row.Scan(&name, &n)
			counts[name] = n
			return struct{}{}, err
		})
		if err != nil {
			return nil, sqlkit.Translate(err, "search")
		}
		facets[key] = counts
	}
	return facets, nil
}

func (fts5) facet(key string) (join, value, condition string) {
	switch key {
	case "tag":
		return ", json_each(v.metadata, '$.tags') f", "f.value", "json_type(v.metadata, '$.tags') <> 'object' AND f.type = 'text'"
	case "folder":
		const path = "json_extract(v.metadata, '$.path')"
		return "", "coalesce(nullif(rtrim(rtrim(" + path + ", replace(" + path + ", '/', '')), '/'), ''), '.')",
			"json_type(v.metadata, '$.path') = 'text' AND " + path + " <> ''"
	}
	return "", "json_extract(v.metadata, '$." + key + "')", "json_type(v.metadata, '$." + key + "') = 'text'"
}

// facet compares values by their bytes, as SQLite does.
func (tsvector) facet(key string) (join, value, condition string) {
	const bytes = ` COLLATE "C"`
	switch key {
	case "tag":
		const tags = "v.metadata -> 'tags'"
		return "CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(" + tags + ") WHEN 'array' THEN " + tags +
				" WHEN 'string' THEN jsonb_build_array(" + tags + ") ELSE '[]'::jsonb END) f (item)",
			"(f.item #>> '{}')" + bytes, "jsonb_typeof(f.item) = 'string'"
	case "folder":
		const path = "(v.metadata ->> 'path')"
		return "", "coalesce(nullif(regexp_replace(" + path + ", '/*[^/]*$', ''), ''), '.')" + bytes,
			"jsonb_typeof(v.metadata -> 'path') = 'string' AND " + path + " <> ''"
	}
	return "", "(v.metadata ->> '" + key + "')" + bytes, "jsonb_typeof(v.metadata -> '" + key + "') = 'string'"
}
