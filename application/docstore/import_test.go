package docstore

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
)

// imported imports a body, does it, and returns how it went.
func imported(t *testing.T, s *station, body io.Reader) docstore.BulkOperation {
	t.Helper()
	o := run(t, &s.menu.ImportDocuments, docstore.ImportDocuments{Body: body})
	if o.Status != "pending" || o.OperationType != "import_documents" {
		t.Errorf("received %+v", o)
	}
	until(t, s.bulkOne)
	return run(t, &s.menu.GetBulkOperation, docstore.GetBulkOperation{ID: o.OperationID, Limit: 1000})
}

func resultOf(t *testing.T, o docstore.BulkOperation, i int) (d docstore.Document) {
	t.Helper()
	if err := json.Unmarshal(o.Results.Items[i].Result, &d); err != nil {
		t.Fatalf("item %d: %+v, %v", i, o.Results.Items[i], err)
	}
	return d
}

func TestAnImportTellsTheFaultOfEachLine(t *testing.T) {
	s := newStation(t)
	long := strings.Repeat("x", s.longestLine())
	o := imported(t, s, strings.NewReader(strings.Join([]string{
		`{"id":"a","content":"Grüße","metadata":{"owner":"o"},"correlation_id":"c"}`,
		``,
		`{"id":"b","content":"two",`,
		`{"id":"c","content":"three","colour":"red"}`,
		`{"content":"` + long + `"}`,
		`{"content":"` + strings.Repeat("y", s.MaxContentBytes+1) + `"}`,
		`  {"content":"without id"}  `,
		`["a"]`,
		"{\"content\":\"\xff\"}",
		`{"id":"d","content":"Grüße"}`,
		`{"content":"Grüße"}`,
		`{"content":"x"}{"content":"y"}`,
		`{"id":"e","content":"last"}`,
	}, "\r\n")))
	want := docstore.BulkProgress{Total: 12, Processed: 12, Successful: 4, Failed: 8, Percentage: 100}
	if o.Progress != want || o.Status != "completed" {
		t.Errorf("done: %+v", o)
	}
	for i, want := range map[int]string{1: "Line 3:", 2: "Line 4:", 3: "Line 5:", 4: "", 6: "Line 8:", 7: "Line 9:", 8: "Another document", 10: "Line 12:"} {
		if item := o.Results.Items[i]; item.Status != "failed" || item.ErrorCode == "" || !strings.HasPrefix(item.Error, want) {
			t.Errorf("item %d: %+v", i, item)
		}
	}
	a := run(t, &s.menu.GetDocument, docstore.GetDocument{ID: "a"})
	if a.Content != "Grüße" || a.Metadata["owner"] != "o" || a.CorrelationID != "c" {
		t.Errorf("a: %+v", a)
	}
	if twin := resultOf(t, o, 9); twin.ID != "a" || !twin.Existed {
		t.Errorf("the same content without an id: %+v", twin)
	}
}

func TestAnImportMayBeSentAgain(t *testing.T) {
	s := newStation(t)
	body := `{"id":"a","content":"one","metadata":{"k":1}}` + "\n" + `{"content":"two"}`
	first := imported(t, s, strings.NewReader(body))
	if resultOf(t, first, 0).Existed || resultOf(t, first, 1).Existed {
		t.Errorf("first: %+v", first)
	}
	again := imported(t, s, strings.NewReader(body+"\n"+`{"id":"a","content":"one, changed"}`+"\n"))
	if a, two := resultOf(t, again, 0), resultOf(t, again, 1); !a.Existed || a.Version != 1 || !two.Existed || two.ID != resultOf(t, first, 1).ID {
		t.Errorf("again: %+v, %+v", a, two)
	}
	if changed := resultOf(t, again, 2); changed.Existed || changed.Version != 2 || changed.Metadata["k"] != 1.0 {
		t.Errorf("changed: %+v", changed)
	}
}

// The stream of an export is imported as it is, its ids and comments passed over.
func TestAnExportIsImportedAsItIs(t *testing.T) {
	s, other := newStation(t), newStation(t)
	var events strings.Builder
	events.WriteString(": open\n\n")
	for i := range 450 {
		run(t, &s.menu.StoreDocument, docstore.StoreDocument{ID: fmt.Sprint("d", i), Content: fmt.Sprint("document\n", i)})
	}
	all := exported(t, s, docstore.ExportDocuments{}, func(docstore.ExportedDocument) {})
	for _, d := range all {
		data, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&events, "id: %s\ndata: %s\n\n: alive\n\n", d.ID, data)
	}
	if o := imported(t, other, iotest.OneByteReader(strings.NewReader(events.String()))); o.Progress.Successful != 450 || o.Progress.Total != 450 {
		t.Errorf("imported %+v", o.Progress)
	}
	if d := run(t, &other.menu.GetDocument, docstore.GetDocument{ID: "d449"}); d.Content != "document\n449" {
		t.Errorf("d449: %+v", d)
	}
}

func TestAnImportThatBreaksOffStoresNothing(t *testing.T) {
	line := `{"id":"a","content":"one"}` + "\n"
	for name, c := range map[string]struct {
		body io.Reader
		kind domain.Kind
	}{
		"no body":         {nil, domain.Invalid},
		"empty":           {strings.NewReader("\n \n"), domain.Invalid},
		"broken export":   {strings.NewReader("data: " + line + "\nevent: error\ndata: {\"success\":false}\n\n"), domain.Rejected},
		"cut connection":  {io.MultiReader(strings.NewReader(strings.Repeat(line, 500)), iotest.ErrReader(io.ErrUnexpectedEOF)), domain.Rejected},
		"larger than any": {io.MultiReader(strings.NewReader(line), iotest.ErrReader(domain.TooLarge.New("x").WithDetail("max_bytes", 5))), domain.TooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStation(t)
			refused(t, &s.menu.ImportDocuments, docstore.ImportDocuments{Body: c.body}, c.kind)
			if found, err := s.bulkOne(t.Context()); found || err != nil {
				t.Errorf("there was something to do: %v", err)
			}
			refused(t, &s.menu.GetDocument, docstore.GetDocument{ID: "a"}, domain.NotFound)
			for _, o := range run(t, &s.menu.ListBulkOperations, docstore.ListBulkOperations{Limit: 10}).Items {
				if o.Status != "cancelled" {
					t.Errorf("left %+v", o)
				}
			}
		})
	}
}
