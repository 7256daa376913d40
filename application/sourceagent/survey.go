package sourceagent

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
	port "github.com/docsteward/docsteward/ports/source"
)

// survey is what a look at a source found, beside what was known of it.
type survey struct {
	plan source.Plan
	// moves maps the new path of a renamed file to what was known of it. Such
	// files are not among the added or removed.
	moves  map[string]source.Record
	listed map[string]source.Item
	// renamed are the files of moves as they are now, by path.
	renamed []source.Change
	faults  []source.Trouble
}

// survey lists a source and compares. Only files that may be renamed ones are
// read: new ones of the same size as one that is gone.
func (s *service) survey(ctx context.Context, open port.Source, records []source.Record) (survey, error) {
	found := survey{listed: map[string]source.Item{}}
	var items []source.Item
	var unlisted []string
	for item, err := range open.List(ctx) {
		switch {
		case ctx.Err() != nil:
			return found, domain.FaultOf(ctx.Err())
		case err != nil && (item.Path == "" || item.Path == "."): // the place as a whole
			return found, err
		case err != nil:
			unlisted = append(unlisted, item.Path)
			found.faults = append(found.faults, source.TroubleOf(item.Path, err))
			continue
		}
		items = append(items, item)
		found.listed[item.Path] = item
	}
	if ctx.Err() != nil {
		return found, domain.FaultOf(ctx.Err())
	}
	plan, err := source.Compare(records, items)
	if err != nil {
		return found, err
	}
	found.plan = plan.Keep(unlisted)
	return found, found.findMoves(ctx, open)
}

// findMoves takes renamed files out of the added and removed ones.
func (f *survey) findMoves(ctx context.Context, open port.Source) error {
	sizes := make(map[int64]bool)
	for _, c := range f.plan.Removed {
		sizes[c.Before.Size] = true
	}
	var candidates []source.Item
	for _, c := range f.plan.Added {
		if sizes[c.Item.Size] {
			candidates = append(candidates, c.Item)
		}
	}
	hashes := make(map[string]string, len(candidates))
	for i, read := range readAhead(ctx, open, candidates) {
		if read.err == nil { // one that cannot be read is met again, and told of, when it is to be stored
			hashes[candidates[i].Path] = source.HashOf(read.data)
		}
	}
	if ctx.Err() != nil {
		return domain.FaultOf(ctx.Err())
	}
	f.moves = source.Moves(f.plan, hashes)
	from := make(map[string]bool, len(f.moves))
	for _, before := range f.moves {
		from[before.Path] = true
	}
	var added, removed []source.Change
	for _, c := range f.plan.Added {
		if before, moved := f.moves[c.Item.Path]; moved {
			f.renamed = append(f.renamed, source.Change{Item: c.Item, Before: before})
		} else {
			added = append(added, c)
		}
	}
	for _, c := range f.plan.Removed {
		if !from[c.Item.Path] {
			removed = append(removed, c)
		}
	}
	f.plan.Added, f.plan.Removed = added, removed
	return nil
}
