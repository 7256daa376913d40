package document_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

var noon = time.Date(2026, 1, 5, 12, 0, 0, 123_456_789, time.UTC)

func stored(text string) document.ID { return domain.StoredID[document.Document](text) }

func ExampleDocument_Revise() {
	now := time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)
	d, err := document.New(document.Draft{ID: stored("guide"), Content: "# Guide\nold"}, now)
	if err != nil {
		fmt.Println(err)
		return
	}
	changed, _ := d.Revise(document.Change{Content: "# Guide\nnew", Author: "ann"}, now.Add(time.Hour))
	again, _ := d.Revise(document.Change{Content: "# Guide\nnew"}, now.Add(2*time.Hour))
	fmt.Println(changed, again, d.State().Version, d.State().Title)
	for _, e := range d.TakeEvents() {
		fmt.Println(e.Name, e.Version)
	}
	// Output:
	// true false 2 Guide
	// document.created 1
	// document.updated 2
}

func draft(t *testing.T, content string, m document.Metadata) *document.Document {
	t.Helper()
	d, err := document.New(document.Draft{ID: stored("a"), Content: content, Metadata: m, Correlation: "c", Author: "ann"}, noon)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestNewKeepsWhatStoresKeep(t *testing.T) {
	given := document.Metadata{"n": 1, "big": int64(2), "list": []string{"x"}, "deep": map[string]any{"k": []any{1}}, "content_length": 7}
	d := draft(t, "text", given)
	s := d.State()
	if got := fmt.Sprintf("%#v", s.Metadata["n"]) + fmt.Sprintf("%#v", s.Metadata["list"]); got != `1[]interface {}{"x"}` || len(s.Metadata) != 4 {
		t.Errorf("metadata %s in %v", got, s.Metadata)
	}
	given["deep"].(map[string]any)["k"] = "changed"
	if fmt.Sprint(s.Metadata["deep"]) != "map[k:[1]]" {
		t.Error("the document shares the metadata of the draft")
	}
	if s.CreatedAt.Nanosecond() != 123_456_000 || s.UpdatedAt != s.CreatedAt || s.Size != 4 || s.Hash != document.HashOf("text") || s.Author != "ann" {
		t.Errorf("state %+v", s)
	}
	if v := d.Version(); v.Number != 1 || v.Content != "text" || v.Note != "Document created" || !v.ValidTo.IsZero() || v.Deletion {
		t.Errorf("version %+v", v)
	}
	other := s.Metadata.Clone()
	other["deep"].(map[string]any)["k"] = 2
	if fmt.Sprint(s.Metadata["deep"]) != "map[k:[1]]" {
		t.Error("a clone is shared")
	}
	remark, err := document.New(document.Draft{ID: stored("a"), Content: "x", Author: "a\x00\xff"}, noon)
	if err != nil || remark.State().Author != "a\uFFFD" {
		t.Errorf("got %q, %v", remark.State().Author, err)
	}
}

func TestNewRefuses(t *testing.T) {
	for _, c := range []struct {
		draft document.Draft
		rule  string
	}{
		{document.Draft{Content: "x"}, "required"}, {document.Draft{ID: stored("a"), Content: "\n\t "}, "required"},
		{document.Draft{ID: stored("a"), Content: "\xff"}, "utf8"}, {document.Draft{ID: stored("a"), Content: "a\x00"}, "text"},
		{document.Draft{ID: stored("a"), Content: "x", Metadata: document.Metadata{"id": 1}}, "reserved"},
	} {
		_, err := document.New(c.draft, noon)
		if !errors.Is(err, domain.Invalid) || domain.FaultOf(err).Fields[0].Rule != c.rule {
			t.Errorf("%+v: got %v, want %s", c.draft, err, c.rule)
		}
	}
	d := draft(t, "text", nil)
	if changed, err := d.Revise(document.Change{Content: " "}, noon); changed || !errors.Is(err, domain.Invalid) || d.State().Version != 1 {
		t.Errorf("a refused revision: %v, %v, %+v", changed, err, d.State())
	}
	if _, err := document.ParseID(" "); !errors.Is(err, domain.Invalid) {
		t.Errorf("a blank id: %v", err)
	}
}

func TestReviseTellsWhatChanged(t *testing.T) {
	for _, c := range []struct {
		what   string
		change document.Change
		want   bool
	}{
		{"nothing", document.Change{Content: "text"}, false},
		{"equal metadata", document.Change{Content: "text", Metadata: document.Metadata{"n": 1, "l": []string{"x"}}}, false},
		{"the derived length", document.Change{Content: "text", Metadata: document.Metadata{"n": 1.0, "l": []any{"x"}, "content_length": 4}}, false},
		{"a value", document.Change{Content: "text", Metadata: document.Metadata{"n": 2, "l": []any{"x"}}}, true},
		{"a key less", document.Change{Content: "text", Metadata: document.Metadata{"n": 1}}, true},
		{"no metadata", document.Change{Content: "text", Metadata: document.Metadata{}}, true},
		{"the content", document.Change{Content: "text "}, true},
	} {
		d := draft(t, "text", document.Metadata{"n": 1, "l": []any{"x"}})
		changed, err := d.Revise(c.change, noon.Add(time.Second))
		if err != nil || changed != c.want || (d.State().Version == 2) != c.want {
			t.Errorf("%s: %v, %v, version %d", c.what, changed, err, d.State().Version)
		}
	}
}

func TestTimeOfAHistoryOnlyMovesOn(t *testing.T) {
	d := draft(t, "one", nil)
	for i, at := range []time.Time{noon, noon.Add(-time.Hour), noon.Add(200 * time.Nanosecond)} {
		before := d.State().UpdatedAt
		if _, err := d.Revise(document.Change{Content: fmt.Sprint(i)}, at); err != nil {
			t.Fatal(err)
		}
		if !d.State().UpdatedAt.After(before) {
			t.Errorf("version %d began at %v, after one of %v", d.State().Version, d.State().UpdatedAt, before)
		}
	}
}

func TestDeleteAndBack(t *testing.T) {
	d := document.Restore(draft(t, "text", nil).State())
	if err := d.Delete("bob", "c2", noon.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if s := d.State(); s.DeletedAt != s.UpdatedAt || s.Version != 2 || s.Author != "bob" || !d.Version().Deletion {
		t.Errorf("deleted %+v", s)
	}
	if err := d.Delete("", "", noon); !errors.Is(err, domain.NotFound) {
		t.Errorf("deleting again: %v", err)
	}
	if changed, err := d.Revise(document.Change{Content: "text"}, noon.Add(time.Hour)); err != nil || !changed || !d.State().DeletedAt.IsZero() {
		t.Errorf("back to life: %v, %v", changed, err)
	}
	events := d.TakeEvents()
	if len(events) != 2 || events[0].Name != document.EventDeleted || events[0].Correlation != "c2" || events[1].Name != document.EventCreated {
		t.Errorf("events %+v", events)
	}
}

func TestTitle(t *testing.T) {
	for content, want := range map[string]string{
		"# Title\ntext": "Title", "\n\n  == Title\n": "Title", "---\n***\nText": "Text", "###": "", "plain words": "plain words",
		strings.Repeat("é", 150): strings.Repeat("é", 100), "x" + strings.Repeat("é", 150): "x" + strings.Repeat("é", 99),
	} {
		if got := draft(t, content, nil).State().Title; got != want {
			t.Errorf("%q: got %q, want %q", content, got, want)
		}
	}
	if got := draft(t, "# Other", document.Metadata{"title": " Mine "}).State().Title; got != "Mine" {
		t.Errorf("got %q", got)
	}
}
