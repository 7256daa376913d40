package main

import (
	"bytes"
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/finding/drift"
)

// sampledHolds and sampledOpen are how many claims that hold, and that are left
// open, are drawn of all modules together, each module giving the same part.
const (
	sampledHolds = 120
	sampledOpen  = 60
)

// sampleSeed makes a sample the same whenever it is drawn.
const sampleSeed = "docsteward"

// printSample draws claims of the modules held back, to be read by hand: every alarm,
// and of the others by the order of their hashes. What was read before keeps its
// label; the label of the others is a question mark.
func printSample(ctx context.Context, out io.Writer) error {
	readings, err := readReadings()
	if err != nil {
		return err
	}
	for _, module := range heldBackModules {
		name, _, _ := strings.Cut(module, "@")
		folder, err := moduleFolder(ctx, module)
		if err != nil {
			return err
		}
		d, err := loadModule(folder, name)
		if err != nil {
			return err
		}
		pages, err := d.pages(ctx)
		if err != nil {
			return err
		}
		index, err := d.index(ctx)
		if err != nil {
			return err
		}
		short := strings.TrimPrefix(name, "github.com/")
		for _, r := range draw(d.readable(short, judge(pages, index, d.options()))) {
			if old := slices.IndexFunc(readings, r.same); old >= 0 {
				r.hand, r.note = readings[old].hand, readings[old].note
			}
			fmt.Fprintln(out, r)
		}
	}
	return nil
}

// readable lists what is said of the claims of the pages, each place once.
func (d *documented) readable(module string, pages []judged) []reading {
	var all []reading
	seen := make(map[string]bool)
	for _, p := range pages {
		content := d.files[p.page.Path]
		for _, v := range p.verdicts {
			if _, told := drift.RuleOf(v); v.Drifted() && !told {
				continue // a link that leads nowhere, which another rule tells
			}
			r := reading{
				module: module, document: p.page.Path, line: 1 + bytes.Count(content[:v.Claim.Start], []byte("\n")),
				kind: v.Claim.Kind.String(), name: v.Claim.Name, machine: v.State.String(), hand: "?",
			}
			if key := r.place(); !seen[key] {
				seen[key] = true
				all = append(all, r)
			}
		}
	}
	return all
}

// draw takes every alarm and a part of the rest.
func draw(all []reading) []reading {
	slices.SortFunc(all, func(a, b reading) int { return int(int64(a.lot()) - int64(b.lot())) })
	quota := map[string]int{"holds": sampledHolds / len(heldBackModules), "unknown": sampledOpen / len(heldBackModules)}
	var drawn []reading
	for _, r := range all {
		if _, limited := quota[r.machine]; limited {
			if quota[r.machine]--; quota[r.machine] < 0 {
				continue
			}
		}
		drawn = append(drawn, r)
	}
	slices.SortFunc(drawn, func(a, b reading) int { return strings.Compare(a.place(), b.place()) })
	return drawn
}

// lot is the place of a claim in the order of drawing.
func (r reading) lot() uint32 {
	h := fnv.New32a()
	h.Write([]byte(sampleSeed + r.place()))
	return h.Sum32()
}
