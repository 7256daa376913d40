package document

import (
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
)

// EventTagged tells that the tags of a document were changed.
const EventTagged = "document.tagged"

// Category says what kind of thing a tag names.
type Category string

// The categories.
const (
	CategoryLanguage  Category = "language"
	CategoryFramework Category = "framework"
	CategoryContent   Category = "content"
	CategorySource    Category = "source"
)

// ParseCategory returns the category that text spells; Invalid when it spells none.
func ParseCategory(text string) (Category, error) {
	switch c := Category(text); c {
	case CategoryLanguage, CategoryFramework, CategoryContent, CategorySource:
		return c, nil
	}
	return "", domain.Invalid.New("There is no such category.").
		WithField("category", "enum", "must be language, framework, content or source")
}

// MaxTag is the greatest length of the name of a tag, in characters.
const MaxTag = 100

// TagName returns the name of a tag as it is kept: in lower case, without space
// around. It fails with Invalid when the name is blank, too long or no text.
func TagName(text string) (string, error) {
	name := strings.ToLower(strings.TrimSpace(text))
	if name == "" || utf8.RuneCountInString(name) > MaxTag || name != storable(name) {
		return "", domain.Invalid.New("The name of the tag is not acceptable.").
			WithField("tag", "maxLength", "must be text of 1 to 100 characters")
	}
	return name, nil
}

// Tag is a word for what a document is about. A document has each name once.
type Tag struct {
	// Name is in lower case.
	Name string
	// Category says what kind of thing the name is.
	Category Category
	// Confidence is from 0 to 1.
	Confidence float64
	// Manual tells a tag that was set by hand; tagging leaves it as it is.
	Manual bool
	// CreatedAt is when it was set, in UTC, in whole microseconds.
	CreatedAt time.Time
}

// NewTag returns a tag that is set by hand at now. It fails with Invalid when
// the name is none or the confidence lies outside 0 to 1.
func NewTag(name string, category Category, confidence float64, now time.Time) (Tag, error) {
	name, err := TagName(name)
	if err != nil {
		return Tag{}, err
	}
	if math.IsNaN(confidence) || confidence < 0 || confidence > 1 {
		return Tag{}, domain.Invalid.New("The confidence is not acceptable.").WithField("confidence", "range", "must be from 0 to 1")
	}
	if category, err = ParseCategory(string(category)); err != nil {
		return Tag{}, err
	}
	return Tag{Name: name, Category: category, Confidence: confidence, Manual: true, CreatedAt: instant(now)}, nil
}

// TagSearch asks for the documents that carry tags.
type TagSearch struct {
	// Names are in lower case, each once; never empty.
	Names []string
	// Any lets one of the names do; else all are needed.
	Any bool
	// Categories are those that count; all when empty.
	Categories []Category
	// MinConfidence is what a tag needs at least to count.
	MinConfidence float64
	// Page is the stretch wanted.
	Page domain.PageRequest
}

// TaggedDocument is a document with those of its tags that a search asked for.
type TaggedDocument struct {
	// Document and Title are those of the document.
	Document ID
	Title    string
	// Tags are those that match, by name.
	Tags []Tag
}

// TagStats counts the tags of all living documents.
type TagStats struct {
	// Top lists the names that most documents carry, most first, ties by name, at
	// most MaxTopTags.
	Top []TagCount
	// Categories counts tags by category.
	Categories map[Category]int
	// High, Medium and Low count tags of a confidence from 0.9, from 0.7, and below.
	High, Medium, Low int
}

// MaxTopTags is how many names TagStats lists at most.
const MaxTopTags = 100

// TagCount is how many documents carry a tag.
type TagCount struct {
	// Name is that of the tag.
	Name string
	// Documents is how many living documents carry it.
	Documents int
}
