package docstore_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	app "github.com/docsteward/docsteward/application/docstore"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/docstore"
)

func TestStoreReturnsWhatItKeeps(t *testing.T) {
	d := newDesk(t)
	got := do(t, d, &d.menu.StoreDocument, docstore.StoreDocument{
		Content: "# Herons\n\nThey wait.", Metadata: json.RawMessage(`{"type":"guide","views":3,"content_length":99}`), Author: "bob",
	})
	if got.ID != "id-1" || got.Title != "Herons" || got.Version != 1 || got.CorrelationID != "request-1" || !got.CreatedAt.Equal(clocktest.Start) ||
		got.ContentHash != document.HashOf(got.Content) || got.Metadata["content_length"] != 20 || got.Existed {
		t.Errorf("stored %+v", got)
	}
	read := do(t, d, &d.menu.GetDocument, docstore.GetDocument{ID: "id-1"})
	if fmt.Sprint(read) != fmt.Sprint(got) {
		t.Errorf("read %+v, want %+v", read, got)
	}
	if len(d.events.all) != 1 {
		t.Fatalf("events: %+v", d.events.all)
	}
	e := d.events.all[0]
	var payload map[string]any
	if err := json.Unmarshal(e.Payload, &payload); err != nil || payload["id"] != "id-1" || payload["content_hash"] != got.ContentHash || payload["title"] != "Herons" {
		t.Errorf("payload %s, %v", e.Payload, err)
	}
	if e.Name != document.EventCreated || e.ID == "" || e.Aggregate != "document" || e.AggregateID != "id-1" || e.Version != 1 || e.Correlation != "request-1" {
		t.Errorf("event %+v", e)
	}
}

func TestSameContentIsStoredOnce(t *testing.T) {
	d := newDesk(t)
	first := d.store(t, "a", "text")
	result := d.menu.StoreDocument.Execute(d.ctx, docstore.StoreDocument{ID: "b", Content: "text"})
	second, err := result.Unwrap()
	if err != nil || !second.Existed || second.ID != "a" || second.Version != first.Version || result.Message() == "" {
		t.Errorf("got %+v, %v, %q", second, err, result.Message())
	}
	equal(t, "events", d.names(), []string{document.EventCreated})
	if list := do(t, d, &d.menu.ListDocuments, docstore.ListDocuments{Limit: 10}); list.Total != 1 {
		t.Errorf("%d documents", list.Total)
	}
	fault := fails(t, d, &d.menu.StoreDocument, docstore.StoreDocument{ID: "a", Content: "other"}, domain.Conflict)
	if fault.Details["id"] != "a" {
		t.Errorf("details %v", fault.Details)
	}
}

func TestMetadataThatIsNoObjectIsEmpty(t *testing.T) {
	for i, metadata := range []string{``, `null`, `"text"`, `[1]`, `7`, `{broken`} {
		d := newDesk(t)
		got := do(t, d, &d.menu.StoreDocument, docstore.StoreDocument{Content: fmt.Sprint(i, " text"), Metadata: json.RawMessage(metadata)})
		if len(got.Metadata) != 1 || got.Metadata["content_length"] != 6 {
			t.Errorf("%s: %v", metadata, got.Metadata)
		}
	}
}

func TestStoreRefuses(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct {
		command docstore.StoreDocument
		kind    domain.Kind
		field   string
	}{
		{docstore.StoreDocument{Content: " \n"}, domain.Invalid, "content"},
		{docstore.StoreDocument{Content: "a\x00b"}, domain.Invalid, "content"},
		{docstore.StoreDocument{Content: "\xff"}, domain.Invalid, "content"},
		{docstore.StoreDocument{ID: strings.Repeat("x", 256), Content: "a"}, domain.Invalid, "id"},
		{docstore.StoreDocument{Content: "a", Metadata: json.RawMessage(`{"content":"x"}`)}, domain.Invalid, "metadata.content"},
		{docstore.StoreDocument{Content: "a", Metadata: json.RawMessage(`{"views":-1}`)}, domain.Invalid, "metadata.views"},
		{docstore.StoreDocument{Content: strings.Repeat("x", 1001)}, domain.TooLarge, ""},
	} {
		fault := fails(t, d, &d.menu.StoreDocument, c.command, c.kind)
		if c.field != "" && (len(fault.Fields) != 1 || fault.Fields[0].Field != c.field) {
			t.Errorf("%.60v: fields %v, want %s", c.command, fault.Fields, c.field)
		}
	}
	fault := fails(t, d, &d.menu.PutDocument, docstore.PutDocument{ID: "a", Content: strings.Repeat("x", 1001)}, domain.TooLarge)
	if fault.Details["max_bytes"] != 1000 || fault.Details["bytes"] != 1001 {
		t.Errorf("details %v", fault.Details)
	}
	d.store(t, "full", strings.Repeat("x", 1000))
}

