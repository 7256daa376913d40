package span_test

import (
	"fmt"
	"testing"

	"github.com/docsteward/docsteward/domain/span"
)

func TestHolds(t *testing.T) {
	content := []byte("one two three")
	s := span.Of(content, 4, 7)
	for text, want := range map[string]bool{
		"one two three": true, "1ne two": true, "one TWO three": false, "a one two": false, "one": false, "": false,
	} {
		if got := s.Holds([]byte(text)); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
	if (span.Span{Start: 5, End: 2}).Holds(content) || (span.Span{Start: -1}).Holds(content) {
		t.Error("an impossible range holds")
	}
}

func TestPosition(t *testing.T) {
	lines := span.NewLines([]byte("ab\nüx\r\n\nend"))
	for _, c := range []struct{ offset, line, column int }{
		{-4, 1, 1}, {0, 1, 1}, {2, 1, 3}, {3, 2, 1}, {5, 2, 2}, {6, 2, 3}, {8, 3, 1}, {9, 4, 1}, {12, 4, 4}, {99, 4, 4},
	} {
		if line, column := lines.Position(c.offset); line != c.line || column != c.column {
			t.Errorf("%d: got %d:%d, want %d:%d", c.offset, line, column, c.line, c.column)
		}
	}
	if lines.Count() != 4 || lines.Start(2) != 3 || lines.Start(9) != 12 || lines.Start(0) != 0 {
		t.Error("wrong starts of lines")
	}
	if line, column := span.NewLines(nil).Position(0); line != 1 || column != 1 {
		t.Errorf("empty content begins at %d:%d", line, column)
	}
}

func ExampleSpan_Holds() {
	content := []byte("The default port is 2379.")
	port := span.Of(content, 20, 24)
	fmt.Println(port.Holds(content), port.Holds([]byte("The default port is 4001.")))
	// Output: true false
}

func ExampleLines_Position() {
	fmt.Println(span.NewLines([]byte("# Über\nuns")).Position(4))
	// Output: 1 4
}

func BenchmarkPosition(b *testing.B) {
	content := make([]byte, 0, 1<<20)
	for len(content) < 1<<20 {
		content = append(content, "a line of some forty characters in all\n"...)
	}
	lines := span.NewLines(content)
	for b.Loop() {
		lines.Position(len(content) / 3)
	}
}
