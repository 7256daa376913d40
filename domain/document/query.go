package document

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
)

// MaxQueryLength is the greatest length of a search text, in characters.
const MaxQueryLength = 1000

// maxClauses bounds how many clauses of one search text are used.
const maxClauses = 64

// Clause is one demand of a query: one word, or several words in a row.
type Clause struct {
	// Words are lower-cased runs of letters and digits, never empty.
	Words []string
	// Prefix lets the last word be the beginning of a longer one.
	Prefix bool
	// Title demands the words in the title.
	Title bool
	// Exclude demands that the words are absent.
	Exclude bool
}

// Query is a search text understood.
type Query struct {
	// Clauses are the demands on the text, in the order given.
	Clauses []Clause
	// Fields are the demands on metadata, such as type, owner, tags and path: every
	// value named must be equal to the metadata under that key, or be in its list.
	// A path demand is met by the path itself and by what lies beneath it.
	Fields map[string][]string
}

// queryFields are the names that a search text may put before a colon. Never written.
var queryFields = map[string]string{
	"type": "type", "source": "source_type", "source_type": "source_type", "language": "language",
	"lang": "language", "owner": "owner", "tag": "tags", "tags": "tags", "path": "path",
}

// ParseQuery understands any text: words, "quoted phrases", begin*, -without,
// title:word and type:, source:, language:, owner:, tag:, path: filters. What
// it cannot read as an operator it takes as words, so no text is an error but
// one over MaxQueryLength, which fails with Invalid.
//
// The last word may be unfinished: outside quotes it matches as a prefix too,
// unless it is a single byte. In quotes, \" is a quote and \\ a backslash.
func ParseQuery(text string) (Query, error) {
	if utf8.RuneCountInString(text) > MaxQueryLength {
		return Query{}, domain.Invalid.New("The query is too long.").WithField("query", "maxLength", "must be at most 1000 characters long")
	}
	var q Query
	text = storable(text)
	unfinished := false
	for len(q.Clauses) < maxClauses {
		text = strings.TrimLeftFunc(text, unicode.IsSpace)
		if text == "" {
			break
		}
		text, unfinished = q.take(text, unfinished)
	}
	if unfinished {
		q.Clauses[len(q.Clauses)-1].Prefix = true
	}
	return q, nil
}

// take reads one clause or filter. It returns the text behind it, and whether
// the last clause so far is a bare word that may be unfinished.
func (q *Query) take(text string, unfinished bool) (string, bool) {
	var clause Clause
	if rest, ok := strings.CutPrefix(text, "-"); ok && rest != "" && !unicode.IsSpace(firstRune(rest)) {
		clause.Exclude, text = true, rest
	}
	if name, rest, ok := cutField(text); ok && (name == "title" || !clause.Exclude) {
		if name != "title" {
			value, rest, _ := takeValue(rest)
			q.Demand(queryFields[name], value)
			return rest, unfinished
		}
		clause.Title, text = true, rest
	}
	value, rest, quoted := takeValue(text)
	clause.Words = Words(value)
	clause.Prefix = strings.HasSuffix(value, "*")
	if len(clause.Words) == 0 {
		return rest, unfinished
	}
	q.Clauses = append(q.Clauses, clause)
	bare := !quoted && !clause.Exclude && len(value) > 1 && clause.Words[0] == strings.ToLower(value)
	return rest, bare
}

// Demand adds a demand on metadata; an empty value demands nothing.
func (q *Query) Demand(key, value string) {
	if value = storable(value); value == "" {
		return
	}
	if q.Fields == nil {
		q.Fields = make(map[string][]string)
	}
	q.Fields[key] = append(q.Fields[key], value)
}

// Effective spells the query as it was understood; parsing it again gives the
// same query.
func (q Query) Effective() string {
	var parts []string
	for i, c := range q.Clauses {
		parts = append(parts, c.spell(i == len(q.Clauses)-1))
	}
	for _, key := range slices.Sorted(maps.Keys(q.Fields)) {
		for _, value := range q.Fields[key] {
			parts = append(parts, key+":"+quote(value))
		}
	}
	return strings.Join(parts, " ")
}

