package bind

import (
	"context"

	"github.com/docsteward/docsteward/ports/usecase"
)

// Guard returns the innermost decorator: it fills in defaults and checks rules
// whoever calls. It fails when a command of the tables has no plan, or a route
// does not fit it.
func Guard(tables ...[]usecase.Operation) (usecase.Around, error) {
	plans := make(map[string]*Plan)
	for _, table := range tables {
		for _, op := range table {
			plan, err := For(op.Slot.Command())
			if err != nil {
				return nil, err
			}
			if err := plan.CheckPath(op.Path); err != nil {
				return nil, err
			}
			plans[op.Method+" "+op.Path] = plan
		}
	}
	return func(ctx context.Context, op *usecase.Operation, command any, next func(context.Context) error) error {
		if plan := plans[op.Method+" "+op.Path]; plan != nil {
			if err := plan.Check(command); err != nil {
				return err
			}
		}
		return next(ctx)
	}, nil
}
