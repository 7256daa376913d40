package docstoremem

import (
	"math"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/document"
)

// meetsFrame reports whether a version meets what a search asks besides words.
func meetsFrame(v document.Version, s document.Search) bool {
	valid := v.ValidTo.IsZero()
	if !s.AsOf.IsZero() {
		valid = validAt(v, s.AsOf)
	}
	if !valid || v.Deletion {
		return false
	}
	if v.ValidFrom.Before(s.From) || !s.Until.IsZero() && !v.ValidFrom.Before(s.Until) {
		return false
	}
	for key, values := range s.Fields {
		for _, value := range values {
			if !meetsField(v.Metadata, key, value) {
				return false
			}
		}
	}
	return true
}

func meetsField(m document.Metadata, key, value string) bool {
	if key == "path" {
		path, _ := m[key].(string)
		return path != "" && (path == value || strings.HasPrefix(path, strings.TrimSuffix(value, "/")+"/"))
	}
	return slices.Contains(m.Texts(key), value)
}

// Parameters of Okapi BM25 (Robertson and Zaragoza, The Probabilistic Relevance
// Framework, 2009), and the weight of a word in the title.
const (
	saturation  = 1.2
	lengthShare = 0.75
	titleWeight = 5
)

// rank returns the candidates that meet the clauses, with their scores: the sum
// of BM25 over the clauses. Where any clause suffices the score is how many are
// met, and BM25 squeezed below 1.
func rank(candidates []candidate, s document.Search) []candidate {
	matches := make([][]float64, len(candidates))
	holders := make([]float64, len(s.Clauses))
	var length float64
	for i, c := range candidates {
		length += float64(len(c.words.title) + len(c.words.content))
		matches[i] = make([]float64, len(s.Clauses))
		for j, clause := range s.Clauses {
			if matches[i][j] = frequency(c.words, clause); matches[i][j] > 0 {
				holders[j]++
			}
		}
	}
	mean := max(length/float64(max(len(candidates), 1)), 1)
	var kept []candidate
	for i, c := range candidates {
		if meetsClauses(matches[i], s) {
			c.score = score(matches[i], holders, float64(len(candidates)), float64(len(c.words.title)+len(c.words.content))/mean, s)
			kept = append(kept, c)
		}
	}
	return kept
}

func meetsClauses(frequencies []float64, s document.Search) bool {
	wanted, met := 0, 0
	for j, clause := range s.Clauses {
		switch {
		case clause.Exclude && frequencies[j] > 0:
			return false
		case !clause.Exclude:
			wanted++
			if frequencies[j] > 0 {
				met++
			}
		}
	}
	return met == wanted || s.Any && met > 0
}

func score(frequencies, holders []float64, total, length float64, s document.Search) float64 {
	var sum, met float64
	for j, clause := range s.Clauses {
		f := frequencies[j]
		if clause.Exclude || f == 0 {
			continue
		}
		met++
		idf := math.Log(1 + (total-holders[j]+0.5)/(holders[j]+0.5))
		sum += idf * f * (saturation + 1) / (f + saturation*(1-lengthShare+lengthShare*length))
	}
	if s.Any {
		return met + sum/(1+sum)
	}
	return sum
}

// frequency counts how often a clause is met, weighing the title.
func frequency(w words, c document.Clause) float64 {
	f := titleWeight * occurrences(w.title, c)
	if !c.Title {
		f += occurrences(w.content, c)
	}
	return f
}

func occurrences(text []string, c document.Clause) float64 {
	n := 0.0
	last := len(c.Words) - 1
	for i := 0; i+last < len(text); i++ {
		at := text[i : i+last+1]
		if slices.Equal(at[:last], c.Words[:last]) && (at[last] == c.Words[last] || c.Prefix && strings.HasPrefix(at[last], c.Words[last])) {
			n++
		}
	}
	return n
}
