package code_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain/code"
)

func TestAdded(t *testing.T) {
	cases := map[string]struct {
		patch string
		want  []code.Addition
	}{
		"nothing":  {"", nil},
		"bare":     {"+a\n-b\n+c", []code.Addition{{Lines: []string{"a", "c"}, Numbers: []int{1, 3}}}},
		"indented": {"  +a\n\t+b\n", nil},
		"git": {"diff --git a/x.py b/x.py\nindex 1..2\n--- a/x.py\n+++ b/x.py\n@@ -1,3 +5,4 @@ def f():\n one\n-two\n+2\n three\n+4\n@@ -20 +22 @@\n+end\n",
			[]code.Addition{{Path: "x.py", Lines: []string{"2", "4", "end"}, Numbers: []int{6, 8, 22}}}},
		"two files": {"--- x\n+++ x\t2026-01-01 00:00:00\n@@ -0,0 +1 @@\n+a\n--- y\n+++ \"b/\\303\\251 y\"\n@@ -0,0 +1 @@\n+b\r\n",
			[]code.Addition{{Path: "x", Lines: []string{"a"}, Numbers: []int{1}}, {Path: "é y", Lines: []string{"b"}, Numbers: []int{1}}}},
		"a deleted file": {"--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n", nil},
		"a blank line":   {"+++ b/x\n@@ -1,2 +1,3 @@\n a\n\n+b\n", []code.Addition{{Path: "x", Lines: []string{"b"}, Numbers: []int{3}}}},
		"no number":      {"+++ b/x\n@@ what @@\n+b\n", []code.Addition{{Path: "x", Lines: []string{"b"}, Numbers: []int{3}}}},
	}
	for name, c := range cases {
		if got := code.Added(c.patch); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}

func FuzzAdded(f *testing.F) {
	f.Add("--- a/x\n+++ b/x\n@@ -1,2 +3,4 @@\n a\n+b\n-c\n")
	f.Add("+++ \"b/\\303\"\n@@ -1 +99999999999999999999 @@\n+\n+++")
	f.Fuzz(func(t *testing.T, patch string) {
		lines := 0
		for _, a := range code.Added(patch) {
			if len(a.Lines) == 0 || len(a.Lines) != len(a.Numbers) {
				t.Fatalf("got %+v", a)
			}
			lines += len(a.Lines)
		}
		want := 0
		for line := range strings.SplitSeq(patch, "\n") {
			if strings.HasPrefix(line, "+") && !strings.HasPrefix(line, "+++") {
				want++
			}
		}
		if lines != want {
			t.Fatalf("%d lines are added, want %d", lines, want)
		}
	})
}

func ExampleAdded() {
	for _, a := range code.Added("--- a/app.py\n+++ b/app.py\n@@ -7,1 +7,2 @@\n import x\n+import y\n") {
		fmt.Println(a.Path, a.Numbers, a.Text())
	}
	// Output: app.py [8] import y
}
