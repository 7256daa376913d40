package document

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// How sure a tag is: a fact of the metadata, a hit of a language, of a framework.
const (
	sureMetadata  = 1.0
	sureLanguage  = 0.9
	sureFramework = 0.8
)

// known are the names that a word of the text must equal. Never written.
var known = map[string]Category{
	"python": CategoryLanguage, "java": CategoryLanguage, "javascript": CategoryLanguage, "typescript": CategoryLanguage,
	"c": CategoryLanguage, "c++": CategoryLanguage, "c#": CategoryLanguage, "go": CategoryLanguage, "rust": CategoryLanguage,
	"ruby": CategoryLanguage, "php": CategoryLanguage, "swift": CategoryLanguage, "kotlin": CategoryLanguage,
	"scala": CategoryLanguage, "r": CategoryLanguage, "perl": CategoryLanguage, "sql": CategoryLanguage,
	"react": CategoryFramework, "angular": CategoryFramework, "vue": CategoryFramework, "django": CategoryFramework,
	"flask": CategoryFramework, "fastapi": CategoryFramework, "spring": CategoryFramework, "express": CategoryFramework,
	"rails": CategoryFramework, "laravel": CategoryFramework, "tensorflow": CategoryFramework, "pytorch": CategoryFramework,
	"kubernetes": CategoryFramework,
}

// aliases are other names of languages, as code blocks and people write them. Never written.
var aliases = map[string]string{
	"golang": "go", "cpp": "c++", "cxx": "c++", "csharp": "c#", "cs": "c#", "py": "python", "python3": "python",
	"js": "javascript", "jsx": "javascript", "ts": "typescript", "tsx": "typescript", "rb": "ruby", "rs": "rust", "kt": "kotlin",
}

// ordinary are names that prose is full of; they need code around them. Never written.
var ordinary = map[string]string{"c": "C", "r": "R", "go": "Go"}

// extensions tell an ordinary name by the name of a file. Never written.
var extensions = map[string]string{"c": "c", "h": "c", "go": "go", "r": "r", "rmd": "r"}

// codeWords stand after the name of a language that is meant as one. Never written.
var codeWords = wordSet("api apis binary code codebase compiler developer developers function functions interface language library " +
	"libraries module modules package packages program programmer programming programs project runtime script scripts " +
	"snippet source standard struct toolchain")

// inWords stand before "in" and the name of a language. Never written.
var inWords = wordSet("written implemented coded programmed developed programming")

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}

// TagsOf returns what a document is about, by its metadata and by whole words of
// its content: languages (0.9), frameworks (0.8), and metadata.type and
// source_type (1.0), sorted by category and name. The languages C, R and Go count
// only where code is meant: as the language of a code block, in the name of a
// file, or spelled so beside a word such as "compiler" or "written in". A nil
// tree is plain text.
func TagsOf(d State, tree *Tree, now time.Time) []Tag {
	t := tagger{tags: map[string]Tag{}, at: instant(now)}
	t.metadata(d.Metadata)
	if tree != nil {
		tree.Walk(func(b *Block) bool {
			if b.Kind == KindCode {
				t.language(b.Language)
			}
			return true
		})
	}
	t.text(d.Content)
	tags := make([]Tag, 0, len(t.tags))
	for _, tag := range t.tags {
		tags = append(tags, tag)
	}
	SortTags(tags)
	return tags
}

// SortTags sorts by category and name.
func SortTags(tags []Tag) {
	slices.SortFunc(tags, func(a, b Tag) int {
		return cmp.Or(cmp.Compare(a.Category, b.Category), strings.Compare(a.Name, b.Name))
	})
}

type tagger struct {
	tags map[string]Tag
	at   time.Time
}

func (t *tagger) add(name string, category Category, confidence float64) {
	name, err := TagName(name)
	if err == nil && t.tags[name].Confidence < confidence {
		t.tags[name] = Tag{Name: name, Category: category, Confidence: confidence, CreatedAt: t.at}
	}
}

func (t *tagger) metadata(m Metadata) {
	if name := strings.ToLower(m.Text("language")); known[name] == CategoryLanguage {
		t.add(name, CategoryLanguage, sureMetadata)
	}
	t.add(m.Text("type"), CategoryContent, sureMetadata)
	t.add(m.Text("source_type"), CategorySource, sureMetadata)
}

// language adds the language of a code block.
func (t *tagger) language(name string) {
	name = strings.ToLower(name)
	if full, ok := aliases[name]; ok {
		name = full
	}
	if known[name] == CategoryLanguage {
		t.add(name, CategoryLanguage, sureLanguage)
	}
}

// text adds every known name that is a whole word.
func (t *tagger) text(content string) {
	var before, last word
	for w := range words(content) {
		t.hit(w)
		switch {
		case codeWords[w.lower] && last.isOrdinary() && last.joins(w, content):
			t.language(last.lower)
		case last.lower == "in" && inWords[before.lower] && w.isOrdinary(),
			last.lower == "language" && w.isOrdinary() && last.joins(w, content):
			t.language(w.lower)
		}
		if w.dotted {
			t.language(extensions[w.lower])
		}
		before, last = last, w
	}
}

func (t *tagger) hit(w word) {
	if w.dotted || ordinary[w.lower] != "" {
		return
	}
	name := w.lower
	if name == "golang" {
		name = "go"
	}
	switch known[name] {
	case CategoryLanguage:
		t.add(name, CategoryLanguage, sureLanguage)
	case CategoryFramework:
		t.add(name, CategoryFramework, sureFramework)
	}
}

// word is a run of letters, digits and underscores, with the + and # that follow.
type word struct {
	text, lower string
	start, end  int
	dotted      bool // the last part of a name with dots
}

// isOrdinary reports whether it is a name that prose is full of, spelled as the language is.
func (w word) isOrdinary() bool { return w.text != "" && ordinary[w.lower] == w.text }

// joins reports whether only a space lies between the words.
func (w word) joins(next word, content string) bool {
	return w.end < next.start && strings.TrimSpace(content[w.end:next.start]) == ""
}

func words(content string) func(yield func(word) bool) {
	return func(yield func(word) bool) {
		lastEnd := -2
		for at := 0; at < len(content); {
			r, size := utf8.DecodeRuneInString(content[at:])
			if !inName(r) {
				at += size
				continue
			}
			start := at
			for at < len(content) && inName(r) {
				at += size
				r, size = utf8.DecodeRuneInString(content[at:])
			}
			for at < len(content) && (content[at] == '+' || content[at] == '#') {
				at++
			}
			text := content[start:at]
			w := word{text: text, lower: strings.ToLower(text), start: start, end: at,
				dotted: lastEnd == start-1 && content[start-1] == '.' && !goesOn(content[at:])}
			lastEnd = at
			if !yield(w) {
				return
			}
		}
	}
}

// goesOn reports whether a dot and one more part of a name follow.
func goesOn(rest string) bool {
	rest, dot := strings.CutPrefix(rest, ".")
	r, _ := utf8.DecodeRuneInString(rest)
	return dot && rest != "" && inName(r)
}

func inName(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }
