package embedded_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/ports/docstore"
)

// awaitBulk reads an operation until it is done.
func awaitBulk(t *testing.T, base, id string) (o docstore.BulkOperation) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
		response, err := http.Get(base + "/api/v1/bulk/operations/" + id)
		if err != nil {
			t.Fatal(err)
		}
		var answer struct{ Data docstore.BulkOperation }
		err = json.NewDecoder(response.Body).Decode(&answer)
		_ = response.Body.Close()
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatalf("%d, %v", response.StatusCode, err)
		}
		if o = answer.Data; o.CompletedAt != nil {
			return o
		}
	}
	t.Fatalf("never done: %+v", o)
	return o
}

func importInto(t *testing.T, base string, body io.Reader) (int, docstore.BulkOperation) {
	t.Helper()
	response, err := http.Post(base+"/api/v1/bulk/import", "application/x-ndjson", body)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct{ Data docstore.BulkOperation }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, answer.Data
}

// What one server exports another imports, the answer of the one being the body
// of the other.
func TestAnExportOfOneServerIsImportedByAnother(t *testing.T) {
	_, _, from := serve(t)
	_, _, to := serve(t)
	var body strings.Builder
	for i := range 300 {
		fmt.Fprintf(&body, "{\"id\":\"d%d\",\"content\":\"document %d\",\"metadata\":{\"owner\":\"ann\"}}\n", i, i)
	}
	status, o := importInto(t, from, strings.NewReader(body.String()))
	if status != http.StatusAccepted || o.Progress.Total != 300 {
		t.Fatalf("%d, %+v", status, o)
	}
	if o = awaitBulk(t, from, o.OperationID); o.Progress.Successful != 300 {
		t.Fatalf("stored %+v", o.Progress)
	}
	export, err := http.Get(from + "/api/v1/bulk/export")
	if err != nil {
		t.Fatal(err)
	}
	defer export.Body.Close()
	if status, o = importInto(t, to, export.Body); status != http.StatusAccepted || o.Progress.Total != 300 {
		t.Fatalf("%d, %+v", status, o)
	}
	if o = awaitBulk(t, to, o.OperationID); o.Progress.Successful != 300 {
		t.Fatalf("stored anew %+v", o.Progress)
	}
	response, err := http.Get(to + "/api/v1/documents/d299")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if text, err := io.ReadAll(response.Body); err != nil || !strings.Contains(string(text), "document 299") {
		t.Errorf("%s, %v", text, err)
	}
	if status, _ = importInto(t, to, strings.NewReader("")); status != http.StatusUnprocessableEntity {
		t.Errorf("an empty body: %d", status)
	}
}