func TestDefaultSizeLimit(t *testing.T) {
	d := newDesk(t, func(deps *app.Deps) { deps.MaxContentBytes = 0 })
	d.store(t, "a", strings.Repeat("x", app.DefaultMaxContentBytes))
	fails(t, d, &d.menu.StoreDocument, docstore.StoreDocument{Content: strings.Repeat("x", app.DefaultMaxContentBytes+1)}, domain.TooLarge)
}

func TestPutCreatesAndRevises(t *testing.T) {
	d := newDesk(t)
	number := func(n int) *int { return &n }
	put := func(content string, expected *int) docstore.PutDocument {
		return docstore.PutDocument{ID: "a", Content: content, Expected: expected, Note: "why", Author: "bob"}
	}
	fails(t, d, &d.menu.PutDocument, put("one", number(1)), domain.NotFound)
	do(t, d, &d.menu.PutDocument, put("one", number(0)))
	fault := fails(t, d, &d.menu.PutDocument, put("two", number(0)), domain.Conflict)
	if fault.Details["version"] != 1 {
		t.Errorf("details %v", fault.Details)
	}
	if got := do(t, d, &d.menu.PutDocument, put("two", number(1))); got.Version != 2 {
		t.Errorf("got version %d", got.Version)
	}
	fails(t, d, &d.menu.PutDocument, put("three", number(1)), domain.Conflict)
	if got := do(t, d, &d.menu.PutDocument, put("two", nil)); got.Version != 2 {
		t.Errorf("an equal document made version %d", got.Version)
	}
	view := d.put(t, "a", "two", map[string]any{"type": "guide", "n": 1})
	if view.Version != 3 {
		t.Errorf("metadata made version %d", view.Version)
	}
	if got := d.put(t, "a", "two", view.Metadata); got.Version != 3 {
		t.Errorf("what was read and put back made version %d", got.Version)
	}
	if got := d.put(t, "a", "three", nil); got.Version != 4 || got.Metadata["type"] != "guide" {
		t.Errorf("without metadata: %+v", got)
	}
	d.store(t, "b", "taken")
	for _, id := range []string{"a", "new"} {
		if fault := fails(t, d, &d.menu.PutDocument, docstore.PutDocument{ID: id, Content: "taken"}, domain.Conflict); fault.Details["id"] != "b" {
			t.Errorf("details %v", fault.Details)
		}
	}
	fails(t, d, &d.menu.PutDocument, docstore.PutDocument{ID: " ", Content: "x"}, domain.Invalid)
}

func TestEnvelope(t *testing.T) {
	d := newDesk(t)
	at := time.Date(2026, 2, 3, 4, 5, 6, 0, time.FixedZone("", 3600))
	envelope := docstore.StoreEnvelope{
		VersionTag: "v1", Version: "abc123", CorrelationID: "ingest-1", SourceRefs: []map[string]any{{"url": "u"}},
		ContentHash: strings.ToUpper(document.HashOf("text")),
		Document: docstore.EnvelopeDocument{
			ID: "git:a", SourceType: "git", SourceID: "a", Title: "T", Content: "text", Path: "docs/a.md", URL: "u", Project: "p",
			LastModified: &at, Metadata: map[string]any{"owner": "docs"},
		},
	}
	got := do(t, d, &d.menu.StoreEnvelope, envelope)
	want := map[string]any{
		"source_type": "git", "source_id": "a", "title": "T", "path": "docs/a.md", "url": "u", "project": "p", "owner": "docs",
		"source_version": "abc123", "last_modified": "2026-02-03T03:05:06Z", "source_refs": []any{map[string]any{"url": "u"}}, "content_length": 4,
	}
	if fmt.Sprint(got.Metadata) != fmt.Sprint(want) || got.ID != "git:a" || got.CorrelationID != "ingest-1" {
		t.Errorf("got %+v", got)
	}
	if again := do(t, d, &d.menu.StoreEnvelope, envelope); again.Version != 1 {
		t.Errorf("ingesting again made version %d", again.Version)
	}
	envelope.Document.Content, envelope.ContentHash = "new text", ""
	envelope.CorrelationID = "ingest-2"
	if next := do(t, d, &d.menu.StoreEnvelope, envelope); next.Version != 2 || d.events.all[1].Correlation != "ingest-2" {
		t.Errorf("got %+v, event %+v", next, d.events.all[1])
	}
	envelope.Document.ID, envelope.Document.Content = "", "without an id"
	if made := do(t, d, &d.menu.StoreEnvelope, envelope); made.ID == "" || made.ID == "git:a" || made.CorrelationID != "ingest-2" {
		t.Errorf("got %+v", made)
	}
	envelope.ContentHash = document.HashOf("other")
	fails(t, d, &d.menu.StoreEnvelope, envelope, domain.Invalid)
	if envelope.Document.Metadata["title"] != nil {
		t.Error("the caller's metadata was changed")
	}
}

