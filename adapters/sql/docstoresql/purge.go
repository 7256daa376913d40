package docstoresql

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
)

// purge runs a statement that erases at most limit rows of before an instant,
// and returns how many there were. The limit keeps other writers from waiting.
func purge(ctx context.Context, db *sqlkit.DB, statement string, before time.Time, limit int) (int, error) {
	done, err := db.RawWrite(ctx).ExecContext(ctx, statement, sqlkit.InstantOf(before), limit)
	if err != nil {
		return 0, sqlkit.Translate(err, "row")
	}
	n, err := done.RowsAffected()
	return int(n), sqlkit.Translate(err, "row")
}

// countBy runs a query whose rows are a name and a count.
func countBy(ctx context.Context, db *sqlkit.DB, query string, args ...any) (map[string]int, error) {
	rows, err := db.RawRead(ctx).QueryContext(ctx, query, args...)
	if err != nil {
		return nil, sqlkit.Translate(err, "row")
	}
	counts := map[string]int{}
	_, err = collect(rows, func(row scanner) (struct{}, error) {
		var name string
		var n int
		if err := row.Scan(&name, &n); err != nil {
			return struct{}{}, err
		}
		counts[name] = n
		return struct{}{}, nil
	})
	return counts, sqlkit.Translate(err, "row")
}
