package claim

import (
	"regexp"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// filled is what a program fills in: verbs of printf, braces, variables of shells.
var filled = regexp.MustCompile(`%(?:\[\d+\])?[-+# 0]*(?:\d+|\*)?(?:\.\d+|\.\*)?[a-zA-Z]|\{[^{}]*\}|\$\{?\w+\}?|%\(\w+\)[a-z]`)

// saying is a message of the code: what it says around what it fills in.
type saying struct {
	// parts are in lower case, with single blanks.
	parts []string
	name  string
}

// sayings finds messages by the longest word of each, and by each of their words.
type sayings struct {
	all       []saying
	byLongest map[string][]int32
	byWord    map[string][]int32
}

// learnMessages notes the messages of the code that have enough words to be told
// from each other.
func (p *Project) learnMessages() {
	p.messages.byLongest, p.messages.byWord = map[string][]int32{}, map[string][]int32{}
	for _, name := range p.index.Names(code.Message) {
		var parts, words []string
		for _, part := range filled.Split(strings.ToLower(name), -1) {
			if part = strings.Trim(part, " \t\"'`:.,!\\[]()"); part == "" {
				continue
			}
			parts = append(parts, part)
			words = append(words, plainWords(part)...)
		}
		if len(words) >= fewestWords {
			p.messages.add(saying{parts, name}, words)
		}
	}
}

func (s *sayings) add(one saying, words []string) {
	at := int32(len(s.all))
	s.all = append(s.all, one)
	longest := longestOf(words)
	s.byLongest[longest] = append(s.byLongest[longest], at)
	slices.Sort(words)
	for _, word := range slices.Compact(words) {
		s.byWord[word] = append(s.byWord[word], at)
	}
}

// longestOf returns the first of the longest words.
func longestOf(words []string) string {
	longest := ""
	for _, word := range words {
		if len(word) > len(longest) {
			longest = word
		}
	}
	return longest
}

// find returns the message of the code that a text is, or quotes, or holds.
func (s *sayings) find(text string) (string, bool) {
	text = strings.ToLower(text)
	words := plainWords(text)
	for _, word := range words {
		for _, at := range s.byLongest[word] {
			if one := &s.all[at]; one.within(text) {
				return one.name, true
			}
		}
	}
	for _, at := range s.byWord[longestOf(words)] {
		if one := &s.all[at]; one.holds(text) {
			return one.name, true
		}
	}
	return "", false
}

// within reports whether a text has the parts in their order, as a message does that
// others wrap.
func (s *saying) within(text string) bool {
	for _, part := range s.parts {
		at := strings.Index(text, part)
		if at < 0 {
			return false
		}
		text = text[at+len(part):]
	}
	return true
}

// holds reports whether one of the parts has the whole text, as where a page quotes
// a piece.
func (s *saying) holds(text string) bool {
	text = strings.Trim(text, " .,:!\"'")
	return slices.ContainsFunc(s.parts, func(part string) bool { return strings.Contains(part, text) })
}

// holdsMessage also knows a message that others wrap, and a piece of one.
func (p *Project) holdsMessage(c *Claim) (found, bool) {
	name, ok := p.messages.find(c.Name)
	if !ok {
		return found{}, false
	}
	return found{p.index.Find(code.Message, name), "The code says so."}, true
}

// byText is what a message weighs that differs from one of the code by little: as
// long a text is hardly another's.
const byText = 0.65

// message weighs a text that the code does not say but for a word or two.
func (c *court) message(one *Claim, s *support) {
	words := plainWords(one.Name)
	if len(words) < 5 {
		return
	}
	near, ok := c.project.index.Nearest(code.Message, one.Name)
	if !ok {
		return
	}
	others, shared := plainWords(near), 0
	for _, word := range words {
		if slices.Contains(others, word) {
			shared++
		}
	}
	if 2*shared*5 >= 4*(len(words)+len(others)) { // Dice of 0.8
		s.nearest = near
		s.add(byText, "it is almost %q", near)
	}
}
