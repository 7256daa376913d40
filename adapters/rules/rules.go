// Package rules reads which rules documents are held to from a YAML file.
package rules

import (
	"errors"
	"io"
	"os"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/analysis"
)

// FileName is the file that is read when no other is named.
const FileName = ".docsteward.yaml"

// file is the form of the configuration file.
type file struct {
	Enable           []string            `yaml:"enable"`
	Disable          []string            `yaml:"disable"`
	Severity         map[string]string   `yaml:"severity"`
	Ignore           []string            `yaml:"ignore"`
	Overrides        []override          `yaml:"overrides"`
	MaxLineLength    int                 `yaml:"max_line_length"`
	MaxSentenceWords int                 `yaml:"max_sentence_words"`
	MaxGrade         float64             `yaml:"max_grade"`
	StaleDays        int                 `yaml:"stale_days"`
	Terms            map[string][]string `yaml:"terms"`
}

type override struct {
	Paths    []string          `yaml:"paths"`
	Enable   []string          `yaml:"enable"`
	Disable  []string          `yaml:"disable"`
	Severity map[string]string `yaml:"severity"`
}

// Read reads the named file, or FileName where name is empty, which may be
// missing. It fails with NotFound when a named file is missing, and with Invalid
// when a file cannot be understood.
func Read(name string) (analysis.Rules, error) {
	wanted := name != ""
	if !wanted {
		name = FileName
	}
	data, err := os.ReadFile(name)
	switch {
	case errors.Is(err, os.ErrNotExist) && !wanted:
		return analysis.Rules{}, nil
	case errors.Is(err, os.ErrNotExist):
		return analysis.Rules{}, domain.NotFound.Wrap(err, "The configuration file "+name+" does not exist.")
	case err != nil:
		return analysis.Rules{}, domain.Forbidden.Wrap(err, "The configuration file "+name+" cannot be read.")
	}
	return Parse(name, string(data))
}

// Parse reads a configuration file's text. A key that nobody knows is Invalid.
func Parse(name, text string) (analysis.Rules, error) {
	var f file
	decoder := yaml.NewDecoder(strings.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&f); err != nil && !errors.Is(err, io.EOF) {
		return analysis.Rules{}, domain.Invalid.Wrap(err, "The configuration file "+name+" cannot be understood: "+err.Error())
	}
	r := analysis.Rules{
		Enable: f.Enable, Disable: f.Disable, Severity: f.Severity, Ignore: f.Ignore, MaxLineLength: f.MaxLineLength,
		MaxSentenceWords: f.MaxSentenceWords, MaxGrade: f.MaxGrade, StaleDays: f.StaleDays, Terms: f.Terms,
	}
	for _, o := range f.Overrides {
		r.Overrides = append(r.Overrides, analysis.Override(o))
	}
	return r, nil
}
