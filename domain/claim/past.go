package claim

import (
	"bytes"
	"regexp"
)

var (
	// pastWords begin where a word of pastStarts does.
	pastWords = regexp.MustCompile(`(?i)^(?:no longer|removed?|removal|deprecated?|deprecat(?:es|ion|ing)|renamed?|replaced|replaces|superseded|used to|instead of|formerly|previously|was called|were called|obsoleted?|dropped|drops|not supported|unsupported|isn't supported|does not exist|doesn't exist|do not exist|there (?:is|are) no|not (?:yet )?(?:implemented|available)|discontinued|prior to|before v?\d|until v?\d|older versions?|earlier versions?|legacy|retired|migrat\w*|breaking change|upgrade from|changed (?:from|to|in)|now (?:called|named)|planned|proposed|proposal|will be (?:added|introduced)|in the future|future version|hypothetical|imagine|(?:creat|introduc)(?:es?|ing) (?:a|the|this|another) new (?:[a-z]+ )?files?|add(?:s|ing)? (?:a|the|this|another) new (?:[a-z]+ )?files?|up to (?:version )?v?\d|in v?\d+(?:\.\d+)+ and (?:earlier|older|below))\b`)
	pastHeads = regexp.MustCompile(`(?i)\b(?:change ?log|changes|release notes?|releases?|history|deprecat\w*|removed|removal|migrat\w*|upgrad\w*|breaking|obsolete|legacy|what's new|roadmap|future work|proposal|alternatives?|comparison|related projects?|similar)\b|^\[?(?:v\d+\.\d+|\d+\.\d+\.\d+|\d+\.\d+\]?\s*(?:[-–(/]|$))`)
)

// pastSentence is why a sentence does not say what is true now; empty when it may.
func pastSentence(text []byte) string {
	for at := 0; at < len(text); at++ {
		if !isLetter(text[at]) || at > 0 && isWord(text[at-1]) {
			continue
		}
		end := at + 1
		for end < len(text) && isLetter(text[end]) {
			end++
		}
		if startsPast(text[at:end]) {
			if m := pastWords.Find(text[at:]); m != nil {
				return "The sentence speaks of another time (" + string(bytes.ToLower(m)) + ")."
			}
		}
		at = end - 1
	}
	return ""
}

// pastStarts are the words that a phrase of pastWords can begin with. Looking for
// them first spares running the expression at every byte. Never written.
var pastStarts = setOf(`no remove removed removal rename renamed replaced replaces superseded used instead formerly previously was were obsolete
	obsoleted dropped drops not unsupported isn does doesn do there discontinued prior before until older earlier legacy retired breaking upgrade
	changed now planned proposed proposal will in future hypothetical imagine up create creates creating introduce introduces introducing add adds adding`)

func startsPast(word []byte) bool {
	var lower [12]byte
	if len(word) > len(lower) {
		word = word[:len(lower)]
	}
	low := lower[:copy(lower[:], word)]
	for i, c := range low {
		if c >= 'A' && c <= 'Z' {
			low[i] = c + 'a' - 'A'
		}
	}
	return pastStarts[string(low)] || bytes.HasPrefix(low, []byte("deprecat")) || bytes.HasPrefix(low, []byte("migrat"))
}

// pastTitle is why a section does not say what is true now; empty when it may.
func pastTitle(text string) string {
	if len(text) < 200 && pastHeads.MatchString(text) {
		return "The section " + text + " speaks of another time."
	}
	return ""
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isWord(c byte) bool { return isLetter(c) || c == '_' || c >= '0' && c <= '9' }
