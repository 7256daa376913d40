package claim

import (
	"bytes"
	"regexp"
	"sort"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/domain/document"
)

// text reads the inline nodes of a block, and returns the reason that its last
// sentence gives for what follows it.
func (r *reader) text(b *document.Block, s spot) string {
	before := len(r.claims)
	sentences := split(r.content, b.Start, b.End)
	for _, child := range b.Children {
		r.inline(child, s, sentences)
	}
	r.defaults(before, sentences)
	if n := len(sentences); n > 0 && bytes.HasSuffix(bytes.TrimRight(b.Source(r.content), " \t\r\n*_"), []byte(":")) {
		return pastSentence(r.content[sentences[n-1].start:sentences[n-1].end])
	}
	return ""
}

func (r *reader) inline(b *document.Block, s spot, sentences []sentence) {
	if s.reason == "" {
		s.reason = sentenceAt(sentences, b.Start).past(r.content)
	}
	switch b.Kind {
	case document.KindCodeSpan:
		if s.place == Prose || s.place == 0 {
			s.place = CodeSpan
		}
		start, end := inner(b)
		if says(r.content[max(0, b.Start-80):b.Start]) && bytes.IndexByte(r.content[start:end], ' ') > 0 && r.message(start, end, s) {
			return
		}
		r.span(start, end, s)
		return
	case document.KindText:
		r.plain(b.Start, b.End, s, sentences)
		return
	case document.KindDeleted:
		s.reason = "The text is struck through."
	case document.KindAutolink, document.KindImage, document.KindInlineHTML, document.KindAnchor:
		return
	case document.KindLink:
		r.link(b, s)
		if s.reason == "" && repository.MatchString(b.Target) {
			s.source = b.Target
		}
	}
	for _, child := range b.Children {
		r.inline(child, s, sentences)
	}
}

// repository is the address of a file or folder in a repository.
var repository = regexp.MustCompile(`^https?://(?:www\.)?((?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/[^/]+/[^/#?]+)/(?:-/)?(?:blob|tree|src)/`)

// link reads a target that is a file below the page.
func (r *reader) link(b *document.Block, s spot) {
	target, _, _ := strings.Cut(b.Target, "#")
	target, _, _ = strings.Cut(target, "?")
	if target == "" || strings.ContainsAny(target, ":<>{}$ ") || strings.HasPrefix(target, "/") || b.Has(document.FlagReference) {
		return
	}
	at := bytes.LastIndex(b.Source(r.content), []byte(target))
	if at < 0 || !pathLike(strings.TrimLeft(target, "./")) {
		return
	}
	s.place = Link
	r.add(code.File, target, b.Start+at, b.Start+at+len(target), s)
}

// sentence is a range of the content and what it says of the past, once asked.
type sentence struct {
	start, end int
	asked      bool
	reason     string
}

func (s *sentence) past(content []byte) string {
	if s == nil {
		return ""
	}
	if !s.asked {
		s.asked, s.reason = true, pastSentence(content[s.start:s.end])
	}
	return s.reason
}

// split cuts text into sentences: at ". ", "! ", "? ", ": " is none.
func split(content []byte, start, end int) []sentence {
	var all []sentence
	from := start
	for i := start; i+1 < end; i++ {
		stop := content[i] == '.' || content[i] == '!' || content[i] == '?'
		if !stop || content[i+1] != ' ' && content[i+1] != '\n' || abbreviation(content[from:i]) {
			continue
		}
		all = append(all, sentence{start: from, end: i + 1})
		from = i + 1
	}
	if from < end {
		all = append(all, sentence{start: from, end: end})
	}
	return all
}

func abbreviation(text []byte) bool {
	for _, a := range [...]string{"e.g", "i.e", "etc", "vs", "approx"} {
		if bytes.HasSuffix(text, []byte(a)) {
			return true
		}
	}
	return false
}

