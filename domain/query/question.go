package query

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
)

// Bounds of a question, in characters.
const (
	MinLength = 3
	MaxLength = 2000
)

// maxTerms bounds how many terms of a question are looked for.
const maxTerms = 24

// Type says what kind of answer a question wants.
type Type string

// The types of questions.
const (
	// Definition asks what something is.
	Definition Type = "definition"
	// HowTo asks for a procedure.
	HowTo Type = "how_to"
	// Reason asks why.
	Reason Type = "reason"
	// Quantity asks for a number, a limit or a default.
	Quantity Type = "quantity"
	// Place asks where.
	Place Type = "place"
	// Time asks when.
	Time Type = "time"
	// Person asks who.
	Person Type = "person"
	// YesNo asks whether.
	YesNo Type = "yes_no"
	// Open is any other question.
	Open Type = "open"
)

// Term is something that an answer should speak of: a word, or several in a row.
type Term struct {
	// Text is the term as it was asked, lower-cased.
	Text string
	// Stems are those of its words; several for phrases and identifiers.
	Stems []string
	// Identifier is set for names of programs: flags, variables, paths.
	Identifier bool
	// Quoted is set where the asker put it in quotes.
	Quoted bool
	// Alternatives are stems of words that may stand for a single word.
	Alternatives []string
}

// Question is a question understood.
type Question struct {
	// Text is as it was asked, without white space around it.
	Text string
	// Type is the kind of answer wanted.
	Type Type
	// Terms are what the answer should speak of, in the order asked, each once;
	// without stop words, unless there are no others.
	Terms []Term
	// Focused is set where the first term is what the question is after, as in "what
	// is the default port": an answer without it is about something else.
	Focused bool

	words []string // stems of all words
}

// Read understands a question. It fails with Rejected when the text is blank or
// shorter than MinLength, and with Invalid when it is longer than MaxLength.
func Read(text string) (Question, error) {
	text = strings.TrimSpace(text)
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return Question{}, domain.Rejected.New("The question cannot be empty.").WithField("query_text", "required", "must not be blank")
	case n < MinLength:
		return Question{}, domain.Rejected.New("The question is too short; ask with a few words.").WithField("query_text", "minLength", "must be at least 3 characters long")
	case n > MaxLength:
		return Question{}, domain.Invalid.New("The question is too long.").WithField("query_text", "maxLength", "must be at most 2000 characters long")
	}
	q := Question{Text: text, Type: typeOf(text), words: stems(text)}
	q.readTerms(text)
	q.Focused = len(q.Terms) > 1 && focused(text)
	return q, nil
}

func (q *Question) readTerms(text string) {
	rest := phrasal.Replace(manner.ReplaceAllString(text, ""))
	for {
		before, after, open := strings.Cut(rest, `"`)
		q.readWords(before, false)
		if !open {
			break
		}
		phrase, after, closed := strings.Cut(after, `"`)
		if !closed {
			q.readWords(phrase, false)
			break
		}
		if words := stems(phrase); len(words) > 0 {
			q.add(Term{Text: strings.ToLower(strings.TrimSpace(phrase)), Stems: words, Quoted: true})
		}
		rest = after
	}
	if len(q.Terms) == 0 {
		q.readWords(text, true)
	}
}

// focused reports whether what is asked for comes first among the terms.
func focused(text string) bool {
	tokens, _ := tokenize(text)
	if len(tokens) < 2 {
		return false
	}
	first, second := tokens[0].word, tokens[1].word
	return first == "what" || first == "which" || first == "how" && (second == "many" || second == "much")
}

// manner is the beginning of a question for an amount: the word after "how" says
// nothing of what is asked. Never written.
var manner = regexp.MustCompile(`(?i)^\W*how\s+(?:long|often|far|many|much)\b`)

// phrasal are verbs of several words, by the one word that means the same. Never
// written.
var phrasal = strings.NewReplacer(
	" turn on ", " enable ", " switch on ", " enable ", " turn off ", " disable ", " switch off ", " disable ",
	" get rid of ", " remove ", " set up ", " setup ", " back up ", " backup ", " look up ", " find ", " shut down ", " stop ",
)

func (q *Question) readWords(text string, all bool) {
	tokens, chunks := tokenize(text)
	for _, c := range chunks {
		words := tokens[c.start:c.end]
		if isIdentifier(c.text) {
			t := Term{Text: strings.ToLower(c.text), Identifier: true}
			for _, w := range words {
				t.Stems = append(t.Stems, w.stem)
			}
			q.add(t)
			continue
		}
		for _, w := range words {
			if all || !stopWords[w.word] {
				q.add(Term{Text: w.word, Stems: []string{w.stem}, Alternatives: synonyms[w.stem]})
			}
		}
	}
}

func (q *Question) add(t Term) {
	for _, known := range q.Terms {
		if slices.Equal(known.Stems, t.Stems) {
			return
		}
	}
	if len(q.Terms) < maxTerms {
		q.Terms = append(q.Terms, t)
	}
}

// quantityWords make a question ask for a number. Never written.
var quantityWords = set(`many much long often size limit maximum minimum max min default number port percent large big fast far high low old`)

// yesNoWords begin a question that wants yes or no. Never written.
var yesNoWords = set(`is are was were do does did can could should would will has have must may`)

func typeOf(text string) Type {
	tokens, chunks := tokenize(text)
	if len(tokens) == 0 {
		return Open
	}
	second := ""
	if len(tokens) > 1 {
		second = tokens[1].word
	}
	switch first := tokens[0].word; {
	case first == "how" && quantityWords[second]:
		return Quantity
	case first == "how":
		return HowTo
	case first == "why":
		return Reason
	case first == "where":
		return Place
	case first == "when":
		return Time
	case first == "who" || first == "whose":
		return Person
	case first == "what" || first == "which" || first == "whats":
		return whatType(tokens, chunks)
	case yesNoWords[first]:
		return YesNo
	}
	return Open
}

// whatType tells "what is the default size" from "what is a lease".
func whatType(tokens []token, chunks []chunk) Type {
	for _, t := range tokens[1:] {
		if quantityWords[t.word] && !isIdentifier(chunks[t.chunk].text) {
			return Quantity
		}
	}
	content := 0
	for _, t := range tokens {
		if !stopWords[t.word] {
			content++
		}
	}
	if content <= 3 && len(tokens) > 1 && (tokens[1].word == "is" || tokens[1].word == "are" || tokens[0].word == "whats") {
		return Definition
	}
	return Open
}
