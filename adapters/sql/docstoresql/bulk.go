package docstoresql

import (
	"context"
	"time"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/bulk"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Bulk keeps requests for many things and hands them out.
type Bulk struct{ db *sqlkit.DB }

var (
	_ docstore.BulkOperations = (*Bulk)(nil)
	_ docstore.BulkQueue      = (*Bulk)(nil)
)

// NewBulk returns the operations in an open database that has the Migrations.
func NewBulk(db *sqlkit.DB) *Bulk { return &Bulk{db} }

type operationRow struct {
	ID          string `gorm:"primaryKey"`
	Type        string
	Status      string
	Total       int
	Successful  int
	Failed      int
	Correlation string
	Caller      string
	Created     sqlkit.Instant
	Started     sqlkit.Instant
	Completed   sqlkit.Instant
	Lease       sqlkit.Instant
}

func (operationRow) TableName() string { return "bulk_operations" }

func (r operationRow) operation() bulk.Operation {
	return bulk.Operation{ID: domain.StoredID[bulk.Operation](r.ID), Type: bulk.Type(r.Type), Status: bulk.Status(r.Status),
		Total: r.Total, Successful: r.Successful, Failed: r.Failed, Correlation: r.Correlation, User: r.Caller,
		CreatedAt: r.Created.Time(), StartedAt: r.Started.Time(), CompletedAt: r.Completed.Time()}
}

type itemRow struct {
	OperationID string `gorm:"primaryKey"`
	Number      int    `gorm:"primaryKey;autoIncrement:false"`
	Input       []byte
	State       string
	Result      []byte
	Code        string
	Cause       string
}

func (itemRow) TableName() string { return "bulk_items" }

func (r itemRow) item() bulk.Item {
	i := bulk.Item{Number: r.Number, Input: r.Input, State: bulk.ItemState(r.State), Code: r.Code, Cause: r.Cause}
	if len(r.Result) > 0 {
		i.Result = r.Result
	}
	return i
}

func itemRows(id bulk.ID, items []bulk.Item) []itemRow {
	return sqlkit.Convert(items, func(i bulk.Item) itemRow {
		return itemRow{OperationID: id.String(), Number: i.Number, Input: append([]byte{}, i.Input...), State: string(i.State),
			Result: append([]byte{}, i.Result...), Code: i.Code, Cause: i.Cause}
	})
}

// Add stores a new operation with its items.
func (s *Bulk) Add(ctx context.Context, o bulk.Operation, items []bulk.Item) error {
	row := operationRow{ID: o.ID.String(), Type: string(o.Type), Status: string(o.Status), Total: o.Total, Successful: o.Successful,
		Failed: o.Failed, Correlation: o.Correlation, Caller: o.User, Created: sqlkit.InstantOf(o.CreatedAt),
		Started: sqlkit.InstantOf(o.StartedAt), Completed: sqlkit.InstantOf(o.CompletedAt)}
	return s.db.Within(ctx, func(ctx context.Context) error {
		if err := sqlkit.Insert(ctx, s.db, &row, "bulk operation"); err != nil {
			return err
		}
		return sqlkit.InsertAll(ctx, s.db, itemRows(o.ID, items), "item")
	})
}

// Get returns an operation.
func (s *Bulk) Get(ctx context.Context, id bulk.ID) (bulk.Operation, error) {
	row, err := sqlkit.Get[operationRow](ctx, s.db, "bulk operation", sqlkit.Where("id = ?", id.String()))
	return row.operation(), err
}

// List returns operations, the latest created first.
func (s *Bulk) List(ctx context.Context, status bulk.Status, page domain.PageRequest) (domain.Page[bulk.Operation], error) {
	rows, err := sqlkit.Page[operationRow](ctx, s.db, "bulk operation", "created DESC, id", page, sqlkit.Equal("status", string(status)))
	return domain.MapPage(rows, operationRow.operation), err
}

// Items lists the items of an operation by number.
func (s *Bulk) Items(ctx context.Context, id bulk.ID, page domain.PageRequest) (domain.Page[bulk.Item], error) {
	rows, err := sqlkit.Page[itemRow](ctx, s.db, "item", "number", page, sqlkit.Where("operation_id = ?", id.String()))
	return domain.MapPage(rows, itemRow.item), err
}

// Append adds items to an operation that still receives them.
func (s *Bulk) Append(ctx context.Context, id bulk.ID, items []bulk.Item) error {
	done := map[bulk.ItemState]int64{}
	for _, i := range items {
		done[i.State]++
	}
	return s.db.Within(ctx, func(ctx context.Context) error {
		err := s.receiving(ctx, id, map[string]any{
			"total":  counted("total", int64(len(items))),
			"failed": counted("failed", done[bulk.ItemFailed]), "successful": counted("successful", done[bulk.ItemSucceeded]),
		})
		if err != nil {
			return err
		}
		return sqlkit.InsertAll(ctx, s.db, itemRows(id, items), "item")
	})
}

// Seal lets an operation be claimed.
func (s *Bulk) Seal(ctx context.Context, id bulk.ID) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		return s.receiving(ctx, id, map[string]any{"status": string(bulk.Pending)})
	})
}