func sentenceAt(all []sentence, offset int) *sentence {
	i := sort.Search(len(all), func(i int) bool { return all[i].end > offset })
	if i == len(all) {
		return nil
	}
	return &all[i]
}

var (
	flagInProse     = regexp.MustCompile(`(?:^|[\s(,/])(--[a-z][a-zA-Z0-9]*(?:[._-][a-zA-Z0-9]+)*)`)
	portInProse     = regexp.MustCompile(`(?i)\bports?\s+(?:number\s+)?(\d{2,5})\b`)
	variableInProse = regexp.MustCompile(`\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b`)
	routeInProse    = regexp.MustCompile(`\b(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS) (/[^\s,;"'\x60)]*)`)
	urlInProse      = regexp.MustCompile(`\bhttps?://[^\s"'\x60<>)\]]+`)
	needsVersion    = regexp.MustCompile(`(?i)\b(go|golang|node(?:\.?js)?|python|java|rust|php|ruby)\s+(?:version\s+)?(?:>=\s*|v)?(\d+(?:\.\d+){1,2})(\s*\+|\s+(?:or|and)\s+(?:later|newer|higher|above|greater|up))?`)
	needs           = regexp.MustCompile(`(?i)\b(?:requires?|required|need(?:s|ed)?|at least|minimum|prerequisites?)\b|>=`)
)

// plain reads running text outside of code.
func (r *reader) plain(start, end int, s spot, sentences []sentence) {
	text := r.content[start:end]
	at := func(offset int) spot {
		here := s
		if here.reason == "" {
			here.reason = sentenceAt(sentences, start+offset).past(r.content)
		}
		return here
	}
	if bytes.Contains(text, []byte("--")) {
		for _, m := range flagInProse.FindAllSubmatchIndex(text, -1) {
			r.add(code.Flag, string(text[m[2]:m[3]]), start+m[2], start+m[3], at(m[2]))
		}
	}
	if bytes.ContainsAny(text, "_") {
		for _, m := range variableInProse.FindAllIndex(text, -1) {
			r.add(code.Variable, string(text[m[0]:m[1]]), start+m[0], start+m[1], at(m[0]))
		}
	}
	if bytes.ContainsAny(text, "0123456789") {
		for _, m := range portInProse.FindAllSubmatchIndex(text, -1) {
			r.add(code.Port, string(text[m[2]:m[3]]), start+m[2], start+m[3], at(m[2]))
		}
		r.versions(start, text, at, sentences)
	}
	if bytes.IndexByte(text, '/') >= 0 {
		for _, m := range routeInProse.FindAllSubmatchIndex(text, -1) {
			r.add(code.Endpoint, string(text[m[0]:m[1]]), start+m[0], start+m[1], at(m[0]))
		}
		for _, m := range urlInProse.FindAllIndex(text, -1) {
			r.url(start+m[0], start+m[1], "", at(m[0]))
		}
	}
}

// versions reads which version of a language is required.
func (r *reader) versions(start int, text []byte, at func(int) spot, sentences []sentence) {
	for _, m := range needsVersion.FindAllSubmatchIndex(text, -1) {
		if m[6] < 0 && !needs.Match(r.around(sentenceAt(sentences, start+m[0]), start+m[0])) {
			continue
		}
		if before := bytes.ToLower(text[max(0, m[0]-6):m[0]]); bytes.HasSuffix(before, []byte("since ")) {
			continue
		}
		name := strings.ToLower(string(text[m[2]:m[3]]))
		switch name {
		case "golang":
			name = "go"
		case "nodejs", "node.js":
			name = "node"
		}
		if c := r.add(code.Version, name, start+m[0], start+m[5], at(m[0])); c != nil {
			c.Value, c.HasValue = string(text[m[4]:m[5]]), true
		}
	}
}

// around is the part of a sentence within 200 bytes of an offset.
func (r *reader) around(s *sentence, offset int) []byte {
	if s == nil {
		return nil
	}
	return r.content[max(s.start, offset-200):min(s.end, offset+200)]
}