func TestPatchMerges(t *testing.T) {
	d := newDesk(t)
	d.put(t, "a", "text", map[string]any{"keep": "x", "change": "old", "drop": "y"})
	got := do(t, d, &d.menu.PatchMetadata, docstore.PatchMetadata{ID: "a", Updates: map[string]any{"change": "new", "drop": nil, "add": []any{"z"}}})
	if fmt.Sprint(got.Metadata) != "map[add:[z] change:new content_length:4 keep:x]" || got.Version != 2 {
		t.Errorf("got %+v", got)
	}
	equal(t, "fields", got.UpdatedFields, []string{"add", "change", "drop"})
	equal(t, "events", d.names(), []string{document.EventCreated, document.EventUpdated})
	fails(t, d, &d.menu.PatchMetadata, docstore.PatchMetadata{ID: "a"}, domain.Invalid)
	fails(t, d, &d.menu.PatchMetadata, docstore.PatchMetadata{ID: "a", Updates: map[string]any{"id": "b"}}, domain.Invalid)
	fails(t, d, &d.menu.PatchMetadata, docstore.PatchMetadata{ID: "z", Updates: map[string]any{"k": "v"}}, domain.NotFound)
}

func TestDeleteKeepsHistory(t *testing.T) {
	d := newDesk(t)
	d.store(t, "a", "first text")
	before := d.clock.Now().Add(-time.Second)
	do(t, d, &d.menu.DeleteDocument, docstore.DeleteDocument{ID: "a"})
	fails(t, d, &d.menu.GetDocument, docstore.GetDocument{ID: "a"}, domain.NotFound)
	fails(t, d, &d.menu.DeleteDocument, docstore.DeleteDocument{ID: "a"}, domain.NotFound)
	fails(t, d, &d.menu.ListVersions, docstore.ListVersions{ID: "a"}, domain.NotFound)
	if got := do(t, d, &d.menu.GetDocument, docstore.GetDocument{ID: "a", AsOf: &before}); got.Content != "first text" || got.Version != 1 {
		t.Errorf("as of before: %+v", got)
	}
	one := 1
	fails(t, d, &d.menu.PutDocument, docstore.PutDocument{ID: "a", Content: "x", Expected: &one}, domain.NotFound)
	again := d.store(t, "a", "second, longer text")
	if again.Version != 3 || again.Existed {
		t.Errorf("created again: %+v", again)
	}
	if got := do(t, d, &d.menu.GetDocument, docstore.GetDocument{ID: "a", AsOf: &before}); got.Metadata["content_length"] != len("first text") {
		t.Errorf("the length is that of another version: %+v", got)
	}
	do(t, d, &d.menu.DeleteDocument, docstore.DeleteDocument{ID: "a"})
	if got := d.put(t, "a", "third", nil); got.Version != 5 {
		t.Errorf("put again: %+v", got)
	}
	equal(t, "events", d.names(), []string{
		document.EventCreated, document.EventDeleted, document.EventCreated, document.EventDeleted, document.EventCreated,
	})
}

func TestPurge(t *testing.T) {
	d := newDesk(t)
	d.store(t, "a", "text")
	then := d.clock.Now()
	got := do(t, d, &d.menu.DeleteDocument, docstore.DeleteDocument{ID: "a", Purge: true})
	if !got.Purged || got.ID != "a" {
		t.Errorf("got %+v", got)
	}
	fails(t, d, &d.menu.GetDocument, docstore.GetDocument{ID: "a", AsOf: &then}, domain.NotFound)
	fails(t, d, &d.menu.DeleteDocument, docstore.DeleteDocument{ID: "a", Purge: true}, domain.NotFound)
	fails(t, d, &d.menu.DeleteDocument, docstore.DeleteDocument{ID: "", Purge: true}, domain.Invalid)
	equal(t, "events", d.names(), []string{document.EventCreated, document.EventPurged})
	if d.store(t, "a", "text").Version != 1 {
		t.Error("something of the purged document is left")
	}
}