// receiving updates an operation whose items still come.
func (s *Bulk) receiving(ctx context.Context, id bulk.ID, changes map[string]any) error {
	result := s.db.Write(ctx).Model(new(operationRow)).Where("id = ? AND status = 'receiving'", id.String()).Updates(changes)
	if result.Error != nil || result.RowsAffected > 0 {
		return sqlkit.Translate(result.Error, "bulk operation")
	}
	return s.notOpen(ctx, id)
}

// Finish ends an operation.
func (s *Bulk) Finish(ctx context.Context, id bulk.ID, status bulk.Status, at time.Time) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		result := s.db.Write(ctx).Model(new(operationRow)).Where("id = ? AND status IN ('receiving', 'pending', 'processing')", id.String()).
			Updates(map[string]any{"status": string(status), "completed": sqlkit.InstantOf(at)})
		if result.Error != nil || result.RowsAffected > 0 {
			return sqlkit.Translate(result.Error, "bulk operation")
		}
		return s.notOpen(ctx, id)
	})
}

// notOpen tells why an operation cannot be changed.
func (s *Bulk) notOpen(ctx context.Context, id bulk.ID) error {
	o, err := s.Get(ctx, id)
	if err != nil {
		return err
	}
	return domain.Conflict.New("The bulk operation is "+string(o.Status)+".").WithDetail("status", string(o.Status))
}

// Claim hands out the oldest operation that nobody works on.
func (s *Bulk) Claim(ctx context.Context, now, lease time.Time) (bulk.Operation, bool, error) {
	const open = "status IN ('pending', 'processing') AND lease <= ?"
	var rows []operationRow
	err := s.db.Within(ctx, func(ctx context.Context) error {
		err := s.db.Write(ctx).Raw(`SELECT * FROM bulk_operations WHERE `+open+` ORDER BY created, id LIMIT 1`+skipLocked(s.db), sqlkit.InstantOf(now)).Scan(&rows).Error
		if err != nil || len(rows) == 0 {
			return sqlkit.Translate(err, "bulk operation")
		}
		changes := map[string]any{"status": string(bulk.Processing), "lease": sqlkit.InstantOf(lease)}
		if rows[0].Started == 0 {
			changes["started"] = sqlkit.InstantOf(now)
		}
		err = s.db.Write(ctx).Model(new(operationRow)).Where("id = ?", rows[0].ID).Updates(changes).Error
		return sqlkit.Translate(err, "bulk operation")
	})
	if err != nil || len(rows) == 0 {
		return bulk.Operation{}, false, err
	}
	rows[0].Status = string(bulk.Processing)
	return rows[0].operation(), true, nil
}

// Extend moves the end of the lease.
func (s *Bulk) Extend(ctx context.Context, id bulk.ID, lease time.Time) error {
	return s.change(ctx, id, map[string]any{"lease": sqlkit.InstantOf(lease)})
}

// change updates an operation that is processing.
func (s *Bulk) change(ctx context.Context, id bulk.ID, changes map[string]any) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		result := s.db.Write(ctx).Model(new(operationRow)).Where("id = ? AND status = 'processing'", id.String()).Updates(changes)
		if result.Error != nil || result.RowsAffected > 0 {
			return sqlkit.Translate(result.Error, "bulk operation")
		}
		return s.notOpen(ctx, id)
	})
}

// Waiting returns items that are not done.
func (s *Bulk) Waiting(ctx context.Context, id bulk.ID, limit int) ([]bulk.Item, error) {
	rows, err := sqlkit.List[itemRow](ctx, s.db, "item", sqlkit.Where("operation_id = ? AND state = 'waiting'", id.String()),
		sqlkit.Order("number"), sqlkit.Limit(limit))
	return sqlkit.Convert(rows, itemRow.item), err
}

// Record stores how an item fared and counts it once.
func (s *Bulk) Record(ctx context.Context, id bulk.ID, item bulk.Item) error {
	column := "failed"
	if item.State == bulk.ItemSucceeded {
		column = "successful"
	}
	return s.db.Within(ctx, func(ctx context.Context) error {
		result := s.db.Write(ctx).Model(new(itemRow)).Where("operation_id = ? AND number = ? AND state = 'waiting'", id.String(), item.Number).
			Updates(map[string]any{"state": string(item.State), "result": append([]byte{}, item.Result...), "code": item.Code, "cause": item.Cause})
		if result.Error != nil {
			return sqlkit.Translate(result.Error, "item")
		}
		return s.change(ctx, id, map[string]any{column: counted(column, result.RowsAffected)})
	})
}

// Purge erases operations that ended before an instant, and their items.
func (s *Bulk) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return purge(ctx, s.db, `DELETE FROM bulk_operations WHERE id IN (
		SELECT id FROM bulk_operations WHERE (status IN ('completed', 'failed', 'cancelled') AND completed < $1)
		OR (status = 'receiving' AND created < $1) ORDER BY completed, id LIMIT $2)`, before, limit)
}
