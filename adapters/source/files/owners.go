package files

import (
	"context"
	"errors"
	"io/fs"
	"strings"

	"github.com/hmarr/codeowners"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
)

// ownersPaths are where a CODEOWNERS file is looked for, the first wins. Never written.
var ownersPaths = []string{".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"}

// Provenance returns the owners that the CODEOWNERS file names.
func (f *Folder) Provenance(_ context.Context, paths []string) (map[string]source.Provenance, error) {
	rules, err := Owners(func(name string) ([]byte, error) { return fs.ReadFile(f.root.FS(), name) })
	if err != nil || rules == nil {
		return nil, err
	}
	known := make(map[string]source.Provenance)
	for _, name := range paths {
		owners, err := OwnersOf(rules, name)
		if err != nil {
			return nil, err
		}
		if len(owners) > 0 {
			known[name] = source.Provenance{Owners: owners}
		}
	}
	return known, nil
}

// Owners reads the CODEOWNERS file of a tree, whose files read returns, or
// fs.ErrNotExist; nil when there is none.
func Owners(read func(name string) ([]byte, error)) (codeowners.Ruleset, error) {
	for _, name := range ownersPaths {
		data, err := read(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, faultOf(name, err)
		}
		rules, err := codeowners.ParseFile(strings.NewReader(string(data)))
		if err != nil {
			return nil, domain.Invalid.Wrap(err, name+" cannot be understood: "+err.Error())
		}
		return rules, nil
	}
	return nil, nil
}

// OwnersOf returns the owners of a path, without the @ before their names. The
// last rule that matches decides.
func OwnersOf(rules codeowners.Ruleset, name string) ([]string, error) {
	rule, err := rules.Match(name)
	if err != nil {
		return nil, domain.Invalid.Wrap(err, "CODEOWNERS holds a pattern that cannot be matched: "+err.Error())
	}
	if rule == nil {
		return nil, nil
	}
	owners := make([]string, 0, len(rule.Owners))
	for _, owner := range rule.Owners {
		if len(owners) < source.MaxOwners {
			owners = append(owners, strings.TrimPrefix(owner.String(), "@"))
		}
	}
	return owners, nil
}
