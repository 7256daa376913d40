package query

import (
	"math"
	"slices"

	"github.com/docsteward/docsteward/domain/span"
)

// Answerable is the confidence from which a question counts as answered. It was
// chosen on the tuning part of the questions in examples/eval.
const Answerable = 0.71

// Bounds of an answer.
const (
	maxSentences = 4
	// considered is how many passages sentences are chosen from.
	considered = 5
	// worthwhile is the share of the best sentence's score that another one needs.
	worthwhile = 0.6
	// elsewhere is the share that one of another passage needs.
	elsewhere = 0.8
	// goodScore is the share of the weight of the terms that the score of a passage
	// that answers comes to.
	goodScore = 0.8
	// beside is what is left of the confidence where the passage does not speak of
	// what the question is after.
	beside = 0.8
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

// confidence combines how much of the question the best passage covers, and how
// much the chosen sentences do under their headings, with how near the passage's
// score comes to a good one.
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
	rank := math.Min(1, best.Score/(goodScore*total))
	confidence := 0.6*(0.5*best.Coverage+0.5*said/total) + 0.4*rank
	if c.question.Focused && !c.question.Terms[0].spokenOf(*best) {
		confidence *= beside
	}
	return confidence
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
