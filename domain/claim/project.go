package claim

import (
	"path"
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// Project is what pages are held against. It never changes and is safe for
// concurrent use.
type Project struct {
	index   *code.Index
	options Options
	// commands counts the subcommands known of each program of the project.
	commands map[string]int
	// paths lists the files of each base name, and folders holds every folder.
	paths   map[string][]string
	folders map[string]bool
	// alike counts the files of a folder by their ending, under folder*ending.
	alike map[string]int
	// tails lists the folders of each last part.
	tails map[string][]string
	// patterns are the targets that a Makefile makes by a pattern.
	patterns []string
	// packages holds the names of packages that declare symbols.
	packages map[string]bool
	// families counts the names that begin with each of their prefixes, by kind.
	families map[family]int
	counts   map[code.Kind]int
	// folded finds flags and keys in small letters.
	folded map[family]string
	// elsewhere holds the keys below which other modules tell what there is.
	elsewhere map[string]bool
	// libraries holds the modules that the project builds on by words of their paths.
	libraries map[string]string
	routes    router
	messages  sayings
}

type family struct {
	kind   code.Kind
	prefix string
}

// NewProject learns what the facts tell of the project as a whole.
func NewProject(index *code.Index, options Options) *Project {
	p := &Project{
		index: index, options: options, commands: map[string]int{}, paths: map[string][]string{}, folders: map[string]bool{}, tails: map[string][]string{}, alike: map[string]int{},
		packages: map[string]bool{}, families: map[family]int{}, counts: map[code.Kind]int{}, folded: map[family]string{}, elsewhere: map[string]bool{}, libraries: map[string]string{},
	}
	p.learnFiles()
	p.learnCommands()
	p.learnSymbols()
	p.learnElsewhere()
	p.learnLibraries()
	p.learnMessages()
	for _, kind := range [...]code.Kind{code.Flag, code.Variable, code.Key, code.Endpoint, code.Port, code.Target} {
		for _, name := range index.Names(kind) {
			p.counts[kind]++
			if kind == code.Flag || kind == code.Key {
				p.folded[family{kind, strings.ToLower(name)}] = name
			}
			if kind == code.Key && !declared(index.Find(kind, name)) {
				continue
			}
			for _, prefix := range prefixesOf(kind, name) {
				p.families[family{kind, prefix}]++
			}
			switch {
			case kind == code.Endpoint:
				p.routes.add(name)
			case kind == code.Target && strings.Contains(name, "%"):
				p.patterns = append(p.patterns, name)
			}
		}
	}
	return p
}

func (p *Project) learnFiles() {
	for _, name := range p.index.Names(code.File) {
		base := path.Base(name)
		p.paths[base] = append(p.paths[base], name)
		p.alike[path.Dir(name)+"*"+path.Ext(name)]++
		for folder := path.Dir(name); folder != "." && !p.folders[folder]; folder = path.Dir(folder) {
			p.folders[folder] = true
			p.tails[path.Base(folder)] = append(p.tails[path.Base(folder)], folder)
		}
	}
}

// folderEnding returns a folder whose path ends with the name.
func (p *Project) folderEnding(name string) (string, bool) {
	for _, folder := range p.tails[path.Base(name)] {
		if folder == name || strings.HasSuffix(folder, "/"+name) {
			return folder, true
		}
	}
	return "", false
}

// learnCommands knows programs by their commands, by the folders of cmd, and by
// the name of the module.
func (p *Project) learnCommands() {
	for _, name := range p.index.Names(code.Command) {
		program, _, more := strings.Cut(name, " ")
		if programs[program] {
			continue
		}
		if more {
			p.commands[program]++
		} else if p.commands[program] == 0 {
			p.commands[program] = 0
		}
	}
	for _, file := range p.paths["main.go"] {
		folder := path.Dir(file)
		if name := path.Base(folder); path.Base(path.Dir(folder)) == "cmd" && !generic[name] && !programs[name] {
			p.know(name)
		}
	}
	if name := importName("", p.options.Module); name != "" && p.options.Module != "" {
		p.know(name)
		base := path.Base(p.options.Module)
		if goVersion.MatchString(base) {
			base = path.Base(path.Dir(p.options.Module))
		}
		p.know(base)
	}
	for _, name := range p.options.Programs {
		p.know(name)
	}
}

// generic are folders of cmd that name no program. Never written.
var generic = setOf(`internal main cmd common util utils pkg app root test tools`)

func (p *Project) know(program string) {
	if _, known := p.commands[program]; !known {
		p.commands[program] = 0
	}
}

// owns reports whether a program is one of the project's.
func (p *Project) owns(program string) bool {
	_, known := p.commands[program]
	return known && program != ""
}

func (p *Project) learnSymbols() {
	for f := range p.index.Each(code.Symbol) {
		p.packages[f.Scope[strings.LastIndexAny(f.Scope, "./")+1:]] = true
	}
	delete(p.packages, "")
	delete(p.packages, "main")
}

// samplePath tells files that show how something may be used, or test it: what they
// name is not what the project declares.
var samplePath = regexp.MustCompile(`(?i)(?:^|/)(?:testdata|tests?|fixtures?|examples?|samples?|docs?|documentation|website|integration|e2e|hack|tools?|scripts?|demo|benchmarks?|\.github)/|_test\.|(?:^|[./_-])(?:example|sample|test)[./_-]`)

// Declares reports whether a fact declares what the project offers, rather than
// showing or testing how it may be used.
func Declares(f *code.Fact) bool { return !f.Weak && !samplePath.MatchString(f.Path) }

// declared reports whether any of the facts is a declaration.
func declared(facts []code.Fact) bool {
	for i := range facts {
		if Declares(&facts[i]) {
			return true
		}
	}
	return false
}

// prefixesOf returns the beginnings of a name that tell whose it is, the longest
// first.
func prefixesOf(kind code.Kind, name string) []string {
	separator := "."
	switch kind {
	case code.Flag:
		name = strings.ReplaceAll(name, ".", "-")
		separator = "-"
	case code.Variable:
		separator = "_"
	case code.Endpoint:
		_, name, _ = strings.Cut(name, " ")
		name = strings.TrimPrefix(name, "/")
		separator = "/"
	case code.Key:
	default:
		return nil
	}
	parts := strings.Split(name, separator)
	var prefixes []string
	for n := min(len(parts)-1, 3); n > 0; n-- {
		prefixes = append(prefixes, strings.Join(parts[:n], separator))
	}
	return prefixes
}
