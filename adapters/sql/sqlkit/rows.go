package sqlkit

import (
	"context"
	"reflect"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/docsteward/docsteward/domain"
)

// Scope narrows or orders a query. The verbs below take any number of them and
// apply them in order.
type Scope = func(*gorm.DB) *gorm.DB

// Where keeps the rows that meet the condition, written as gorm's Where.
func Where(condition string, args ...any) Scope {
	return func(g *gorm.DB) *gorm.DB { return g.Where(condition, args...) }
}

// Equal keeps the rows whose column holds the value; an empty value keeps all.
func Equal(column, value string) Scope {
	return func(g *gorm.DB) *gorm.DB {
		if value == "" {
			return g
		}
		return g.Where(column+" = ?", value)
	}
}

// Order sorts by the columns, written as SQL. A stable list ends with a unique column.
func Order(columns string) Scope {
	return func(g *gorm.DB) *gorm.DB { return g.Order(columns) }
}

// Select keeps the named columns; the others are zero in the rows.
func Select(columns ...string) Scope {
	return func(g *gorm.DB) *gorm.DB { return g.Select(columns) }
}

// Limit keeps the first n rows.
func Limit(n int) Scope {
	return func(g *gorm.DB) *gorm.DB { return g.Limit(n) }
}

// Insert stores a new row. It fails with Conflict when its key is taken.
func Insert[R any](ctx context.Context, db *DB, row *R, what string) error {
	return Translate(db.Write(ctx).Create(row).Error, what)
}

// insertBatch keeps a statement within the parameters that both engines allow,
// for rows of up to 60 columns.
const insertBatch = 500

// InsertAll stores new rows, all or none, in batches of one statement each. It
// fails with Conflict when a key is taken. No rows is no error.
func InsertAll[R any](ctx context.Context, db *DB, rows []R, what string) error {
	if len(rows) == 0 {
		return nil
	}
	return db.Within(ctx, func(ctx context.Context) error {
		return Translate(db.Write(ctx).CreateInBatches(rows, insertBatch).Error, what)
	})
}

// UpdateVersioned stores every column of row, found by its primary key, if the
// stored row has the version given; row itself holds the new version. The
// table's column is named version.
//
// It fails with NotFound when there is no such row, and with Conflict when the
// stored version is another; details.version holds it.
func UpdateVersioned[R any](ctx context.Context, db *DB, row *R, version int, what string) error {
	result := db.Write(ctx).Model(row).Where("version = ?", version).Select("*").Updates(row)
	if result.Error != nil || result.RowsAffected > 0 {
		return Translate(result.Error, what)
	}
	return stale(ctx, db, row, what)
}

// stale tells why no row had the version: because there is none of that key, or
// because it has another version.
func stale[R any](ctx context.Context, db *DB, row *R, what string) error {
	g := db.Read(ctx).Model(row)
	if err := g.Statement.Parse(row); err != nil {
		return Translate(err, what)
	}
	value := reflect.ValueOf(row).Elem()
	for _, key := range g.Statement.Schema.PrimaryFields {
		v, _ := key.ValueOf(ctx, value)
		g = g.Where(clause.Eq{Column: clause.Column{Name: key.DBName}, Value: v})
	}
	var stored []int
	if err := g.Limit(1).Pluck("version", &stored).Error; err != nil {
		return Translate(err, what)
	}
	if len(stored) == 0 {
		return Translate(gorm.ErrRecordNotFound, what)
	}
	return domain.Conflict.New("The "+what+" was changed meanwhile; read it again and repeat the change.").
		WithDetail("version", stored[0])
}

// Get returns the first row that the scopes keep; NotFound when there is none.
func Get[R any](ctx context.Context, db *DB, what string, scopes ...Scope) (R, error) {
	var row R
	err := db.Read(ctx).Scopes(scopes...).Take(&row).Error
	return row, Translate(err, what)
}

// List returns every row that the scopes keep.
func List[R any](ctx context.Context, db *DB, what string, scopes ...Scope) ([]R, error) {
	var rows []R
	err := db.Read(ctx).Scopes(scopes...).Find(&rows).Error
	return rows, Translate(err, what)
}

// Count returns how many rows the scopes keep.
func Count[R any](ctx context.Context, db *DB, what string, scopes ...Scope) (int, error) {
	var n int64
	err := db.Read(ctx).Model(new(R)).Scopes(scopes...).Count(&n).Error
	return int(n), Translate(err, what)
}

// Page returns a stretch of the rows that the scopes keep, in the given order,
// and the count of all, both of one commit.
func Page[R any](ctx context.Context, db *DB, what, order string, request domain.PageRequest, scopes ...Scope) (domain.Page[R], error) {
	request = request.Normal()
	var page domain.Page[R]
	err := db.Snapshot(ctx, func(ctx context.Context) error {
		total, err := Count[R](ctx, db, what, scopes...)
		if err != nil {
			return err
		}
		rows, err := List[R](ctx, db, what, append(scopes[:len(scopes):len(scopes)],
			func(g *gorm.DB) *gorm.DB { return g.Order(order).Limit(request.Limit).Offset(request.Offset) })...)
		page = domain.NewPage(rows, total, request)
		return err
	})
	return page, err
}

// Delete erases the rows that the scopes keep and returns how many there were.
// It refuses to run without a condition.
func Delete[R any](ctx context.Context, db *DB, what string, scopes ...Scope) (int, error) {
	result := db.Write(ctx).Scopes(scopes...).Delete(new(R))
	return int(result.RowsAffected), Translate(result.Error, what)
}

// Convert returns every row as what it stores.
func Convert[R, T any](rows []R, as func(R) T) []T {
	out := make([]T, len(rows))
	for i, row := range rows {
		out[i] = as(row)
	}
	return out
}
