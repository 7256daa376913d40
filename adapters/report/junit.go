package report

import (
	"encoding/xml"
	"fmt"
	"io"

	"github.com/docsteward/docsteward/ports/analysis"
)

type testSuite struct {
	XMLName  xml.Name   `xml:"testsuite"`
	Name     string     `xml:"name,attr"`
	Tests    int        `xml:"tests,attr"`
	Failures int        `xml:"failures,attr"`
	Errors   int        `xml:"errors,attr"`
	Cases    []testCase `xml:"testcase"`
}

type testCase struct {
	Name    string   `xml:"name,attr"`
	Class   string   `xml:"classname,attr"`
	Failure *failure `xml:"failure,omitempty"`
	Error   *failure `xml:"error,omitempty"`
}

type failure struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// junit makes a failed case of every finding, and an error of every document
// that could not be checked.
func junit(w io.Writer, r analysis.Report, _ Options) error {
	suite := testSuite{Name: "docsteward", Failures: len(r.Findings), Errors: len(r.Faults)}
	for _, f := range r.Findings {
		suite.Cases = append(suite.Cases, testCase{
			Name: fmt.Sprintf("%s:%d %s", f.Path, f.Line, f.Rule), Class: f.Path,
			Failure: &failure{Type: f.Severity, Message: f.Message, Text: f.Suggestion},
		})
	}
	for _, f := range r.Faults {
		suite.Cases = append(suite.Cases, testCase{Name: f.Path, Class: f.Path, Error: &failure{Type: f.Kind, Message: f.Message}})
	}
	if len(suite.Cases) == 0 {
		suite.Cases = []testCase{{Name: "no findings", Class: "docsteward"}}
	}
	suite.Tests = len(suite.Cases)
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(suite); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
