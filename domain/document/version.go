package document

import "time"

// Version is a document as it stood during a stretch of time.
type Version struct {
	// Document is the document that this is a version of.
	Document ID
	// Number counts from 1 without gaps.
	Number int
	// Title, Content, Hash and Metadata are those of the document at the time.
	// Lists leave Content empty.
	Title, Content, Hash string
	Metadata             Metadata
	// Size is the length of the content in bytes.
	Size int
	// Note says why the version was made, and Author by whom.
	Note, Author string
	// ValidFrom is when the version began; ValidTo when the next one replaced it,
	// zero for the current version. The stretch is half open: [ValidFrom, ValidTo).
	ValidFrom, ValidTo time.Time
	// Deletion is set on the version that marks the end of a document's life.
	Deletion bool
}

// Version returns the version that the document stands at.
func (d *Document) Version() Version {
	s := d.state
	return Version{
		Document: s.ID, Number: s.Version, Title: s.Title, Content: s.Content, Hash: s.Hash,
		Metadata: s.Metadata, Size: s.Size, Note: s.Note, Author: s.Author,
		ValidFrom: s.UpdatedAt, Deletion: !s.DeletedAt.IsZero(),
	}
}

// HistorySummary counts the versions of a store.
type HistorySummary struct {
	// Versions is how many versions there are, over Documents documents.
	Versions, Documents int
	// Most lists the documents with the most versions, most first, at most 10.
	Most []VersionCount
}

// VersionCount is how many versions one document has.
type VersionCount struct {
	Document ID
	Versions int
}

// Filter narrows a list of documents; empty fields narrow nothing.
type Filter struct {
	// Type, SourceType, Language and Owner are compared with the metadata of the same name.
	Type, SourceType, Language, Owner string
	// Correlation is compared with the correlation of the creating request.
	Correlation string
	// Prompt is compared with metadata.original_prompt_id.
	Prompt string
}
