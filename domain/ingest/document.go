package ingest

import (
	"bytes"
	"path"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// types are the media types by extension. Never written.
var types = map[string]string{
	".txt": "text/plain", ".rst": "text/plain", ".md": "text/markdown", ".html": "text/html", ".htm": "text/html",
	".json": "application/json", ".xml": "application/xml", ".pdf": "application/pdf", ".doc": "application/msword",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".png":  "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".svg": "image/svg+xml",
	".markdown": "text/markdown", ".yaml": "application/yaml", ".yml": "application/yaml", ".adoc": "text/asciidoc", ".asciidoc": "text/asciidoc",
}

// sniffed is how many of the first bytes tell the type of a document.
const sniffed = 100

// ContentType is the media type of a document by the extension of its address, whose
// query and fragment do not count, or else by its first bytes.
func ContentType(address string, content []byte) string {
	if t := types[strings.ToLower(path.Ext(fileOf(address)))]; t != "" {
		return t
	}
	head := bytes.TrimSpace(bytes.ToLower(content[:min(len(content), sniffed)]))
	switch {
	case bytes.HasPrefix(head, []byte("<?xml")):
		return "application/xml"
	case bytes.HasPrefix(head, []byte("{")), bytes.HasPrefix(head, []byte("[")):
		return "application/json"
	case bytes.Contains(head, []byte("<html")), bytes.Contains(head, []byte("<!doctype")):
		return "text/html"
	case bytes.HasPrefix(head, []byte("%pdf")):
		return "application/pdf"
	}
	return "text/plain"
}

// fileOf is the last part of the path of an address.
func fileOf(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		_, address, _ = strings.Cut(rest, "/")
		address, _, _ = strings.Cut(address, "?")
		address, _, _ = strings.Cut(address, "#")
	}
	if base := path.Base(address); base != "." && base != "/" {
		return base
	}
	return ""
}

// titleTag finds the title of an HTML page.
var titleTag = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)

const (
	// titleLines is how many lines may hold the title of a text, which is longer than
	// shortTitle and shorter than longTitle, in characters.
	titleLines            = 10
	shortTitle, longTitle = 10, 200
)

// Title is that of a document: the title element of a page; of a text, the first of
// its first lines that reads as a sentence; or else what the name of the file says.
// It is empty where none of them tells.
func Title(address, contentType string, content []byte) string {
	if !strings.HasPrefix(contentType, "text/") {
		return titleOfFile(address, contentType)
	}
	if contentType == "text/html" {
		if found := titleTag.FindSubmatch(content); found != nil {
			return strings.Join(strings.Fields(string(found[1])), " ")
		}
		return titleOfFile(address, contentType)
	}
	rest := string(content)
	for range titleLines {
		line, more, any := strings.Cut(rest, "\n")
		line, rest = strings.TrimSpace(line), more
		if n := utf8.RuneCountInString(line); n > shortTitle && n < longTitle && !marked(line) {
			return line
		}
		if !any {
			break
		}
	}
	return titleOfFile(address, contentType)
}

func marked(line string) bool {
	for _, mark := range []string{"#", "-", "=", "1.", "*"} {
		if strings.HasPrefix(line, mark) {
			return true
		}
	}
	return false
}

// titleOfFile makes a title of the name of a file with an extension.
func titleOfFile(address, contentType string) string {
	file := fileOf(address)
	extension := path.Ext(file)
	if extension == "" && contentType != "text/plain" {
		return ""
	}
	words := strings.Fields(strings.NewReplacer("_", " ", "-", " ").Replace(strings.TrimSuffix(file, extension)))
	for i, word := range words {
		first, size := utf8.DecodeRuneInString(word)
		words[i] = string(unicode.ToTitle(first)) + strings.ToLower(word[size:])
	}
	return strings.Join(words, " ")
}

const (
	// small and large bound the sizes of documents, in bytes.
	small, large = 1 << 10, 1 << 20
)

// Tags are those that follow from the source, the type and the size, and then the
// document's own, each once.
func Tags(source SourceType, contentType string, size int, own []string) []string {
	tags := []string{"source:" + string(source)}
	switch {
	case strings.HasPrefix(contentType, "text/"):
		tags = append(tags, "content:text")
	case strings.HasPrefix(contentType, "application/"):
		tags = append(tags, "content:structured")
	}
	switch {
	case size < small:
		tags = append(tags, "size:small")
	case size < large:
		tags = append(tags, "size:medium")
	default:
		tags = append(tags, "size:large")
	}
	return unique(append(tags, own...))
}

// Categories say what a document is, and how sure that is, from 0.5 to 0.9.
type Categories struct {
	Primary    string
	All        []string
	Confidence float64
}

// Categorise sorts a document by its type, address and size in bytes.
func Categorise(address, contentType string, size int) Categories {
	var all []string
	switch contentType {
	case "text/plain", "text/asciidoc":
		all = append(all, "documentation")
	case "application/json", "application/yaml", "application/xml":
		all = append(all, "data")
	case "application/pdf", "application/msword":
		all = append(all, "document")
	}
	for _, known := range []struct{ part, one, other string }{
		{"github", "code", "repository"}, {"jira", "issue", "tracking"}, {"confluence", "wiki", "knowledge"},
	} {
		if strings.Contains(strings.ToLower(address), known.part) {
			all = append(all, known.one, known.other)
		}
	}
	switch {
	case size < small:
		all = append(all, "small")
	case size > large:
		all = append(all, "large")
	}
	c := Categories{Primary: "unknown", All: all, Confidence: min(0.9, float64(5+len(all))/10)}
	if len(all) > 0 {
		c.Primary = all[0]
	}
	return c
}

// Author is the first that the metadata name: as author, creator, owner, user or
// submitted_by.
func Author(metadata map[string]any) string {
	for _, key := range []string{"author", "creator", "owner", "user", "submitted_by"} {
		if name, _ := metadata[key].(string); strings.TrimSpace(name) != "" {
			return strings.TrimSpace(name)
		}
	}
	return ""
}

// Times returns when a document was made and last changed, by its metadata; zero
// where they do not tell. Of several keys the last counts.
func Times(metadata map[string]any) (created, modified time.Time) {
	read := func(into *time.Time, keys ...string) {
		for _, key := range keys {
			if at, ok := instant(metadata[key]); ok {
				*into = at
			}
		}
	}
	read(&modified, "last_modified", "modified_at", "updated_at", "last_updated")
	read(&created, "created_at", "created", "date_created")
	return created, modified
}

func instant(value any) (time.Time, bool) {
	switch v := value.(type) {
	case time.Time:
		return v.UTC(), true
	case string:
		for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly} {
			if at, err := time.Parse(layout, v); err == nil {
				return at.UTC(), true
			}
		}
	}
	return time.Time{}, false
}
