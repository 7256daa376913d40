package analysis

import (
	"context"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/finding"
	"github.com/docsteward/docsteward/domain/finding/detect"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/source"
)

// checkDocuments lists every place, holds each document to the rules by itself,
// several at a time, and then all of them together. What cannot be read is a
// fault in the report, and the rest of the check goes on.
func (s *service) checkDocuments(ctx context.Context, c analysis.CheckDocuments) (analysis.Report, error) {
	config, err := configOf(c.Rules)
	if err != nil {
		return analysis.Report{}, err
	}
	detector, err := detect.New(config)
	if err != nil {
		return analysis.Report{}, err
	}
	if c.Fix && s.readOnly {
		return analysis.Report{}, domain.Rejected.New("The service writes no documents; mend them where they lie, with docsteward check --fix.")
	}
	check := &check{service: s, detector: detector, fix: c.Fix && c.Changed == "", known: setOf(c.Known)}
	defer check.close()
	if err := check.read(ctx, c.Locations); err != nil {
		return analysis.Report{}, err
	}
	if err := check.touch(ctx, c.Changed); err != nil {
		return analysis.Report{}, err
	}
	if c.Fix && c.Changed != "" {
		check.mendTouched(ctx)
	}
	if ctx.Err() != nil {
		return analysis.Report{}, domain.FaultOf(ctx.Err())
	}
	world := detect.World{Exists: check.has, Judge: check.judge(ctx), Now: s.Clock.Now()}
	check.found = append(check.found, check.mendCorpus(ctx, detector.Corpus(check.facts, world))...)
	check.keepTouched()
	finding.Sort(check.found, check.folder())
	old := check.dropKnown()
	report := check.report()
	report.Summary.Known, report.Summary.Fixed = old, check.mended
	return report, nil
}

// read opens the places with their projects and holds every document to the rules
// by itself, several at a time.
func (c *check) read(ctx context.Context, locations []string) error {
	for _, location := range locations {
		opened, err := c.service.Sources.Open(ctx, location)
		if err != nil {
			return err
		}
		c.places = append(c.places, place{source: opened})
	}
	c.locate()
	c.openProjects(ctx, locations)
	for i := range c.places {
		c.list(ctx, &c.places[i])
	}
	c.each(ctx)
	return nil
}

func setOf(all []string) map[string]bool {
	set := make(map[string]bool, len(all))
	for _, one := range all {
		set[one] = true
	}
	return set
}

// dropKnown leaves only findings that were not known, and counts the others.
func (c *check) dropKnown() int {
	before := len(c.found)
	c.found = slices.DeleteFunc(c.found, func(f finding.Finding) bool { return c.known[f.Fingerprint] })
	return before - len(c.found)
}

// check is one run.
type check struct {
	service  *service
	detector *detect.Detector
	places   []place
	projects map[string]*project
	// fix says that documents are mended.
	fix bool
	// lines says that the line of every claim is noted.
	lines bool
	// known are the fingerprints of findings that are not told again.
	known map[string]bool
	// base is the deepest folder that holds every place.
	base  string
	tasks []task
	// touched are the documents that are told and mended; nil where all are.
	touched map[string]bool

	mu     sync.Mutex
	facts  []detect.Facts
	found  []finding.Finding
	faults []analysis.Fault
	mended int
}

// place is an open source and where it lies below the base.
type place struct {
	source source.Source
	prefix string
	// project is nil where none is known.
	project *project
}

func (c *check) close() {
	for _, p := range c.places {
		_ = p.source.Close() // It was only read.
	}
	for _, p := range c.projects {
		_ = p.Close() // It was only read.
	}
}

// locate finds the base and the prefix of each place. A source that is one file
// lies in the folder around it.
func (c *check) locate() {
	folders := make([]string, len(c.places))
	for i, p := range c.places {
		folders[i] = rootOf(p.source)
		if i == 0 {
			c.base = folders[0]
		}
		for c.base != "/" && folders[i] != c.base && !strings.HasPrefix(folders[i], c.base+"/") {
			c.base = path.Dir(c.base)
		}
	}
	for i := range c.places {
		c.places[i].prefix = strings.Trim(strings.TrimPrefix(folders[i], c.base), "/")
	}
}

func rootOf(s source.Source) string {
	if rooted, ok := s.(interface{ Root() string }); ok {
		return rooted.Root()
	}
	return s.Identity()
}

// has tells whether a file that is no document is there.
func (c *check) has(name string) bool {
	for _, p := range c.places {
		prober, ok := p.source.(source.Prober)
		if !ok {
			return true // Nobody can tell, and silence is better than a false alarm.
		}
		rest, below := strings.CutPrefix(name, p.prefix)
		if (below || p.prefix == "") && prober.Has(strings.Trim(rest, "/")) {
			return true
		}
	}
	return false
}

func (c *check) fault(name string, err error) {
	fault := domain.FaultOf(err)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.faults = append(c.faults, analysis.Fault{Path: name, Kind: fault.Kind.String(), Message: fault.Message})
}
