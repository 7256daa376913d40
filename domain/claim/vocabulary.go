package claim

import (
	"bytes"
	"strings"
)

// Vocabulary is the words of the code. A name that stands in the code, though no
// fact tells what it is there, is not called gone. It keeps a hash of each word,
// and of words joined by dots and dashes also the whole. One goroutine writes it;
// afterwards many may read it.
type Vocabulary struct {
	words map[uint64]struct{}
}

// NewVocabulary returns a vocabulary without words.
func NewVocabulary() *Vocabulary { return &Vocabulary{words: map[uint64]struct{}{}} }

// FNV-1a, 64 bits.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// longestWord is the length in bytes beyond which a word is data.
const longestWord = 120

// Add takes in the words of one file of the code.
func (v *Vocabulary) Add(content []byte) {
	declares := false
	for i := 0; i < len(content); {
		if !wordByte(content[i]) {
			if content[i] == '\n' {
				declares = false
			}
			i++
			continue
		}
		start, part := i, i
		quoted := start > 0 && quotes(content[start-1])
		added := quoted && appended(content[:start-1])
		whole, hash := uint64(fnvOffset), uint64(fnvOffset)
		for i < len(content) && (wordByte(content[i]) || joins(content[i]) && i+1 < len(content) && wordByte(content[i+1])) {
			c := content[i]
			if joins(c) {
				if added && c == '.' {
					v.put(whole^addition, i-start)
				}
				v.put(hash, i-part)
				hash, part = fnvOffset, i+1
			} else {
				hash = (hash ^ uint64(c)) * fnvPrime
			}
			whole = (whole ^ uint64(c)) * fnvPrime
			i++
		}
		v.put(hash, i-part)
		if part != start {
			v.put(whole, i-start)
		}
		if declares {
			v.put(hash^declaration, i-part)
		}
		if quoted {
			v.put(whole^opened, i-start)
			if i < len(content) && content[i] == content[start-1] {
				v.put(whole^alone, i-start)
			}
		}
		if added {
			v.put(whole^addition, i-start)
		}
		declares = declares || declaring[string(content[start:i])]
	}
}

const (
	// declaration marks the hash of a word that stands behind declaring on its line,
	// opened that of one that opens a text in quotes, alone that of one that is all of
	// it, and addition that of one that opens a text which is put behind another.
	declaration = 0x9e3779b97f4a7c15
	opened      = 0xc2b2ae3d27d4eb4f
	alone       = 0xa0761d6478bd642f
	addition    = 0xe7037ed1a0b428db
)

// appended reports whether code ends as where it puts a text behind another.
func appended(before []byte) bool {
	before = bytes.TrimRight(before, " \t\n\r")
	return len(before) > 0 && before[len(before)-1] == '+'
}

func quotes(c byte) bool { return c == '"' || c == '\'' || c == '`' }

// Opens reports whether a text in quotes of the code begins with the word.
func (v *Vocabulary) Opens(word string) bool {
	_, found := v.words[hashOf(word)^opened]
	return found
}

// Quotes reports whether a text in quotes of the code is the word and nothing else.
func (v *Vocabulary) Quotes(word string) bool {
	_, found := v.words[hashOf(word)^alone]
	return found
}

// Appends reports whether the code puts a text that begins with the word, up to a
// dot or its end, behind another, as in prefix+"max-size".
func (v *Vocabulary) Appends(word string) bool {
	_, found := v.words[hashOf(word)^addition]
	return found
}

// composed reports whether the code puts the end of a name, from any of its
// separators on, behind a text that it does not tell. An end of one word, such as
// enabled, counts only where the code has the beginning too.
func (v *Vocabulary) composed(name string) bool {
	for at, c := range []byte(name) {
		if c != '.' && c != '-' && c != '_' {
			continue
		}
		if tail := name[at+1:]; (v.Appends(tail) || v.Appends(name[at:])) && (strings.ContainsAny(tail, ".-_") || v.Opens(name[:at])) {
			return true
		}
	}
	return false
}

// declaring are words after which languages declare names. Never written.
var declaring = setOf(`func type const var class def interface struct enum fn function let message service`)

// Declares reports whether the code has the word where names are declared.
func (v *Vocabulary) Declares(word string) bool {
	_, found := v.words[hashOf(word)^declaration]
	return found
}

func (v *Vocabulary) put(hash uint64, length int) {
	if length > 1 && length <= longestWord {
		v.words[hash] = struct{}{}
	}
}

// Has reports whether the code has the word, in this case of letters.
func (v *Vocabulary) Has(word string) bool {
	_, found := v.words[hashOf(word)]
	return found
}

func hashOf(word string) uint64 {
	hash := uint64(fnvOffset)
	for i := range len(word) {
		hash = (hash ^ uint64(word[i])) * fnvPrime
	}
	return hash
}

func wordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func joins(c byte) bool { return c == '.' || c == '-' }

// derived reports whether the code has the end of a variable's name as a name in
// small letters, out of which libraries make variables, or as a text to put behind
// a prefix: APP_DB_MAX_CONNS from max_conns, max-conns or "DB_MAX_CONNS".
func (v *Vocabulary) derived(variable string) bool {
	if _, tail, more := strings.Cut(variable, "_"); more && v.Opens(tail) {
		return true
	}
	rest := strings.ToLower(variable)
	for {
		_, tail, more := strings.Cut(rest, "_")
		if !more || !strings.Contains(tail, "_") {
			return false
		}
		rest = tail
		if v.Has(rest) || v.Has(strings.ReplaceAll(rest, "_", "-")) || v.Has(strings.ReplaceAll(rest, "_", ".")) {
			return true
		}
	}
}
