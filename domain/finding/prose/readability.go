package prose

import (
	"math"
	"strings"
	"unicode"
)

// Counts are what readability formulas count in a text.
type Counts struct {
	// Sentences and Words; Letters and digits; Syllables; Complex words of three
	// syllables or more.
	Sentences, Words, Letters, Syllables, Complex int
}

// Count counts a plain text. Sentences end at . ! or ? before white space.
func Count(text string) Counts {
	var c Counts
	for _, sentence := range Sentences(text) {
		words := wordsOf(sentence)
		if len(words) == 0 {
			continue
		}
		c.Sentences++
		for _, word := range words {
			syllables := Syllables(word)
			c.Words++
			c.Syllables += syllables
			if syllables >= 3 {
				c.Complex++
			}
			for _, r := range word {
				if unicode.IsLetter(r) || unicode.IsDigit(r) {
					c.Letters++
				}
			}
		}
	}
	return c
}

// ReadingEase is Flesch's reading ease: 206.835 - 1.015 words/sentence - 84.6
// syllables/word (Flesch 1948). 100 is very easy, 0 very hard; 0 for no words.
func (c Counts) ReadingEase() float64 {
	if c.Words == 0 {
		return 0
	}
	return 206.835 - 1.015*c.perSentence() - 84.6*c.perWord(c.Syllables)
}

// Grade is the Flesch-Kincaid grade: 0.39 words/sentence + 11.8 syllables/word
// - 15.59 (Kincaid et al. 1975); 0 for no words.
func (c Counts) Grade() float64 {
	if c.Words == 0 {
		return 0
	}
	return 0.39*c.perSentence() + 11.8*c.perWord(c.Syllables) - 15.59
}

// Fog is Gunning's fog index: 0.4 (words/sentence + 100 complex/words)
// (Gunning 1952); 0 for no words.
func (c Counts) Fog() float64 {
	if c.Words == 0 {
		return 0
	}
	return 0.4 * (c.perSentence() + 100*c.perWord(c.Complex))
}

// SMOG is McLaughlin's grade: 1.0430 sqrt(30 complex/sentences) + 3.1291
// (McLaughlin 1969); 0 for no sentences.
func (c Counts) SMOG() float64 {
	if c.Sentences == 0 {
		return 0
	}
	return 1.0430*math.Sqrt(30*float64(c.Complex)/float64(c.Sentences)) + 3.1291
}

// ARI is the automated readability index: 4.71 letters/word + 0.5
// words/sentence - 21.43 (Senter and Smith 1967); 0 for no words.
func (c Counts) ARI() float64 {
	if c.Words == 0 {
		return 0
	}
	return 4.71*c.perWord(c.Letters) + 0.5*c.perSentence() - 21.43
}

// ColemanLiau is 0.0588 letters per 100 words - 0.296 sentences per 100 words
// - 15.8 (Coleman and Liau 1975); 0 for no words.
func (c Counts) ColemanLiau() float64 {
	if c.Words == 0 {
		return 0
	}
	return 0.0588*100*c.perWord(c.Letters) - 0.296*100*c.perWord(c.Sentences) - 15.8
}

func (c Counts) perSentence() float64 { return float64(c.Words) / float64(max(c.Sentences, 1)) }

func (c Counts) perWord(n int) float64 { return float64(n) / float64(c.Words) }

// Sentences splits a text after . ! or ? before white space and a capital, a
// digit or a quotation mark, so that "e.g. this" stays whole.
func Sentences(text string) []string {
	var out []string
	runes := []rune(text)
	start := 0
	for i, r := range runes {
		if r != '.' && r != '!' && r != '?' || i+1 < len(runes) && !unicode.IsSpace(runes[i+1]) {
			continue
		}
		next := i + 1
		for next < len(runes) && unicode.IsSpace(runes[next]) {
			next++
		}
		if next < len(runes) && unicode.IsLower(runes[next]) {
			continue
		}
		out = append(out, strings.TrimSpace(string(runes[start:i+1])))
		start = next
	}
	if rest := strings.TrimSpace(string(runes[min(start, len(runes)):])); rest != "" {
		out = append(out, rest)
	}
	return out
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’'
	})
}

// Syllables estimates the syllables of an English word by its groups of vowels:
// an e at the end is silent, as are those of -es and -ed but behind a hiss or a
// t or d, and the vowels of be-ing, cre-ate and i-de-a are spoken apart. It is
// at least 1.
func Syllables(word string) int {
	word = strings.ToLower(word)
	n, vowel := 0, false
	for _, r := range word {
		is := strings.ContainsRune("aeiouyáéíóúäöü", r)
		if is && !vowel {
			n++
		}
		vowel = is
	}
	return max(n-silent(word)+apart(word), 1)
}

// silent counts vowels at the end that are not spoken.
func silent(word string) int {
	stem, ending := word, ""
	for _, e := range []string{"es", "ed", "e"} {
		if cut, ok := strings.CutSuffix(word, e); ok {
			stem, ending = cut, e
			break
		}
	}
	if stem == "" || ending == "" {
		return 0
	}
	last := stem[len(stem)-1]
	switch {
	case strings.IndexByte("aeiouy", last) >= 0:
		return 0 // the e belongs to another group
	case ending == "es" && strings.IndexByte("sxzcgh", last) >= 0, ending == "ed" && strings.IndexByte("td", last) >= 0:
		return 0
	case last == 'l' && len(stem) > 1 && strings.IndexByte("aeiouy", stem[len(stem)-2]) < 0:
		return 0 // ta-ble
	}
	return 1
}

// apart counts pairs of vowels that are two syllables.
func apart(word string) int {
	n := 0
	for _, pair := range []string{"eing", "iate", "eate", "iet", "eo", "uou"} {
		n += strings.Count(word, pair)
	}
	if strings.HasSuffix(word, "ea") && len(word) > 3 || strings.HasSuffix(word, "ia") || strings.HasSuffix(word, "io") {
		n++
	}
	return n
}
