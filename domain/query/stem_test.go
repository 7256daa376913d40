package query_test

import (
	"testing"

	"github.com/docsteward/docsteward/domain/query"
)

// The pairs are the examples of Porter's paper, run through all of its steps.
func TestStem(t *testing.T) {
	for word, want := range map[string]string{
		"caresses": "caress", "ponies": "poni", "ties": "ti", "cats": "cat", "feed": "feed", "agreed": "agre", "plastered": "plaster",
		"motoring": "motor", "sing": "sing", "conflated": "conflat", "hopping": "hop", "falling": "fall", "hissing": "hiss", "filing": "file",
		"happy": "happi", "sky": "sky", "relational": "relat", "conditional": "condit", "digitizer": "digit", "vietnamization": "vietnam",
		"triplicate": "triplic", "formative": "form", "electrical": "electr", "goodness": "good", "revival": "reviv", "allowance": "allow",
		"adjustment": "adjust", "adoption": "adopt", "replacement": "replac", "probate": "probat", "rate": "rate", "controlling": "control",
		"generalizations": "gener", "oscillators": "oscil", "compaction": "compact", "compacted": "compact", "clusters": "cluster",
		"members": "member", "configuration": "configur", "configuring": "configur", "v3": "v3", "für": "für", "is": "is",
	} {
		if got := query.Stem(word); got != want {
			t.Errorf("Stem(%q) = %q, want %q", word, got, want)
		}
	}
}

func FuzzStem(f *testing.F) {
	f.Add("generalizations")
	f.Add("yyy")
	f.Fuzz(func(t *testing.T, word string) {
		if got := query.Stem(word); len(got) > len(word)+1 || word != "" && got == "" {
			t.Errorf("Stem(%q) = %q", word, got)
		}
	})
}
