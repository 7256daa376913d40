// Package document is the concept of a stored document: its content and
// metadata, the versions that it went through, and the block tree that its
// markup spells.
package document

import (
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
)

// ID identifies a document.
type ID = domain.ID[Document]

// ParseID returns the document id that text spells; Invalid when it spells none.
func ParseID(text string) (ID, error) { return domain.ParseID[Document](text) }

// Names of the events that a document records.
const (
	EventCreated = "document.created"
	EventUpdated = "document.updated"
	EventDeleted = "document.deleted"
	// EventPurged tells that a document was erased with its history.
	EventPurged = "document.purged"
)

// Document is a piece of documentation with a history. Every change of content
// or metadata makes a new version; nothing that was ever stored is overwritten.
type Document struct {
	domain.Recorder
	state State
}

// State is what a store keeps of a document.
type State struct {
	// ID identifies the document.
	ID ID
	// Title is metadata.title, or else the first line of the content.
	Title string
	// Content is the whole text, byte for byte as it was given.
	Content string
	// Size is the length of Content in bytes, known also where lists leave Content out.
	Size int
	// Hash is the SHA-256 of Content in hexadecimal.
	Hash string
	// Metadata is never nil.
	Metadata Metadata
	// Correlation is that of the request that created the document.
	Correlation string
	// Version is the number of the current version, from 1.
	Version int
	// CreatedAt and UpdatedAt are in UTC, in whole microseconds, as every store keeps them.
	CreatedAt, UpdatedAt time.Time
	// DeletedAt is zero while the document lives.
	DeletedAt time.Time
	// Note and Author say why, and by whom, the current version was made.
	Note, Author string
}

// Draft is what a new document is made from.
type Draft struct {
	// ID identifies the document to be.
	ID ID
	// Content must not be blank and must be UTF-8.
	Content string
	// Metadata may be nil.
	Metadata Metadata
	// Correlation is that of the creating request.
	Correlation string
	// Author is who creates the document; may be empty.
	Author string
}

// New returns a document at version 1. It fails with Invalid when the id is
// zero, the content is blank or not UTF-8, or the metadata breaks its rules.
func New(draft Draft, now time.Time) (*Document, error) {
	if draft.ID.IsZero() {
		return nil, domain.Invalid.New("A document needs an id.").WithField("id", "required", "must not be blank")
	}
	if err := checkText(draft.Content, draft.Metadata); err != nil {
		return nil, err
	}
	d := &Document{state: State{
		ID: draft.ID, Correlation: storable(draft.Correlation), Author: storable(draft.Author), Note: "Document created",
		Version: 1, CreatedAt: instant(now), UpdatedAt: instant(now),
	}}
	d.set(draft.Content, draft.Metadata)
	d.record(EventCreated, draft.Correlation, now)
	return d, nil
}

// Restore returns the document that a store kept. It checks nothing.
func Restore(s State) *Document { return &Document{state: s} }

// State returns what a store has to keep. Metadata must not be changed.
func (d *Document) State() State { return d.state }

// Change describes a new version.
type Change struct {
	// Content is the new text.
	Content string
	// Metadata is the new metadata as a whole; nil keeps what is there.
	Metadata Metadata
	// Note says why; empty means "Document update".
	Note string
	// Author says by whom; may be empty.
	Author string
	// Correlation is that of the changing request.
	Correlation string
}

// Revise makes the next version and reports whether there was anything to
// change. A revision of a deleted document brings it back to life. It fails
// with Invalid as New does, and then changes nothing.
func (d *Document) Revise(c Change, now time.Time) (bool, error) {
	metadata := d.state.Metadata
	if c.Metadata != nil {
		metadata = c.Metadata.normal()
	}
	if err := checkText(c.Content, metadata); err != nil {
		return false, err
	}
	alive := d.state.DeletedAt.IsZero()
	if alive && c.Content == d.state.Content && reflect.DeepEqual(metadata, d.state.Metadata) {
		return false, nil
	}
	if c.Note == "" {
		c.Note = "Document update"
	}
	d.next(c.Note, c.Author, now)
	d.state.DeletedAt = time.Time{}
	d.set(c.Content, metadata)
	event := EventUpdated
	if !alive {
		event = EventCreated
	}
	d.record(event, c.Correlation, now)
	return true, nil
}

// Delete ends the life of the document; its history stays. It fails with
// NotFound when the document is deleted already.
func (d *Document) Delete(author, correlation string, now time.Time) error {
	if !d.state.DeletedAt.IsZero() {
		return domain.NotFound.New("The document is deleted already.")
	}
	d.next("Document deleted", author, now)
	d.state.DeletedAt = d.state.UpdatedAt
	d.record(EventDeleted, correlation, now)
	return nil
}

// next moves to the following version. Time within one history never runs
// backwards, whatever the clock does, so that every instant has one version.
func (d *Document) next(note, author string, now time.Time) {
	at := instant(now)
	if !at.After(d.state.UpdatedAt) {
		at = d.state.UpdatedAt.Add(time.Microsecond)
	}
	d.state.Version++
	d.state.UpdatedAt = at
	d.state.Note, d.state.Author = storable(note), storable(author)
}

func (d *Document) set(content string, metadata Metadata) {
	metadata = metadata.normal()
	d.state.Content, d.state.Size, d.state.Metadata = content, len(content), metadata
	d.state.Hash = HashOf(content)
	d.state.Title = titleOf(content, metadata)
}

func (d *Document) record(name, correlation string, now time.Time) {
	d.Record(domain.Event{
		Name: name, Aggregate: "document", AggregateID: d.state.ID.String(),
		Version: d.state.Version, At: now.UTC(), Correlation: correlation,
	})
}

// HashOf returns the SHA-256 of content in lower-case hexadecimal.
func HashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

func checkText(content string, metadata Metadata) error {
	switch {
	case strings.TrimSpace(content) == "":
		return domain.Invalid.New("A document needs content.").WithField("content", "required", "must not be blank")
	case !utf8.ValidString(content):
		return domain.Invalid.New("The content is not UTF-8.").WithField("content", "utf8", "must be valid UTF-8; convert the text first")
	case strings.IndexByte(content, 0) >= 0:
		return domain.Invalid.New("The content is not text.").WithField("content", "text", "must not hold NUL bytes; store binary content as base64")
	}
	return metadata.Check()
}

// maxTitle is the greatest length of a title taken from the content, in bytes.
const maxTitle = 200

func titleOf(content string, metadata Metadata) string {
	if title := metadata.Text("title"); title != "" {
		return title
	}
	for line := range strings.Lines(content) {
		line = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "#=*-"))
		if line == "" {
			continue
		}
		if len(line) > maxTitle {
			line = strings.ToValidUTF8(line[:maxTitle], "")
		}
		return line
	}
	return ""
}

// instant cuts a time to what every store can keep.
func instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// storable leaves out of a remark what no store keeps: NUL characters and bytes
// that are not UTF-8.
func storable(text string) string {
	if strings.IndexByte(text, 0) < 0 && utf8.ValidString(text) {
		return text
	}
	return strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "\uFFFD")
}
