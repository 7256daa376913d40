package main

import (
	_ "embed"
	"strings"
)

// questionsTSV holds questions with the documents that answer them.
//
//go:embed questions.tsv
var questionsTSV string

// question is a question with what answers it.
type question struct {
	part, text string
	// documents are paths within either version; none where nothing answers.
	documents []string
}

// answers reports whether a document answers the question, of whichever version.
func (q question) answers(document string) bool {
	_, path, _ := strings.Cut(document, "/")
	for _, known := range q.documents {
		if path == known {
			return true
		}
	}
	return false
}

func questions() []question {
	var all []question
	for line := range strings.Lines(questionsTSV) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		if len(fields) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		q := question{part: fields[0], text: fields[1]}
		if fields[2] != "-" {
			q.documents = strings.Fields(fields[2])
		}
		all = append(all, q)
	}
	return all
}
