package porttest

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// FingerprintEnv is the fingerprints of a store of documents.
type FingerprintEnv struct {
	Documents    docstore.Documents
	Fingerprints docstore.Fingerprints
}

// Fingerprints proves the promises of docstore.Fingerprints. open returns empty
// stores each time.
func Fingerprints(t *testing.T, open func(t *testing.T) FingerprintEnv) {
	ctx := context.Background()
	add := func(t *testing.T, e FingerprintEnv, id, content string) *document.Document {
		d, err := document.New(document.Draft{ID: domain.StoredID[document.Document](id), Content: content}, noon)
		must(t, err)
		must(t, e.Documents.Add(ctx, d.State()))
		return d
	}
	missing := func(t *testing.T, e FingerprintEnv, limit int) (contents []string) {
		states, err := e.Fingerprints.Missing(ctx, limit)
		must(t, err)
		for _, s := range states {
			contents = append(contents, s.Content)
		}
		slices.Sort(contents)
		return contents
	}
	t.Run("tells what has no fingerprint", func(t *testing.T) {
		e := open(t)
		a := add(t, e, "a", "one").State()
		add(t, e, "b", "two")
		add(t, e, "c", "three")
		wantSame(t, "at first", missing(t, e, 10), []string{"one", "three", "two"})
		if n := len(missing(t, e, 2)); n != 2 {
			t.Errorf("%d within a limit of 2", n)
		}
		must(t, e.Fingerprints.Put(ctx, map[string]string{a.Hash: "x"}))
		must(t, e.Fingerprints.Put(ctx, map[string]string{a.Hash: "x"}))
		must(t, e.Fingerprints.Put(ctx, nil))
		wantSame(t, "after one", missing(t, e, 10), []string{"three", "two"})
	})
	t.Run("the living share, the deleted do not", func(t *testing.T) {
		e := open(t)
		a, b, c := add(t, e, "a", "one"), add(t, e, "b", "two"), add(t, e, "c", "three")
		must(t, e.Fingerprints.Put(ctx, map[string]string{a.State().Hash: "x", b.State().Hash: "x", c.State().Hash: "y"}))
		want := []string{a.State().Hash, b.State().Hash}
		slices.Sort(want)
		shared, err := e.Fingerprints.Shared(ctx)
		must(t, err)
		wantSame(t, "shared", shared, want)
		must(t, b.Delete("", "", noon.Add(time.Hour)))
		must(t, e.Documents.Update(ctx, b.State()))
		shared, err = e.Fingerprints.Shared(ctx)
		must(t, err)
		wantSame(t, "after a deletion", shared, []string{})
	})
	t.Run("an ended context is a timeout", func(t *testing.T) {
		e := open(t)
		ended, cancel := context.WithCancel(ctx)
		cancel()
		_, err := e.Fingerprints.Missing(ended, 1)
		wantKind(t, "Missing", err, domain.Timeout)
		_, err = e.Fingerprints.Shared(ended)
		wantKind(t, "Shared", err, domain.Timeout)
		wantKind(t, "Put", e.Fingerprints.Put(ended, map[string]string{"a": "b"}), domain.Timeout)
	})
}
