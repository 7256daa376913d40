package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxSnippet is the greatest length of a snippet without its marks, in bytes.
const MaxSnippet = 300

// Snippet returns the stretch of content that holds the most words of the
// query, with ** around each of them, on one line. Without a match it is the
// beginning of the content.
func Snippet(content string, q Query) string {
	matches := matchesIn(content, q)
	start := bestWindow(matches)
	if start > MaxSnippet/4 {
		start = wordStart(content, start-MaxSnippet/4)
	} else {
		start = 0
	}
	end := min(start+MaxSnippet, len(content))
	for end < len(content) && end > start && !utf8.RuneStart(content[end]) {
		end--
	}
	var b strings.Builder
	at := start
	for _, m := range matches {
		if m.start < start || m.end > end {
			continue
		}
		b.WriteString(content[at:m.start])
		b.WriteString("**" + content[m.start:m.end] + "**")
		at = m.end
	}
	b.WriteString(content[at:end])
	return strings.Join(strings.Fields(b.String()), " ")
}

// match is a word of the content that a query asks for, as a byte range.
type match struct{ start, end int }

func matchesIn(content string, q Query) []match {
	exact, prefixes := map[string]bool{}, []string{}
	for _, c := range q.Clauses {
		if c.Exclude {
			continue
		}
		for i, word := range c.Words {
			if c.Prefix && i == len(c.Words)-1 {
				prefixes = append(prefixes, word)
				continue
			}
			exact[word] = true
		}
	}
	var found []match
	eachWord(content, func(start, end int) {
		word := strings.ToLower(content[start:end])
		if exact[word] || hasPrefix(word, prefixes) {
			found = append(found, match{start, end})
		}
	})
	return found
}

func hasPrefix(word string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(word, p) {
			return true
		}
	}
	return false
}

// eachWord calls fn with the byte range of every word, as Words splits them.
func eachWord(text string, fn func(start, end int)) {
	start := -1
	for i, r := range text {
		inside := inWord(r)
		switch {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			fn(start, i)
			start = -1
		}
	}
	if start >= 0 {
		fn(start, len(text))
	}
}

// bestWindow returns the start of the match from which most matches lie within
// one snippet.
func bestWindow(matches []match) int {
	best, most := 0, 0
	for i, j := 0, 0; i < len(matches); i++ {
		for j < len(matches) && matches[j].end <= matches[i].start+MaxSnippet*3/4 {
			j++
		}
		if j-i > most {
			best, most = matches[i].start, j-i
		}
	}
	return best
}

// wordStart returns the first position from at on where a word begins.
func wordStart(content string, at int) int {
	for at > 0 && at < len(content) && !utf8.RuneStart(content[at]) {
		at++
	}
	if i := strings.IndexFunc(content[at:], unicode.IsSpace); i >= 0 && i < 40 {
		_, width := utf8.DecodeRuneInString(content[at+i:])
		return at + i + width
	}
	return at
}
