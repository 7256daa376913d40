package query_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/query"
)

// tree reads blocks between blank lines: headings behind #, code between fences,
// everything else is a paragraph.
func tree(content string) *document.Tree {
	root := &document.Block{End: len(content)}
	start := 0
	for _, block := range strings.SplitAfter(content, "\n\n") {
		text := strings.TrimRight(block, "\n")
		b := &document.Block{Start: start, End: start + len(text)}
		from := b.Start
		switch level := len(text) - len(strings.TrimLeft(text, "#")); {
		case level > 0:
			b.Kind, b.Level, from = document.KindHeading, level, start+level+1
		case strings.HasPrefix(text, "```"):
			b.Kind, from = document.KindCode, start+strings.Index(text, "\n")+1
		default:
			b.Kind = document.KindParagraph
		}
		b.Children = []*document.Block{{Kind: document.KindText, Start: from, End: b.End}}
		if b.Kind == document.KindCode {
			b.Children[0].End = b.End - 4
		}
		root.Children = append(root.Children, b)
		start += len(block)
	}
	return &document.Tree{Root: root}
}

func source(id, content string) *query.Source {
	return &query.Source{Document: id, Title: id, Version: 3, Content: content, Passages: query.Passages([]byte(content), tree(content))}
}

const guide = "# Guide\n\n## Leases\n\nA lease is a contract with a time to live, e.g. of a lock. The default time to live is 60 seconds. See v1.2 for more.\n\n" +
	"## Backups\n\nSave a snapshot with this command:\n\n```\nctl snapshot save backup.db\n```\n\n## Flags\n\nThe flag --max-request-bytes bounds a request.\n"

func TestPassagesAreSentencesUnderHeadings(t *testing.T) {
	passages := query.Passages([]byte(guide), tree(guide))
	var got []string
	for _, p := range passages {
		got = append(got, strings.Join(p.Headings, " > "))
		for _, u := range p.Units {
			if !u.Code && guide[u.Start:u.End] != u.Text {
				t.Errorf("%q is not %q", guide[u.Start:u.End], u.Text)
			}
			got = append(got, fmt.Sprint(u.Text, " ", u.Code))
		}
	}
	want := []string{
		"Guide > Leases", "A lease is a contract with a time to live, e.g. of a lock. false", "The default time to live is 60 seconds. false",
		"See v1.2 for more. false", "Guide > Backups", "Save a snapshot with this command: false", "ctl snapshot save backup.db true",
		"Guide > Flags", "The flag --max-request-bytes bounds a request. false",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

// answerOf asks one question of the guide among documents about other things.
func answerOf(t *testing.T, text string, frequency func(query.Term) int) query.Answer {
	t.Helper()
	q, err := query.Read(text)
	if err != nil {
		t.Fatal(err)
	}
	s := query.Statistics{Documents: 100}
	for _, term := range q.Terms {
		s.Frequency = append(s.Frequency, frequency(term))
	}
	sources := []*query.Source{source("other", "# Other\n\nA snapshot of the garden in spring.\n"), source("guide", guide)}
	return query.Compose(q, query.Rank(q, sources, s), s)
}

func TestCompose(t *testing.T) {
	known := func(term query.Term) int {
		if strings.Contains(strings.ToLower(guide), term.Text) {
			return 3
		}
		return 0
	}
	for text, want := range map[string]string{
		"What is a lease?":                         "A lease is a contract with a time to live, e.g. of a lock.",
		"What is the default time to live?":        "The default time to live is 60 seconds.",
		"How do I save a snapshot?":                "Save a snapshot with this command:|ctl snapshot save backup.db",
		"What does --max-request-bytes do?":        "The flag --max-request-bytes bounds a request.",
		"How do I mirror a snapshot to Kafka?":     "",
		"What is the default password of a lease?": "",
		"Which colour does the snapshot have?":     "",
		`Tell me the "default time to live"`:       "The default time to live is 60 seconds.",
	} {
		answer := answerOf(t, text, known)
		var got []string
		for _, s := range answer.Sentences {
			got = append(got, s.Text)
		}
		if joined := strings.Join(got, "|"); joined != want && (want == "" || !strings.Contains(joined, want)) {
			t.Errorf("%s: %q at %.2f without %v, want %q", text, joined, answer.Confidence, answer.Missing, want)
		}
		if answer.Found() != (answer.Confidence >= query.Answerable) || answer.Confidence < 0 || answer.Confidence > 1 {
			t.Errorf("%s: found %v at %.2f", text, answer.Found(), answer.Confidence)
		}
	}
}

func TestComposeSaysWhatIsMissing(t *testing.T) {
	answer := answerOf(t, "How do I mirror a snapshot to Kafka?", func(query.Term) int { return 1 })
	if got := strings.Join(answer.Missing, " "); !strings.Contains(got, "kafka") || !strings.Contains(got, "mirror") {
		t.Errorf("missing %q", got)
	}
	if q, _ := query.Read("anything"); query.Compose(q, nil, query.Statistics{}).Found() {
		t.Error("nothing answers")
	}
}

func TestCitedHolds(t *testing.T) {
	answer := answerOf(t, "What is the default time to live?", func(query.Term) int { return 3 })
	cited := answer.Sentences[len(answer.Sentences)-1].Cite()
	if cited.Span.Document != "guide" || cited.Span.Version != 3 || !strings.Contains(cited.Quote, "60") || guide[cited.Span.Start:cited.Span.End] != cited.Quote {
		t.Fatalf("cited %+v", cited)
	}
	for _, c := range []struct {
		version int
		content string
		want    bool
	}{
		{3, guide, true}, {3, "x" + guide, false}, {4, "x" + guide, true}, {4, strings.Replace(guide, "60", "90", 1), false}, {4, "", false},
	} {
		if got := cited.Holds(c.version, c.content); got != c.want {
			t.Errorf("version %d of %d bytes: %v", c.version, len(c.content), got)
		}
	}
}

func FuzzPassages(f *testing.F) {
	f.Add(guide)
	f.Add("a. B\n\n```\n\n```")
	f.Fuzz(func(t *testing.T, content string) {
		if strings.Contains(content, "#") || strings.Contains(content, "`") {
			return // the tree of this test reads those only where they are well-formed
		}
		last := 0
		for _, p := range query.Passages([]byte(content), tree(content)) {
			for _, u := range p.Units {
				if u.Start < last || u.End < u.Start || u.End > len(content) {
					t.Fatalf("unit [%d, %d) after %d of %d", u.Start, u.End, last, len(content))
				}
				last = u.End
			}
		}
	})
}

func BenchmarkRank(b *testing.B) {
	q, err := query.Read("What is the default time to live of a lease?")
	if err != nil {
		b.Fatal(err)
	}
	var sources []*query.Source
	for i := range 24 {
		sources = append(sources, source(fmt.Sprint("d", i), strings.Repeat(guide, 20)))
	}
	s := query.Statistics{Documents: 1000, Frequency: []int{10, 20, 30, 40}}
	for b.Loop() {
		query.Compose(q, query.Rank(q, sources, s), s)
	}
}
