package analysis

import (
	"context"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
	domainsource "github.com/docsteward/docsteward/domain/source"
	"github.com/docsteward/docsteward/ports/facts"
	"github.com/docsteward/docsteward/ports/source"
)

// maxSource is the greatest file that is read for its facts, in bytes.
const maxSource = 4 << 20

// project is the software that some of the documents speak of.
type project struct {
	source.Project
	facts []code.Fact
	// hasCode says that there are facts beyond the names of files.
	hasCode bool
	// module is the path by which other Go code imports the project; may be empty.
	module string
	// past is what the history tells of names that are gone, once it was asked.
	past history
	// words are those of the code, which mu guards while it is read.
	mu    sync.Mutex
	words *claim.Vocabulary
}

// openProjects opens the project of every place, each project once, and reads its
// facts. A place whose project cannot be read is checked without.
func (c *check) openProjects(ctx context.Context, locations []string) {
	if c.service.Projects == nil {
		return
	}
	wanted := c.service.Facts != nil && c.detector.HoldsCode()
	c.projects = make(map[string]*project)
	for i, location := range locations {
		opened, err := c.service.Projects.OpenProject(ctx, location)
		if err != nil {
			c.fault(location, err)
			continue
		}
		root := opened.Root()
		if c.projects[root] != nil {
			_ = opened.Close() // it was only opened to learn its root
		} else {
			c.projects[root] = &project{Project: opened, words: claim.NewVocabulary()}
			if wanted {
				c.readFacts(ctx, c.projects[root])
			}
		}
		c.places[i].project = c.projects[root]
	}
}

// readFacts reads the facts of a project, several folders at a time.
func (c *check) readFacts(ctx context.Context, p *project) {
	folders := c.listFolders(ctx, p)
	names := make([]string, 0, len(folders))
	for name := range folders {
		names = append(names, name)
	}
	slices.Sort(names)
	found := make([][]code.Fact, len(names))
	c.service.spread(ctx, len(names), func(i int) { found[i] = c.readFolder(ctx, p, folders[names[i]]) })
	for _, facts := range found {
		p.hasCode = p.hasCode || len(facts) > 0
		p.facts = append(p.facts, facts...)
	}
}

// listFolders lists the files that hold facts, by folder, and makes every file of
// the project a fact.
func (c *check) listFolders(ctx context.Context, p *project) map[string][]domainsource.Item {
	folders := make(map[string][]domainsource.Item)
	for item, err := range p.Files(ctx) {
		if err != nil {
			continue // what cannot be listed has no facts; where it is a document, the check tells
		}
		if item.Path == "go.mod" {
			p.module = moduleOf(p.Read(ctx, item))
		}
		p.facts = append(p.facts, code.Fact{Kind: code.File, Name: item.Path, Path: item.Path, Line: 1})
		if item.Size <= maxSource && c.service.Facts.Reads(item.Path) {
			folder := path.Dir(item.Path)
			folders[folder] = append(folders[folder], item)
		}
	}
	return folders
}

// readFolder reads the files of one folder together. Files that cannot be read, and
// code that cannot be understood, have no facts and are no fault of the documents.
func (c *check) readFolder(ctx context.Context, p *project, items []domainsource.Item) []code.Fact {
	files := make([]facts.File, 0, len(items))
	for _, item := range items {
		if content, err := p.Read(ctx, item); err == nil {
			files = append(files, facts.File{Path: item.Path, Content: content})
		}
	}
	p.learnWords(files)
	found, err := c.service.Facts.ExtractPackage(ctx, files)
	if err != nil {
		return nil
	}
	return found
}

// learnWords takes in the words of files, of a document none: what only documents
// say is not in the code.
func (p *project) learnWords(files []facts.File) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range files {
		if !domainsource.IsDocument(f.Path) {
			p.words.Add(f.Content)
		}
	}
}

// folder is where the base lies in the one project that is checked; empty where
// there are several, or none is known.
func (c *check) folder() string {
	for root := range c.projects {
		if below, within := strings.CutPrefix(c.base, root+"/"); within && len(c.projects) == 1 {
			return below
		}
	}
	return ""
}

// below returns the path of a document within its project.
func (p *project) below(root, name string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path.Join(root, name), p.Root()), "/")
}

// moduleOf reads the name of the module from a go.mod; empty where there is none.
func moduleOf(content []byte, err error) string {
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(content)) {
		if words := strings.Fields(line); len(words) >= 2 && words[0] == "module" {
			return strings.Trim(words[1], `"`)
		}
	}
	return ""
}
