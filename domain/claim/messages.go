package claim

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

const (
	// fewestWords is from how many words on a text is one that a program says.
	fewestWords = 3
	// longestMessage is the length in bytes beyond which a text is no single message.
	longestMessage = 180
)

var (
	// announced ends what stands before a message that is quoted.
	announced = regexp.MustCompile(`(?i)\b(?:errors?|messages?|warnings?|log(?:s|ged)?|panics?|fail(?:s|ed|ure)?(?: with)?|complain(?:s|ing)?|report(?:s|ed)?|print(?:s|ed)?|says|saying|reads?)\b[^.!?\x60]{0,40}$`)
	// leveled is a line of a log or of an error, and what is said in it.
	leveled = regexp.MustCompile(`(?m)(?:\b(?:level|lvl)=(?:error|warn|warning|info|fatal|debug)\b[^\n]*?\bmsg="((?:[^"\\\n]|\\.)+)"|(?:^|[ \t\]])(?:ERROR|WARN|WARNING|FATAL|INFO|ERRO|FATA)[:\]]?[ \t]+([^\n]+)|^(?:[\w./-]+: )?(?i:error|fatal|panic|warning): ([^\n]+))`)
	spoken  = regexp.MustCompile(`^[A-Za-z'"(]`)
)

// says reports whether the text right before a span of code announces a message.
func says(before []byte) bool {
	return announced.Match(before)
}

// message reads a text that a program says; false when it is none.
func (r *reader) message(start, end int, s spot) bool {
	start, end = r.trimmed(start, end)
	text := r.content[start:end]
	if len(text) > longestMessage || bytes.ContainsAny(text, "\n|$={}<>") || !spoken.Match(text) || len(plainWords(string(text))) < fewestWords {
		return false
	}
	r.add(code.Message, string(text), start, end, s)
	return true
}

// leveledLines reads what logs and errors say in a block of output.
func (r *reader) leveledLines(start, end int, s spot) {
	for _, m := range leveled.FindAllSubmatchIndex(r.content[start:end], -1) {
		for group := 2; group < len(m); group += 2 {
			if m[group] >= 0 {
				r.message(start+m[group], start+m[group+1], s)
			}
		}
	}
}

// plainWords are the words of a text that are letters alone, in lower case: what is
// filled in seldom is.
func plainWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r != '\'' && (r < 'a' || r > 'z') && r < 0x80 })
}
