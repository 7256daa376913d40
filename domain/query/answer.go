package query

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/span"
)

// Answerable is the confidence from which a question counts as answered. It was
// chosen on the tuning part of the questions in examples/eval.
const Answerable = 0.62

// Bounds of an answer.
const (
	maxSentences = 4
	// considered is how many passages sentences are chosen from.
	considered = 5
	// worthwhile is the share of the best sentence's score that another one needs.
	worthwhile = 0.6
)

// Sentence is a sentence of an answer with the place it is quoted from.
type Sentence struct {
	// Source is the document, Start and End bound the quotation in its content.
	Source     *Source
	Start, End int
	// Text is what a reader sees of the quotation.
	Text string
	// Headings are those above it.
	Headings []string
	// Code is set where it is a piece of code.
	Code bool
}

// Cite returns the sentence with its evidence.
func (s Sentence) Cite() Cited {
	where := span.Of([]byte(s.Source.Content), s.Start, s.End)
	where.Document, where.Version = s.Source.Document, s.Source.Version
	return Cited{
		Text: s.Text, Quote: s.Source.Content[s.Start:s.End], Span: where, Title: s.Source.Title, Headings: s.Headings, Code: s.Code,
	}
}

// Answer is what was found.
type Answer struct {
	// Sentences are quotations, the most telling passage first; none where the
	// question was not answered.
	Sentences []Sentence
	// Confidence that the sentences answer the question, 0 to 1.
	Confidence float64
	// Missing are the terms, as asked, that nothing near the best passage speaks of.
	Missing []string
	// Nearest are the best passages' sources, the best first, each once.
	Nearest []*Source
}

// Found reports whether the question was answered.
func (a Answer) Found() bool { return len(a.Sentences) > 0 }

// Compose chooses the sentences that answer the question from ranked passages, or
// none where the confidence stays below Answerable.
func Compose(q Question, ranked []Ranked, s Statistics) Answer {
	var answer Answer
	for _, r := range ranked {
		if !slices.Contains(answer.Nearest, r.Source) && len(answer.Nearest) < considered {
			answer.Nearest = append(answer.Nearest, r.Source)
		}
	}
	c := composer{question: q, weights: s.weights(q)}
	chosen := c.choose(ranked[:min(len(ranked), considered)])
	answer.Missing = c.missing(ranked)
	answer.Confidence = c.confidence(ranked, chosen)
	if answer.Confidence >= Answerable {
		for _, u := range chosen {
			answer.Sentences = append(answer.Sentences, u.sentence())
		}
	}
	return answer
}

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

// choose picks the sentences that say most about the question, those of one
// passage in their order.
func (c composer) choose(ranked []Ranked) []candidate {
	var all []candidate
	for i := range ranked {
		for k := range ranked[i].Passage.Units {
			all = append(all, candidate{ranked: &ranked[i], rank: i, index: k, score: c.score(ranked, i, k)})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	var chosen []candidate
	said := map[string]bool{}
	for _, u := range all {
		if len(chosen) == maxSentences || len(chosen) > 0 && u.score < worthwhile*chosen[0].score {
			break
		}
		if text := strings.ToLower(u.unit().Text); !said[text] {
			said[text] = true
			chosen = append(chosen, u)
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
	if fits(c.question.Type, r.Passage, index) {
		score *= 1.15
	}
	if index == 0 {
		score *= 1.05 // the first sentence under a heading states its matter
	}
	return score * r.Score / ranked[0].Score
}

// confidence combines how much of the question the best passage covers with how
// much the chosen sentences do under their headings.
func (c composer) confidence(ranked []Ranked, chosen []candidate) float64 {
	if len(chosen) == 0 {
		return 0
	}
	best := chosen[0].ranked
	for _, u := range chosen {
		if u.rank < chosen[0].rank {
			best = u.ranked
		}
	}
	said, total := 0.0, 0.0
	title := stems(best.Source.Title)
	for i, t := range c.question.Terms {
		most := 0.0
		for _, u := range chosen {
			if u.ranked == best {
				count, _ := t.mentions(u.unit().tokens)
				most = math.Max(most, math.Min(count, 1))
			}
		}
		above, _ := t.mentions(best.Passage.headings)
		named, _ := t.mentions(title)
		most = math.Max(most, 0.9*math.Min(1, math.Max(above, named)))
		said += c.weights[i] * most
		total += c.weights[i]
	}
	if total == 0 {
		return 0
	}
	return 0.5*best.Coverage + 0.5*said/total
}

// missing returns the terms that the best passage does not speak of.
func (c composer) missing(ranked []Ranked) []string {
	var missing []string
	for _, t := range c.question.Terms {
		if len(ranked) == 0 || !t.spokenOf(ranked[0]) {
			missing = append(missing, t.Text)
		}
	}
	return missing
}

func (t Term) spokenOf(r Ranked) bool {
	for _, tokens := range [...][]string{r.Passage.tokens, r.Passage.headings, stems(r.Source.Title)} {
		if count, _ := t.mentions(tokens); count > 0 {
			return true
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
		return holdsAny(u.tokens, "is", "ar", "refer", "i")
	case Time:
		return holdsAny(u.tokens, "when", "after", "befor", "onc", "until")
	}
	return false
}

func holdsAny(tokens []string, stems ...string) bool {
	return slices.ContainsFunc(tokens, func(t string) bool { return slices.Contains(stems, t) })
}
