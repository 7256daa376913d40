package document

import "strings"

// TypeStyleExample is the metadata.type of documents that show how to write.
const TypeStyleExample = "style_example"

// StyleExample is a document that shows how to write in a language.
type StyleExample struct {
	// ID identifies the document.
	ID ID
	// Title is its title and Language its metadata.language.
	Title, Language string
	// Example is its content; lists without content leave it empty.
	Example string
	// Explanation is its metadata.explanation.
	Explanation string
	// Tags are those of its metadata.
	Tags []string
}

// StyleExampleOf reads a document as an example of style, and whether it is one.
func StyleExampleOf(d State) (StyleExample, bool) {
	return StyleExample{
		ID: d.ID, Title: d.Title, Language: strings.ToLower(d.Metadata.Text("language")), Example: d.Content,
		Explanation: d.Metadata.Text("explanation"), Tags: append([]string{}, d.Metadata.Texts("tags")...),
	}, d.Metadata.Text("type") == TypeStyleExample
}
