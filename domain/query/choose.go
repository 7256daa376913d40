package query

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

type composer struct {
	question Question
	weights  []float64
}

// candidate is a unit of a passage that may be quoted.
type candidate struct {
	ranked *Ranked
	rank   int
	index  int
	score  float64
}

func (c candidate) unit() *Unit { return &c.ranked.Passage.Units[c.index] }

func (c candidate) sentence() Sentence {
	u := c.unit()
	return Sentence{Source: c.ranked.Source, Start: u.Start, End: u.End, Text: u.Text, Headings: c.ranked.Passage.Headings, Code: u.Code}
}

// choose picks the sentences that say most about the question, and what they lead
// to; those of one passage in their order.
func (c composer) choose(ranked []Ranked) []candidate {
	var all []candidate
	for i := range ranked {
		for k := range ranked[i].Passage.Units {
			all = append(all, candidate{ranked: &ranked[i], rank: i, index: k, score: c.score(ranked, i, k)})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	var chosen []candidate
	for _, u := range all {
		if len(chosen) >= maxSentences || len(chosen) > 0 && u.score < worthwhile*chosen[0].score {
			break
		}
		if len(chosen) > 0 && u.rank != chosen[0].rank && u.score < elsewhere*chosen[0].score {
			continue
		}
		for _, next := range u.lead() {
			if !slices.ContainsFunc(chosen, next.repeats) {
				chosen = append(chosen, next)
			}
		}
	}
	if len(chosen) == 0 {
		return nil
	}
	best := chosen[0].rank
	slices.SortStableFunc(chosen, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(place(a.rank, best), place(b.rank, best)), cmp.Compare(a.index, b.index))
	})
	return chosen
}

// lead is the unit and, where it ends with a colon, what it leads to: a piece of
// code, or up to three of the blocks behind it.
func (c candidate) lead() []candidate {
	units := c.ranked.Passage.Units
	led := []candidate{c}
	if !strings.HasSuffix(c.unit().Text, ":") {
		return led
	}
	for next := c; len(led) < 4 && next.index+1 < len(units); {
		next.index++
		led = append(led, next)
		if next.unit().Code {
			break
		}
	}
	return led
}

// repeats reports whether two units say nearly the same.
func (c candidate) repeats(other candidate) bool {
	a, b := c.unit(), other.unit()
	return a == b || dice(a.tokens, b.tokens) > 0.8
}

// place puts the passage of the best sentence before the others.
func place(rank, best int) int {
	if rank == best {
		return -1
	}
	return rank
}

// score is the weighted share of the terms that the sentence speaks of, with a
// part for its headings, for its passage, and for being of the type asked for.
func (c composer) score(ranked []Ranked, rank, index int) float64 {
	r := &ranked[rank]
	u := &r.Passage.Units[index]
	own, total := 0.0, 0.0
	for i, t := range c.question.Terms {
		said, _ := t.mentions(u.tokens)
		above, _ := t.mentions(r.Passage.leaf)
		own += c.weights[i] * math.Max(math.Min(said, 1), 0.5*math.Min(above, 1))
		total += c.weights[i]
	}
	if total == 0 {
		return 0
	}
	score := own / total
	if len(u.tokens) < 4 && !u.Code {
		score *= 0.7 // a fragment tells little by itself
	}
	switch {
	case c.question.Type == Definition && c.defines(r.Passage, u):
		score *= 1.5
	case fits(c.question.Type, r.Passage, index):
		score *= 1.15
	}
	if index == 0 {
		score *= 1.05 // the first sentence under a heading states its matter
	}
	return score * r.Score / ranked[0].Score
}

// defines reports whether a sentence begins by saying what the first term is, or
// stands first beneath a heading that is the term and no more.
func (c composer) defines(p *Passage, u *Unit) bool {
	term := c.question.Terms[0]
	if u == &p.Units[0] && len(p.leaf) == len(term.Stems) && term.standsAt(p.leaf, 0) {
		return true
	}
	for i := range min(3, len(u.tokens)) {
		if after := i + len(term.Stems); term.standsAt(u.tokens, i) && after < len(u.tokens) {
			return u.tokens[after] == "is" || u.tokens[after] == "ar"
		}
	}
	return false
}

// fits reports whether a unit is of the kind that the question asks for.
func fits(t Type, p *Passage, index int) bool {
	u := &p.Units[index]
	switch t {
	case Quantity:
		return strings.ContainsAny(u.Text, "0123456789")
	case HowTo:
		return u.Code || index+1 < len(p.Units) && p.Units[index+1].Code
	case Reason:
		return holdsAny(u.tokens, "becaus", "sinc", "due", "reason", "therefor", "avoid", "prevent")
	case Definition:
		return holdsAny(u.tokens, "is", "ar", "refer", "mean")
	case Time:
		return holdsAny(u.tokens, "when", "after", "befor", "onc", "until")
	}
	return false
}

func holdsAny(tokens []string, stems ...string) bool {
	return slices.ContainsFunc(tokens, func(t string) bool { return slices.Contains(stems, t) })
}