func TestListAndDownload(t *testing.T) {
	d := newDesk(t)
	d.put(t, "a", "aGVsbG8=", map[string]any{"content_encoding": "base64", "content_type": "image/png", "filename": "x/y.png", "type": "image"})
	d.put(t, "b/c", "plain", nil)
	list := do(t, d, &d.menu.ListDocuments, docstore.ListDocuments{Limit: 1})
	if list.Total != 2 || !list.HasMore || list.Items[0].ID != "b/c" || list.Items[0].Content != "" || list.Items[0].Metadata["content_length"] != 5 {
		t.Errorf("listed %+v", list)
	}
	if list = do(t, d, &d.menu.ListDocuments, docstore.ListDocuments{Type: "image", IncludeContent: true}); list.Total != 1 || list.Items[0].Content == "" {
		t.Errorf("listed %+v", list)
	}
	got := do(t, d, &d.menu.DownloadDocument, docstore.DownloadDocument{ID: "a"})
	if string(got.Content) != "hello" || got.ContentType != "image/png" || got.Filename != "x_y.png" {
		t.Errorf("downloaded %+v", got)
	}
	got = do(t, d, &d.menu.DownloadDocument, docstore.DownloadDocument{ID: "b/c"})
	if string(got.Content) != "plain" || got.ContentType != "text/plain; charset=utf-8" || got.Filename != "b_c.txt" {
		t.Errorf("downloaded %+v", got)
	}
	d.put(t, "bad", "not base64!", map[string]any{"content_encoding": "base64"})
	fails(t, d, &d.menu.DownloadDocument, docstore.DownloadDocument{ID: "bad"}, domain.Rejected)
	fails(t, d, &d.menu.DownloadDocument, docstore.DownloadDocument{ID: "z"}, domain.NotFound)
}

func TestSpansSliceTheContent(t *testing.T) {
	d := newDesk(t)
	d.store(t, "a", "# Herons\n\nThey wait.\n\nThey fish.\n")
	d.put(t, "a", "# Storks\n", nil)
	for version, want := range map[int][]string{0: {"# Storks"}, 1: {"# Herons", "They wait.", "They fish."}, 2: {"# Storks"}} {
		list := do(t, d, &d.menu.ListSpans, docstore.ListSpans{ID: "a", Version: version})
		var texts []string
		for _, s := range list.Items {
			texts = append(texts, strings.TrimSpace(s.Text))
			if document.HashOf(s.Text) != s.Hash || s.End-s.Start != len(s.Text) {
				t.Errorf("the span %+v does not hold", s)
			}
		}
		equal(t, fmt.Sprint("version ", version), texts, want)
		if list.Total != len(want) || version != 0 && list.Version != version {
			t.Errorf("listed %+v", list)
		}
	}
	fails(t, d, &d.menu.ListSpans, docstore.ListSpans{ID: "a", Version: 9}, domain.NotFound)
	fails(t, d, &d.menu.ListSpans, docstore.ListSpans{ID: "z"}, domain.NotFound)
}

// brokenOutbox takes nothing.
type brokenOutbox struct{ err error }

func (b brokenOutbox) Append(context.Context, ...domain.Event) error { return b.err }

func TestAnEventThatCannotBeToldLosesTheChange(t *testing.T) {
	reason := domain.Storage.New("no outbox")
	d := newDesk(t, func(deps *app.Deps) { deps.Outbox = brokenOutbox{reason} })
	err := d.menu.StoreDocument.Execute(d.ctx, docstore.StoreDocument{ID: "a", Content: "heron"}).Err()
	if !errors.Is(err, domain.Storage) {
		t.Errorf("got %v", err)
	}
	fails(t, d, &d.menu.GetDocument, docstore.GetDocument{ID: "a"}, domain.NotFound)
	if got := do(t, d, &d.menu.SearchDocuments, docstore.SearchDocuments{Q: "heron"}); got.Total != 0 {
		t.Errorf("found %+v", got)
	}
}

func TestAnEndedContextIsATimeout(t *testing.T) {
	d := newDesk(t)
	d.store(t, "a", "text")
	ended, cancel := context.WithCancel(d.ctx)
	cancel()
	d.ctx = ended
	fails(t, d, &d.menu.StoreDocument, docstore.StoreDocument{ID: "b", Content: "x"}, domain.Timeout)
	fails(t, d, &d.menu.GetDocument, docstore.GetDocument{ID: "a"}, domain.Timeout)
	fails(t, d, &d.menu.ListDocuments, docstore.ListDocuments{}, domain.Timeout)
	fails(t, d, &d.menu.SearchDocuments, docstore.SearchDocuments{Q: "x"}, domain.Timeout)
	fails(t, d, &d.menu.GetVersionStats, docstore.GetVersionStats{}, domain.Timeout)
}
