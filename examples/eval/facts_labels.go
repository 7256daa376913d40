package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// labelSet is what one file of labels says about a module, or about a folder
// beside the labels.
type labelSet struct {
	Language string       `json:"language"`
	Module   string       `json:"module"`
	Root     string       `json:"root"`
	Files    []labelledAs `json:"files"`
	folder   string
}

// labelledAs is a file of which every fact of the kinds was written down, each as
// "kind name" or "kind name=value".
type labelledAs struct {
	File  string   `json:"file"`
	Kinds []string `json:"kinds"`
	Facts []string `json:"facts"`
}

// labelFolder finds the labels from the root of the repository, or from a package
// of it.
func labelFolder() string {
	folder := filepath.Join("adapters", "facts", "testdata", "labels")
	for range 4 {
		if _, err := os.Stat(folder); err == nil {
			return folder
		}
		folder = filepath.Join("..", folder)
	}
	return folder
}

func readLabels(folder string) ([]labelSet, error) {
	names, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("there are no labels in %s; run it in the root of the repository", folder)
	}
	var sets []labelSet
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		set := labelSet{folder: folder}
		if err := json.Unmarshal(text, &set); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		sets = append(sets, set)
	}
	return sets, nil
}

// locate returns the folder that holds the files.
func (s labelSet) locate() (string, bool) {
	if s.Module == "" {
		return filepath.Join(s.folder, s.Root), true
	}
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", s.Module).Output()
	dir := strings.TrimSpace(string(out))
	return dir, err == nil && dir != ""
}

// score compares the facts of the file with its labels. With EVAL_VERBOSE set it
// says on standard error what differs.
func (l labelledAs) score(found []code.Fact) score {
	type known struct {
		value    string
		hasValue bool
		met      bool
	}
	labels := map[string]*known{}
	for _, text := range l.Facts {
		name, value, has := splitLabel(text)
		labels[name] = &known{value: value, hasValue: has}
	}
	s := score{labelled: len(labels)}
	seen := map[string]bool{}
	for _, f := range found {
		name := f.Kind.String() + " " + code.NormalName(f.Kind, f.Name)
		if !slices.Contains(l.Kinds, f.Kind.String()) || seen[name+"="+f.Value] {
			continue
		}
		seen[name+"="+f.Value] = true
		label := labels[name]
		right := label != nil && (!f.HasValue || label.hasValue && label.value == f.Value)
		if label != nil && (!label.hasValue || f.HasValue && label.value == f.Value) {
			label.met = true
		}
		s.extracted++
		if right {
			s.right++
		} else {
			tell("%s:%d: not labelled: %s = %q %v", l.File, f.Line, name, f.Value, f.HasValue)
		}
	}
	for name, label := range labels {
		if label.met {
			s.found++
		} else {
			tell("%s: missed: %s = %q", l.File, name, label.value)
		}
	}
	return s
}

func tell(format string, args ...any) {
	if os.Getenv("EVAL_VERBOSE") != "" {
		fmt.Fprintf(os.Stderr, format+"\n", args...)
	}
}

// splitLabel returns "kind name" with the name as an index spells it, and the
// value. Messages have none, whatever signs they hold.
func splitLabel(text string) (name, value string, has bool) {
	word, rest, _ := strings.Cut(text, " ")
	kind, _ := code.ParseKind(word)
	if kind != code.Message && kind != code.Endpoint {
		rest, value, has = strings.Cut(rest, "=")
	}
	return word + " " + code.NormalName(kind, rest), value, has
}
