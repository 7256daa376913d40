package docstoresql

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
)

// replace stores every column of a row, found by its primary key; NotFound when
// there is none.
func replace[R any](ctx context.Context, db *sqlkit.DB, row *R, what string) error {
	result := db.Write(ctx).Model(row).Select("*").Updates(row)
	if result.Error == nil && result.RowsAffected == 0 {
		result.Error = gorm.ErrRecordNotFound
	}
	return sqlkit.Translate(result.Error, what)
}

// erase deletes the row with the id; NotFound when there is none.
func erase[R any](ctx context.Context, db *sqlkit.DB, id, what string) error {
	n, err := sqlkit.Delete[R](ctx, db, what, sqlkit.Where("id = ?", id))
	if err == nil && n == 0 {
		err = sqlkit.Translate(gorm.ErrRecordNotFound, what)
	}
	return err
}

// skipLocked lets several claimers pass each other on PostgreSQL; SQLite has one
// writer at a time.
func skipLocked(db *sqlkit.DB) string {
	if db.Dialect() == sqlkit.Postgres {
		return " FOR UPDATE SKIP LOCKED"
	}
	return ""
}

// filled returns m, or an empty map for nil, which a column of JSON cannot hold.
func filled[M ~map[K]V, K comparable, V any](m M) M {
	if m == nil {
		return M{}
	}
	return m
}

// counted is a column with n added to it.
func counted(column string, n int64) clause.Expr { return gorm.Expr(column+" + ?", n) }
