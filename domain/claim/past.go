package claim

import (
	"bytes"
	"regexp"
)

var (
	pastWords = regexp.MustCompile(`(?i)\b(?:no longer|removed?|removal|deprecated?|deprecat(?:es|ion|ing)|renamed?|replaced|replaces|superseded|used to|instead of|formerly|previously|was called|were called|obsoleted?|dropped|drops|not supported|unsupported|isn't supported|does not exist|doesn't exist|do not exist|there (?:is|are) no|not (?:yet )?(?:implemented|available)|discontinued|prior to|before v?\d|until v?\d|older versions?|earlier versions?|legacy|retired|migrat\w*|breaking change|upgrade from|changed (?:from|to|in)|now (?:called|named)|planned|proposed|proposal|will be (?:added|introduced)|in the future|future version|hypothetical|imagine|up to (?:version )?v?\d|in v?\d+(?:\.\d+)+ and (?:earlier|older|below))\b`)
	pastHeads = regexp.MustCompile(`(?i)\b(?:change ?log|changes|release notes?|releases?|history|deprecat\w*|removed|removal|migrat\w*|upgrad\w*|breaking|obsolete|legacy|what's new|roadmap|future work|proposal|alternatives?|comparison|related projects?|similar)\b|^\[?(?:v\d+\.\d+|\d+\.\d+\.\d+|\d+\.\d+\]?\s*(?:[-–(/]|$))`)
)

// pastSentence is why a sentence does not say what is true now; empty when it may.
func pastSentence(text []byte) string {
	if m := pastWords.Find(text); m != nil {
		return "The sentence speaks of another time (" + string(bytes.ToLower(m)) + ")."
	}
	return ""
}

// pastTitle is why a section does not say what is true now; empty when it may.
func pastTitle(text string) string {
	if len(text) < 200 && pastHeads.MatchString(text) {
		return "The section " + text + " speaks of another time."
	}
	return ""
}
