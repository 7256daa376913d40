package ingest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain/ingest"
)

func ExampleCategorise() {
	c := ingest.Categorise("https://github.com/u/r/README.md", "text/markdown", 60)
	fmt.Println(c.Primary, c.All, c.Confidence)
	// Output: code [code repository small] 0.8
}

func ExampleTags() {
	fmt.Println(ingest.Tags(ingest.GitHub, "application/json", 5000, []string{"api", "content:structured"}))
	// Output: [source:github content:structured size:medium api]
}

// The values were measured on the system that this one follows.
func TestDocumentsAreKnownByNameAndFirstBytes(t *testing.T) {
	for _, c := range []struct {
		address, content       string
		kind, title, primary   string
		categories, confidence string
	}{
		{"https://github.com/u/r/README.md", "# Heading of the page\n\nA paragraph of some length.\n", "text/markdown", "A paragraph of some length.", "code", "code repository small", "0.8"},
		{"https://x/y/my-file_name.json", "{}", "application/json", "My File Name", "data", "data small", "0.7"},
		{"https://x/page", "<html><head><title>Hi</title></head></html>", "text/html", "Hi", "small", "small", "0.6"},
		{"https://x/doc", "%PDF-1.7 ...", "application/pdf", "", "document", "document small", "0.7"},
		{"https://x/y/guide.md?raw=1#top", "# Only a heading\n", "text/markdown", "Guide", "small", "small", "0.6"},
		{"notes.txt", "short\n\nThis line is the title of it.\n", "text/plain", "This line is the title of it.", "documentation", "documentation small", "0.7"},
		{"a/book.xlsx", "PK", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Book", "small", "small", "0.6"},
		{"x", "  <?xml version=\"1.0\"?>", "application/xml", "", "data", "data small", "0.7"},
		{"x", " [1, 2]", "application/json", "", "data", "data small", "0.7"},
		{"x", "<!DOCTYPE html><p>", "text/html", "", "small", "small", "0.6"},
		{"x", strings.Repeat("word ", 300_000), "text/plain", "X", "documentation", "documentation large", "0.7"},
		{"", "", "text/plain", "", "documentation", "documentation small", "0.7"},
	} {
		kind := ingest.ContentType(c.address, []byte(c.content))
		title := ingest.Title(c.address, kind, []byte(c.content))
		got := ingest.Categorise(c.address, kind, len(c.content))
		if kind != c.kind || title != c.title || got.Primary != c.primary || strings.Join(got.All, " ") != c.categories || fmt.Sprint(got.Confidence) != c.confidence {
			t.Errorf("%.40s: %s, %q, %+v", c.address, kind, title, got)
		}
	}
}

func TestWhatMetadataSay(t *testing.T) {
	created, modified := ingest.Times(map[string]any{
		"created_at": "2026-01-02T03:04:05Z", "created": "soon", "last_modified": "2026-01-05", "updated_at": time.Date(2026, 1, 6, 0, 0, 0, 0, time.FixedZone("x", 3600)), "modified_at": 7,
	})
	if created.Format(time.RFC3339) != "2026-01-02T03:04:05Z" || modified.Format(time.RFC3339) != "2026-01-05T23:00:00Z" {
		t.Errorf("made %s, changed %s", created, modified)
	}
	for want, metadata := range map[string]map[string]any{
		"ada": {"author": " ", "owner": " ada ", "user": "bob"}, "": {"author": 7}, "eve": {"submitted_by": "eve"},
	} {
		if got := ingest.Author(metadata); got != want {
			t.Errorf("the author is %q, not %q", got, want)
		}
	}
	tags := ingest.Tags(ingest.Jira, "image/png", 2<<20, nil)
	if !slices.Equal(tags, []string{"source:jira", "size:large"}) {
		t.Errorf("got %v", tags)
	}
}

func FuzzDocuments(f *testing.F) {
	for _, seed := range []string{"https://github.com/u/r/README.md", "a/b.json", "https://x", "://", "", "\xff.md"} {
		f.Add(seed, []byte("# Title\n\nA line that is long enough.\n"))
		f.Add(seed, []byte("<html><title>\xff</title>"))
	}
	f.Fuzz(func(t *testing.T, address string, content []byte) {
		kind := ingest.ContentType(address, content)
		title := ingest.Title(address, kind, content)
		if strings.ContainsAny(title, "\n") || utf8.ValidString(address) && utf8.Valid(content) && !utf8.ValidString(title) {
			t.Errorf("the title is %q", title)
		}
		c := ingest.Categorise(address, kind, len(content))
		if c.Confidence < 0.5 || c.Confidence > 0.9 || (len(c.All) == 0) != (c.Primary == "unknown") {
			t.Errorf("got %+v", c)
		}
	})
}

func FuzzShown(f *testing.F) {
	for _, seed := range []string{"https://ada:SECRET@host/r", "https://SECRET@host", "git+ssh://a:SECRET@h:99x/r", "/srv/docs", "http://[::1", "a@b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		if shown := ingest.Shown(address); strings.Contains(address, "://") && strings.Contains(address, "SECRET@") && strings.Contains(shown, "SECRET@") {
			t.Errorf("%q is shown as %q", address, shown)
		}
	})
}
