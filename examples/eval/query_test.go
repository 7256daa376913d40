package main

import "testing"

func TestQuestions(t *testing.T) {
	counts := map[string]int{}
	seen := map[string]bool{}
	for _, q := range questions() {
		if seen[q.text] {
			t.Errorf("asked twice: %s", q.text)
		}
		seen[q.text] = true
		counts[q.part]++
		if len(q.documents) == 0 {
			counts["unanswerable"]++
		}
	}
	if counts["tuning"]+counts["held"] != len(seen) || len(seen) < 60 || counts["unanswerable"] < 15 || counts["held"]*3 < len(seen) {
		t.Errorf("the questions are %v", counts)
	}
}

func TestAnswersAreOfEitherVersion(t *testing.T) {
	q := question{documents: []string{"op-guide/a.md"}}
	for document, want := range map[string]bool{"v3.4/op-guide/a.md": true, "v3.5/op-guide/a.md": true, "v3.5/a.md": false, "a.md": false} {
		if q.answers(document) != want {
			t.Errorf("%s: %v", document, !want)
		}
	}
}
