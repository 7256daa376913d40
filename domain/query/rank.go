package query

import (
	"cmp"
	"math"
	"slices"
)

// Source is a document with its passages.
type Source struct {
	// Document is its id; Title, Version and Content are what is cited.
	Document, Title string
	Version         int
	Content         string
	Passages        []Passage
}

// Statistics tells how rare terms are.
type Statistics struct {
	// Documents is how many documents there are.
	Documents int
	// Frequency is in how many documents each term of the question stands, itself
	// or an alternative; in the order of the terms.
	Frequency []int
}

// weight is how much a term tells: the inverse document frequency of Robertson and
// Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, section
// 3.1, kept positive by the added 1. It lies above 0.
func (s Statistics) weight(term int) float64 {
	df := 0.0
	if term < len(s.Frequency) {
		df = float64(s.Frequency[term])
	}
	n := math.Max(float64(s.Documents), df)
	return math.Log(1 + (n-df+0.5)/(df+0.5))
}

// weights returns the weight of every term; an identifier or a phrase in quotes
// counts half as much again, for who spells a name wants that one.
func (s Statistics) weights(q Question) []float64 {
	w := make([]float64, len(q.Terms))
	for i, t := range q.Terms {
		w[i] = s.weight(i)
		if t.Identifier || t.Quoted {
			w[i] *= 1.5
		}
	}
	return w
}

// Parameters of BM25F (Robertson and Zaragoza 2009, section 3.6): k1 saturates the
// frequency, b normalises the length of the body; headings count as several
// mentions, and so does the title of the document.
const (
	saturation     = 1.2
	lengthNorm     = 0.4
	headingMention = 1.5
	leafMention    = 1.5
	titleMention   = 1.0
	// alternative is what a synonym counts beside the word itself.
	alternative = 0.6
	// nearness is the greatest share that the nearness of the terms adds.
	nearness = 0.3
	// likeness is the greatest share that a heading adds that asks the same.
	likeness = 0.25
)

// Ranked is a passage with its standing.
type Ranked struct {
	Source  *Source
	Passage *Passage
	// Score is greater for better passages of one question.
	Score float64
	// Coverage is the weighted share of the terms that the passage, its headings or
	// the title speak of, 0 to 1.
	Coverage float64
}

// Rank orders the passages of the sources, the best first, ties by document and
// place.
func Rank(q Question, sources []*Source, s Statistics) []Ranked {
	r := ranker{question: q, weights: s.weights(q)}
	r.average = averageLength(sources)
	var all []Ranked
	for _, source := range sources {
		title := stems(source.Title)
		for i := range source.Passages {
			if ranked := r.rank(source, &source.Passages[i], title); ranked.Score > 0 {
				all = append(all, ranked)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Ranked) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Source.Document, b.Source.Document))
	})
	return all
}

type ranker struct {
	question Question
	weights  []float64
	average  float64
}

func (r ranker) rank(source *Source, p *Passage, title []string) Ranked {
	ranked := Ranked{Source: source, Passage: p}
	norm := 1 - lengthNorm + lengthNorm*float64(len(p.tokens))/r.average
	met, total := 0.0, 0.0
	var places [][]int
	for i, t := range r.question.Terms {
		body, at := t.mentions(p.tokens)
		headings, _ := t.mentions(p.headings)
		leaf, _ := t.mentions(p.leaf)
		named, _ := t.mentions(title)
		tf := body/norm + headingMention*math.Min(headings, 1) + leafMention*math.Min(leaf, 1) + titleMention*math.Min(named, 1)
		ranked.Score += r.weights[i] * tf / (saturation + tf)
		met += r.weights[i] * math.Min(1, math.Max(math.Max(body, headings), 0.9*named))
		total += r.weights[i]
		if len(at) > 0 {
			places = append(places, at)
		}
	}
	if total > 0 {
		ranked.Coverage = met / total
	}
	ranked.Score *= 1 + nearness*closeness(places) + likeness*dice(r.question.words, p.leaf)
	return ranked
}

// mentions counts how often tokens speak of the term, and returns where. A synonym
// counts as a part of a mention.
func (t Term) mentions(tokens []string) (count float64, at []int) {
	for i := range tokens {
		switch {
		case t.standsAt(tokens, i):
			count++
			at = append(at, i)
		case len(t.Stems) == 1 && slices.Contains(t.Alternatives, tokens[i]):
			count += alternative
			at = append(at, i)
		}
	}
	if exact := slices.ContainsFunc(at, func(i int) bool { return t.standsAt(tokens, i) }); !exact {
		count = math.Min(count, 1.5*alternative)
	}
	return count, at
}

func (t Term) standsAt(tokens []string, i int) bool {
	return i+len(t.Stems) <= len(tokens) && slices.Equal(tokens[i:i+len(t.Stems)], t.Stems)
}

// closeness is the number of terms over the length of the shortest stretch that
// holds all of them, 0 to 1 (the cover of Clarke, Cormack and Tudhope, "Relevance
// ranking for one to three term queries", 2000); 0 for fewer than two.
func closeness(places [][]int) float64 {
	if len(places) < 2 {
		return 0
	}
	next := make([]int, len(places))
	best := math.MaxInt
	for {
		low, high, lowest := math.MaxInt, 0, 0
		for i, at := range places {
			if p := at[next[i]]; p < low {
				low, lowest = p, i
			}
			high = max(high, at[next[i]])
		}
		best = min(best, high-low+1)
		if next[lowest]++; next[lowest] == len(places[lowest]) {
			return math.Min(1, float64(len(places))/float64(best))
		}
	}
}

// dice is twice the number of shared words over the number of words of both (Dice
// 1945), 0 to 1.
func dice(a, b []string) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	left := append(make([]string, 0, len(b)), b...)
	shared := 0
	for _, word := range a {
		if i := slices.Index(left, word); i >= 0 {
			left[i] = ""
			shared++
		}
	}
	return 2 * float64(shared) / float64(len(a)+len(b))
}

func averageLength(sources []*Source) float64 {
	words, passages := 0, 0
	for _, s := range sources {
		for i := range s.Passages {
			words += len(s.Passages[i].tokens)
			passages++
		}
	}
	return math.Max(1, float64(words)/math.Max(1, float64(passages)))
}
