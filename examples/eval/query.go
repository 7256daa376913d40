package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/bootstrap/app"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/embedded"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/queryprocessing"
)

// evaluateQuestions asks questions about real documentation, some of which it does
// not answer. The tuning part was looked at while the answering was made; of the
// part that was held back only the figures are printed.
func evaluateQuestions(ctx context.Context, out io.Writer) error {
	folder := filepath.Join(testData(), "etcd-docs")
	if _, err := os.Stat(folder); err != nil {
		fmt.Fprintf(out, "questions: skipped, %s is not there; set DOCSTEWARD_TESTDATA\n", folder)
		return nil
	}
	a, err := openAsker(ctx)
	if err != nil {
		return err
	}
	defer a.close()
	if err := a.ingest(ctx, folder); err != nil {
		return err
	}
	var measures []measure
	for _, part := range [...]string{"tuning", "held"} {
		score, err := a.ask(ctx, part)
		if err != nil {
			return err
		}
		measures = append(measures, score.measures(part)...)
		if part == "tuning" {
			for _, miss := range score.misses {
				fmt.Fprintln(out, "  ", miss)
			}
		}
		fmt.Fprintf(out, "%s: p50 %v, p95 %v a question\n", part, score.percentile(50), score.percentile(95))
	}
	return printMeasures(out, "QUESTIONS", measures)
}

// testData is the folder of public test material.
func testData() string {
	if folder := os.Getenv("DOCSTEWARD_TESTDATA"); folder != "" {
		return folder
	}
	return "../shared/data"
}

// asker is the document store and the orchestrator on a temporary folder.
type asker struct {
	app    *app.App
	folder string
}

func openAsker(ctx context.Context) (*asker, error) {
	folder, err := os.MkdirTemp("", "docsteward-eval-")
	if err != nil {
		return nil, err
	}
	a := &asker{folder: folder}
	cfg, err := config.Load([]string{"DOCSTEWARD_DATA=" + folder})
	if err != nil {
		return nil, err
	}
	k, err := kit.New(cfg, kit.Options{Logs: io.Discard})
	if err != nil {
		return nil, err
	}
	a.app, err = embedded.Open(ctx, k, docstore.ID, orchestrator.ID)
	return a, err
}

func (a *asker) close() {
	a.app.Close()
	_ = os.RemoveAll(a.folder)
}

// ingest stores the Markdown files of a folder under their paths.
func (a *asker) ingest(ctx context.Context, folder string) error {
	return filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".md" {
			return err
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		path, err := filepath.Rel(folder, name)
		if err != nil {
			return err
		}
		path = filepath.ToSlash(path)
		put := docstore.PutDocument{ID: path, Content: string(content), Metadata: map[string]any{"path": path}}
		if err := a.app.DocStore.PutDocument.Execute(ctx, put).Err(); domain.FaultOf(err) != nil && domain.FaultOf(err).Kind == domain.Conflict {
			return nil // the other version says the same
		} else if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		return nil
	})
}

// questionScore is how the questions of one part were answered.
type questionScore struct {
	answerable, unanswerable             int
	inTop3, cited, answered, abstained   int
	sentences, uncited, brokenQuotations int
	took                                 []time.Duration
	misses                               []string
}

// ask asks the questions of a part.
func (a *asker) ask(ctx context.Context, part string) (*questionScore, error) {
	score := new(questionScore)
	for _, q := range questions() {
		if q.part != part {
			continue
		}
		began := time.Now()
		result, err := a.app.Queries.ProcessQuery.Execute(ctx, queryprocessing.ProcessQuery{QueryText: q.text}).Unwrap()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", q.text, err)
		}
		score.took = append(score.took, time.Since(began))
		if err := a.checkQuotations(ctx, result, score); err != nil {
			return nil, err
		}
		score.count(q, result)
	}
	return score, nil
}

// checkQuotations holds every citation against the stored document.
func (a *asker) checkQuotations(ctx context.Context, r queryprocessing.QueryResult, score *questionScore) error {
	for _, s := range r.Sentences {
		score.sentences++
		if len(s.Citations) == 0 {
			score.uncited++
		}
		for _, c := range s.Citations {
			d, err := a.app.DocStore.GetDocument.Execute(ctx, docstore.GetDocument{ID: c.DocumentID}).Unwrap()
			if err != nil {
				return err
			}
			if c.Start < 0 || c.End > len(d.Content) || d.Content[c.Start:c.End] != c.Quote {
				score.brokenQuotations++
			}
		}
	}
	return nil
}

func (s *questionScore) count(q question, r queryprocessing.QueryResult) {
	answered := r.Status == "answered"
	if len(q.documents) == 0 {
		s.unanswerable++
		if answered {
			s.misses = append(s.misses, fmt.Sprintf("answered, though nothing does: %s (%.2f) %s", q.text, r.ConfidenceScore, firstLine(r.Answer)))
		} else {
			s.abstained++
		}
		return
	}
	s.answerable++
	var top []string
	for _, d := range r.Results[:min(3, len(r.Results))] {
		top = append(top, d.DocumentID)
	}
	if slices.ContainsFunc(top, q.answers) {
		s.inTop3++
	} else {
		s.misses = append(s.misses, fmt.Sprintf("source not in the first three: %s: %v", q.text, top))
	}
	if !answered {
		s.misses = append(s.misses, fmt.Sprintf("not answered: %s (%.2f) without %v", q.text, r.ConfidenceScore, r.Missing))
		return
	}
	s.answered++
	if slices.ContainsFunc(r.Sentences, func(x queryprocessing.Sentence) bool { return q.answers(x.Citations[0].DocumentID) }) {
		s.cited++
	} else {
		s.misses = append(s.misses, fmt.Sprintf("cites another document: %s: %s", q.text, firstLine(r.Answer)))
	}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

func (s *questionScore) percentile(p int) time.Duration {
	slices.Sort(s.took)
	return s.took[min(len(s.took)*p/100, len(s.took)-1)].Round(time.Microsecond)
}

func (s *questionScore) measures(part string) []measure {
	share := func(n, of int) float64 { return float64(n) / float64(max(of, 1)) }
	answerable, unanswerable := fmt.Sprint(s.answerable, " answerable"), fmt.Sprint(s.unanswerable, " unanswerable")
	return []measure{
		{part + ": a source in the first 3", share(s.inTop3, s.answerable), 0.85, 0.95, answerable},
		{part + ": answered", share(s.answered, s.answerable), 0.7, 0.9, answerable},
		{part + ": answers citing a source", share(s.cited, s.answered), 0.8, 0.95, fmt.Sprint(s.answered, " answered")},
		{part + ": abstained where nothing answers", share(s.abstained, s.unanswerable), 0.85, 0.95, unanswerable},
		{part + ": sentences cited as they stand", share(s.sentences-s.uncited-s.brokenQuotations, s.sentences), 1, 1, fmt.Sprint(s.sentences, " sentences")},
	}
}
