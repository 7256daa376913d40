package porttest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/tx"
)

// UnitEnv is a unit of work with a store of texts by key that takes part in it.
type UnitEnv struct {
	Unit tx.Unit
	// Put stores a text.
	Put func(ctx context.Context, key, text string) error
	// Get returns a text and whether there is one.
	Get func(ctx context.Context, key string) (string, bool, error)
}

// Unit proves the promises of tx.Unit. open returns an empty store each time.
func Unit(t *testing.T, open func(t *testing.T) UnitEnv) {
	t.Run("commits what fn wrote", func(t *testing.T) { unitCommits(t, open(t)) })
	t.Run("an error leaves nothing and is passed on", func(t *testing.T) { unitRollsBack(t, open(t)) })
	t.Run("a panic leaves nothing and is passed on", func(t *testing.T) { unitPanics(t, open(t)) })
	t.Run("a nested unit joins", func(t *testing.T) { unitJoins(t, open(t)) })
	t.Run("a nested failure that is swallowed loses everything", func(t *testing.T) { unitDoomed(t, open(t)) })
	t.Run("an ended context writes nothing", func(t *testing.T) { unitCancelled(t, open(t)) })
	t.Run("many writers lose nothing", func(t *testing.T) { unitConcurrent(t, open(t)) })
}

func (e UnitEnv) want(t *testing.T, ctx context.Context, key, text string) {
	t.Helper()
	got, ok, err := e.Get(ctx, key)
	if err != nil || got != text || ok != (text != "") {
		t.Errorf("Get(%s) = %q, %v, %v; want %q", key, got, ok, err, text)
	}
}

func unitCommits(t *testing.T, e UnitEnv) {
	background := context.Background()
	if tx.Inside(background) {
		t.Error("a fresh context says that a transaction is open")
	}
	err := e.Unit.Within(background, func(ctx context.Context) error {
		if !tx.Inside(ctx) {
			t.Error("the context does not tell of the transaction")
		}
		if err := e.Put(ctx, "a", "1"); err != nil {
			return err
		}
		e.want(t, ctx, "a", "1")
		e.want(t, background, "a", "")
		return e.Put(ctx, "b", "2")
	})
	if err != nil {
		t.Fatal(err)
	}
	e.want(t, background, "a", "1")
	e.want(t, background, "b", "2")
}

func unitRollsBack(t *testing.T, e UnitEnv) {
	ctx, reason := context.Background(), errors.New("no")
	if err := e.Put(ctx, "a", "old"); err != nil {
		t.Fatal(err)
	}
	err := e.Unit.Within(ctx, func(ctx context.Context) error {
		return errors.Join(e.Put(ctx, "a", "new"), e.Put(ctx, "b", "new"), reason)
	})
	if !errors.Is(err, reason) {
		t.Errorf("got %v, want the error of fn", err)
	}
	e.want(t, ctx, "a", "old")
	e.want(t, ctx, "b", "")
}

func unitPanics(t *testing.T, e UnitEnv) {
	ctx := context.Background()
	func() {
		defer func() {
			if r := recover(); r != "boom" {
				t.Errorf("recovered %v, want the panic of fn", r)
			}
		}()
		_ = e.Unit.Within(ctx, func(ctx context.Context) error {
			if err := e.Put(ctx, "a", "1"); err != nil {
				t.Error(err)
			}
			panic("boom")
		})
	}()
	e.want(t, ctx, "a", "")
	if err := e.Put(ctx, "a", "2"); err != nil {
		t.Errorf("the store is stuck after a panic: %v", err)
	}
}

func unitJoins(t *testing.T, e UnitEnv) {
	ctx, reason := context.Background(), errors.New("no")
	nest := func(last error) error {
		return e.Unit.Within(ctx, func(ctx context.Context) error {
			if err := e.Put(ctx, "a", "outer"); err != nil {
				return err
			}
			err := e.Unit.Within(ctx, func(ctx context.Context) error {
				e.want(t, ctx, "a", "outer")
				return e.Put(ctx, "b", "inner")
			})
			e.want(t, ctx, "b", "inner")
			return errors.Join(err, last)
		})
	}
	if err := nest(reason); !errors.Is(err, reason) {
		t.Errorf("got %v, want the error of fn", err)
	}
	e.want(t, ctx, "b", "")
	if err := nest(nil); err != nil {
		t.Error(err)
	}
	e.want(t, ctx, "a", "outer")
	e.want(t, ctx, "b", "inner")
}

func unitDoomed(t *testing.T, e UnitEnv) {
	ctx, reason := context.Background(), errors.New("no")
	err := e.Unit.Within(ctx, func(ctx context.Context) error {
		_ = e.Unit.Within(ctx, func(ctx context.Context) error {
			return errors.Join(e.Put(ctx, "a", "1"), reason)
		})
		return nil
	})
	if !errors.Is(err, reason) {
		t.Errorf("got %v, want the error of the nested fn", err)
	}
	e.want(t, ctx, "a", "")
}

func unitCancelled(t *testing.T, e UnitEnv) {
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	err := e.Unit.Within(ended, func(ctx context.Context) error { return e.Put(ctx, "a", "1") })
	if !errors.Is(err, domain.Timeout) {
		t.Errorf("with an ended context: got %v, want Timeout", err)
	}
	ending, cancel := context.WithCancel(context.Background())
	defer cancel()
	err = e.Unit.Within(ending, func(ctx context.Context) error {
		defer cancel()
		return e.Put(ctx, "a", "1")
	})
	if !errors.Is(err, domain.Timeout) {
		t.Errorf("with a context that ends inside: got %v, want Timeout", err)
	}
	e.want(t, context.Background(), "a", "")
}

func unitConcurrent(t *testing.T, e UnitEnv) {
	const writers, each = 16, 8
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for i := range each {
				key := fmt.Sprintf("%d-%d", w, i)
				err := e.Unit.Within(context.Background(), func(ctx context.Context) error {
					return errors.Join(e.Put(ctx, key, key), e.Put(ctx, key+"+", key))
				})
				if err != nil {
					t.Errorf("%s: %v", key, err)
				}
				e.want(t, context.Background(), key, key)
			}
		})
	}
	group.Wait()
	for w := range writers {
		for i := range each {
			key := fmt.Sprintf("%d-%d", w, i)
			e.want(t, context.Background(), key, key)
			e.want(t, context.Background(), key+"+", key)
		}
	}
}