// spell writes a clause; the last one is quoted where it must not be taken for
// the beginning of a word.
func (c Clause) spell(last bool) string {
	var b strings.Builder
	if c.Exclude {
		b.WriteByte('-')
	}
	if c.Title {
		b.WriteString("title:")
	}
	text := strings.Join(c.Words, " ")
	if c.Prefix {
		text += "*"
	}
	if len(c.Words) > 1 || last && !c.Prefix && !c.Exclude {
		text = quote(text)
	}
	b.WriteString(text)
	return b.String()
}

// cutField splits "name:rest" where name is a known field and rest begins a value.
func cutField(text string) (name, rest string, ok bool) {
	name, rest, ok = strings.Cut(text, ":")
	if !ok || rest == "" || unicode.IsSpace(firstRune(rest)) {
		return "", "", false
	}
	name = strings.ToLower(name)
	_, known := queryFields[name]
	return name, rest, known || name == "title"
}

// takeValue reads a quoted phrase or a run without white space. A quote that is
// never closed is an ordinary character.
func takeValue(text string) (value, rest string, quoted bool) {
	if value, rest, ok := unquote(text); ok {
		return value, rest, true
	}
	if end := strings.IndexFunc(text, unicode.IsSpace); end >= 0 {
		return text[:end], text[end:], false
	}
	return text, "", false
}

// quote is the inverse of unquote.
func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// unquote reads a phrase that begins with a quote, and what follows it.
func unquote(text string) (value, rest string, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		return "", text, false
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return b.String(), text[i+1:], true
		case c == '\\' && i+1 < len(text) && (text[i+1] == '"' || text[i+1] == '\\'):
			i++
			b.WriteByte(text[i])
		default:
			b.WriteByte(c)
		}
	}
	return "", text, false
}

// Words splits text into lower-cased runs of letters, marks and numbers.
func Words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !inWord(r) })
}

// inWord reports whether a character belongs to a word: Unicode categories L, M
// and N.
func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.N)
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// Sort orders the answers of a search.
type Sort string

// The orders; ties fall to the id, ascending.
const (
	// ByRelevance puts the best match first.
	ByRelevance Sort = "relevance"
	// ByDate puts the latest change first.
	ByDate Sort = "date"
	// BySize puts the longest content first.
	BySize Sort = "size"
	// ByAnalyses puts the most often analysed first.
	ByAnalyses Sort = "analysis_count"
)

// Search is a question to the index.
type Search struct {
	Query
	// Any asks for documents that meet any clause instead of all.
	Any bool
	// From and Until bound the last change; zero leaves the side open.
	From, Until time.Time
	// AsOf asks what the documents said at an instant; zero is now.
	AsOf time.Time
	// Sort is the order; empty is ByRelevance.
	Sort Sort
	// Page is the stretch wanted.
	Page domain.PageRequest
	// Facets asks for counts of every facet; see FacetKeys.
	Facets bool
	// Analysed, unless nil, asks for documents that have an analysis, or have none.
	Analysed *bool
	// MinScore, unless nil, asks for documents with an analysis that scored as much.
	MinScore *float64
}

// Hit is a document that a search found.
type Hit struct {
	// Document and Version say what was found.
	Document ID
	Version  int
	// Title, Hash, Metadata and Size, the bytes of the content, are those of that
	// version.
	Title, Hash string
	Metadata    Metadata
	Size        int
	// Analyses is how many analyses the document has, of whichever version.
	Analyses int
	// UpdatedAt is when that version began.
	UpdatedAt time.Time
	// Score is greater for better matches; comparable within one answer only.
	Score float64
	// Snippet is a stretch of the content around the match, at most 300
	// characters, with each matching word between "**" marks.
	Snippet string
}

// Hits is the answer of an index.
type Hits struct {
	domain.Page[Hit]
	// Facets counts the matches per facet and value, at most MaxFacetValues of each
	// facet; nil when not asked for.
	Facets map[string]map[string]int
}
