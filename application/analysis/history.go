package analysis

import (
	"context"
	"strings"

	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/facts"
	"github.com/docsteward/docsteward/ports/source"
)

// Bounds of what is looked up in the history.
const (
	// shortestLookup is the shortest text that is worth looking for: shorter ones
	// stand in every file.
	shortestLookup = 4
	// mostLookups bounds the names that one check looks up.
	mostLookups = 2000
)

// named is a name that pages claim and the code does not have.
type named struct {
	kind code.Kind
	name string
}

// history answers from what was looked up for all missing names at once.
type history map[named]claim.Removal

// Existed tells how a name went.
func (h history) Existed(kind code.Kind, name string) (claim.Removal, bool) {
	removal, ok := h[named{kind, name}]
	return removal, ok
}

// lookBack looks up every claimed name that the code does not have. A project whose
// history cannot be read has none.
func (p *project) lookBack(ctx context.Context, extractor facts.Extractor, index *code.Index, pages []claim.Claimed) history {
	missing := make(map[named]string)
	var texts []string
	for _, page := range pages {
		for _, one := range page.Claims {
			key := named{one.Kind, one.Name}
			text := textOf(one.Kind, one.Name)
			if one.Reason != "" || len(text) < shortestLookup || missing[key] != "" || index.Has(one.Kind, one.Name) || len(texts) >= mostLookups {
				continue
			}
			missing[key] = text
			texts = append(texts, text)
		}
	}
	removals, err := p.Removals(ctx, texts)
	if err != nil {
		return nil
	}
	known := make(history)
	for key, text := range missing {
		if removal, found := removals[text]; found {
			if r, ok := confirm(ctx, extractor, index, key, removal); ok {
				known[key] = r
			}
		}
	}
	return known
}

// textOf is how source code spells a name.
func textOf(kind code.Kind, name string) string {
	switch kind {
	case code.Flag, code.Variable, code.File, code.Target, code.Message:
		return name
	case code.Endpoint:
		_, route, _ := strings.Cut(name, " ")
		before, _, _ := strings.Cut(route, "{")
		return before
	case code.Key, code.Symbol:
		return name[strings.LastIndexByte(name, '.')+1:]
	case code.Command:
		return name[strings.LastIndexByte(name, ' ')+1:]
	}
	return "" // ports and versions are not names of their own
}

// confirm makes sure that the removed text was a fact of that kind, and names the
// one fact that came in its place, where there is one that the code still has.
func confirm(ctx context.Context, extractor facts.Extractor, index *code.Index, key named, r source.Removal) (claim.Removal, bool) {
	removal := claim.Removal{Commit: r.Commit, Date: r.At}
	if key.kind == code.File {
		return removal, r.Path == key.name
	}
	if !extractor.Reads(r.Path) {
		return claim.Removal{}, false
	}
	before, err := extractor.Extract(ctx, r.Path, r.Before)
	if err != nil || !code.NewIndex(before).Has(key.kind, key.name) {
		return claim.Removal{}, false
	}
	after, err := extractor.Extract(ctx, r.Path, r.After)
	if err != nil {
		return removal, true
	}
	removal.Successor = successor(index, key, before, after)
	return removal, true
}

// successor is the name that the same change brought in: the only one of its kind,
// or the one that is clearly nearest.
func successor(index *code.Index, key named, before, after []code.Fact) string {
	had, has := code.NewIndex(before), code.NewIndex(after)
	var added []code.Fact
	removed := 0
	for _, name := range had.Names(key.kind) {
		if !has.Has(key.kind, name) {
			removed++
		}
	}
	for _, name := range has.Names(key.kind) {
		if !had.Has(key.kind, name) && index.Has(key.kind, name) {
			added = append(added, code.Fact{Kind: key.kind, Name: name})
		}
	}
	if len(added) == 1 && removed == 1 {
		return added[0].Name
	}
	name, _ := code.NewIndex(added).Nearest(key.kind, key.name)
	return name
}
