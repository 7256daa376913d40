package memkit

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/outbox"
)

// Outbox keeps events on their way out.
type Outbox struct {
	db      *DB
	notify  func()
	waiting *Table[int64, waiting]
	dead    *Table[string, outbox.DeadLetter]
	// last is the sequence given last; only writers touch it.
	last int64
}

var (
	_ outbox.Outbox      = (*Outbox)(nil)
	_ outbox.Source      = (*Outbox)(nil)
	_ outbox.DeadLetters = (*Outbox)(nil)
)

type waiting struct {
	sequence int64
	entry    outbox.Entry
	due      time.Time
}

// NewOutbox returns an outbox in db. After each commit that appended events it
// calls notify; nil means that nobody is woken.
func NewOutbox(db *DB, notify func()) *Outbox {
	if notify == nil {
		notify = func() {}
	}
	return &Outbox{
		db: db, notify: notify,
		waiting: NewTable[int64](db, func(w waiting) waiting {
			w.entry.Event.Payload = slices.Clone(w.entry.Event.Payload)
			return w
		}),
		dead: NewTable[string](db, func(d outbox.DeadLetter) outbox.DeadLetter {
			d.Event.Payload = slices.Clone(d.Event.Payload)
			return d
		}),
	}
}

// Append implements outbox.Outbox.
func (o *Outbox) Append(ctx context.Context, events ...domain.Event) error {
	if len(events) == 0 {
		return nil
	}
	if err := outbox.Check(events); err != nil {
		return err
	}
	return o.db.Within(ctx, func(ctx context.Context) error {
		for _, e := range events {
			if _, taken, err := o.find(ctx, e.ID); err != nil || taken {
				if err == nil {
					err = domain.Conflict.New("There is such an event already.")
				}
				return err
			}
			e.At = e.At.UTC().Truncate(time.Microsecond)
			if err := o.add(ctx, e, time.Time{}); err != nil {
				return err
			}
		}
		o.db.AfterCommit(ctx, o.notify)
		return nil
	})
}

func (o *Outbox) add(ctx context.Context, e domain.Event, due time.Time) error {
	o.last++
	return o.waiting.Put(ctx, o.last, waiting{sequence: o.last, entry: outbox.Entry{Event: e}, due: due})
}

func (o *Outbox) find(ctx context.Context, id string) (waiting, bool, error) {
	rows, err := o.waiting.Select(ctx, func(w waiting) bool { return w.entry.Event.ID == id })
	if err != nil || len(rows) == 0 {
		return waiting{}, false, err
	}
	return rows[0], true, nil
}

// Claim implements outbox.Source.
func (o *Outbox) Claim(ctx context.Context, now, lease time.Time, limit int) ([]outbox.Entry, error) {
	var entries []outbox.Entry
	err := o.db.Within(ctx, func(ctx context.Context) error {
		rows, err := o.waiting.Select(ctx, nil)
		if err != nil {
			return err
		}
		type aggregate struct{ kind, id string }
		blocked := map[aggregate]bool{}
		for _, w := range rows {
			of := aggregate{w.entry.Event.Aggregate, w.entry.Event.AggregateID}
			if w.due.After(now) {
				blocked[of] = true
			}
			if blocked[of] || len(entries) == limit {
				continue
			}
			entries = append(entries, w.entry)
			w.due = lease
			if err := o.waiting.Put(ctx, w.sequence, w); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return entries, nil
}

// Delivered implements outbox.Source.
func (o *Outbox) Delivered(ctx context.Context, ids ...string) error {
	return o.each(ctx, ids, func(ctx context.Context, w waiting) error {
		_, err := o.waiting.Delete(ctx, w.sequence)
		return err
	})
}

// Release implements outbox.Source.
func (o *Outbox) Release(ctx context.Context, now time.Time, ids ...string) error {
	return o.each(ctx, ids, func(ctx context.Context, w waiting) error {
		w.due = now
		return o.waiting.Put(ctx, w.sequence, w)
	})
}

func (o *Outbox) each(ctx context.Context, ids []string, change func(context.Context, waiting) error) error {
	return o.db.Within(ctx, func(ctx context.Context) error {
		rows, err := o.waiting.Select(ctx, func(w waiting) bool { return slices.Contains(ids, w.entry.Event.ID) })
		for _, w := range rows {
			if err := change(ctx, w); err != nil {
				return err
			}
		}
		return err
	})
}

// Postpone implements outbox.Source.
func (o *Outbox) Postpone(ctx context.Context, id string, next time.Time, _ string) error {
	return o.one(ctx, id, func(ctx context.Context, w waiting) error {
		w.entry.Attempts++
		w.due = next
		return o.waiting.Put(ctx, w.sequence, w)
	})
}

// Bury implements outbox.Source.
func (o *Outbox) Bury(ctx context.Context, id string, at time.Time, cause string) error {
	return o.one(ctx, id, func(ctx context.Context, w waiting) error {
		if _, err := o.waiting.Delete(ctx, w.sequence); err != nil {
			return err
		}
		return o.dead.Put(ctx, id, outbox.DeadLetter{Event: w.entry.Event, Attempts: w.entry.Attempts + 1,
			Cause: cause, BuriedAt: at.UTC().Truncate(time.Microsecond)})
	})
}

func (o *Outbox) one(ctx context.Context, id string, change func(context.Context, waiting) error) error {
	return o.db.Within(ctx, func(ctx context.Context) error {
		w, ok, err := o.find(ctx, id)
		if err != nil {
			return err
		}
		if !ok {
			return domain.NotFound.New("There is no such event.")
		}
		return change(ctx, w)
	})
}

// Waiting implements outbox.Source.
func (o *Outbox) Waiting(ctx context.Context) (int, error) {
	rows, err := o.waiting.Select(ctx, nil)
	return len(rows), err
}

// List implements outbox.DeadLetters.
func (o *Outbox) List(ctx context.Context, request domain.PageRequest) (domain.Page[outbox.DeadLetter], error) {
	letters, err := o.dead.Select(ctx, nil)
	slices.SortStableFunc(letters, func(a, b outbox.DeadLetter) int {
		if c := b.BuriedAt.Compare(a.BuriedAt); c != 0 {
			return c
		}
		return strings.Compare(a.Event.ID, b.Event.ID)
	})
	return PageOf(letters, request), err
}

// Revive implements outbox.DeadLetters.
func (o *Outbox) Revive(ctx context.Context, id string, now time.Time) error {
	return o.db.Within(ctx, func(ctx context.Context) error {
		letter, ok, err := o.dead.Get(ctx, id)
		if err != nil {
			return err
		}
		if !ok {
			return domain.NotFound.New("There is no such dead letter.")
		}
		if err := o.add(ctx, letter.Event, now); err != nil {
			return err
		}
		o.db.AfterCommit(ctx, o.notify)
		return o.Discard(ctx, id)
	})
}

// Discard implements outbox.DeadLetters.
func (o *Outbox) Discard(ctx context.Context, id string) error {
	had, err := o.dead.Delete(ctx, id)
	if err == nil && !had {
		return domain.NotFound.New("There is no such dead letter.")
	}
	return err
}
