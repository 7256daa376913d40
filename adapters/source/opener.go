// Package source opens places that documents come from by what a user types.
package source

import (
	"context"
	"errors"

	"github.com/docsteward/docsteward/adapters/source/files"
	"github.com/docsteward/docsteward/adapters/source/git"
	"github.com/docsteward/docsteward/domain"
	port "github.com/docsteward/docsteward/ports/source"
)

// Opener opens git repositories and folders.
type Opener struct {
	// MaxBytes is the greatest size of a file that is read; 0 means files.DefaultMaxBytes.
	MaxBytes int64
}

var (
	_ port.Opener        = Opener{}
	_ port.ProjectOpener = Opener{}
)

// Open takes a path: one in a git repository opens as such, so that history and
// ignore rules count; any other opens as a folder.
func (o Opener) Open(_ context.Context, location string) (port.Source, error) {
	options := files.Options{MaxBytes: o.MaxBytes}
	repository, err := git.Open(location, options)
	if err == nil {
		return repository, nil
	}
	if !errors.Is(err, domain.NotFound) {
		return nil, err
	}
	return files.Open(location, options)
}

// OpenProject opens the repository that a path lies in, at its top, or else the
// nearest folder with a build file.
func (o Opener) OpenProject(_ context.Context, location string) (port.Project, error) {
	options := files.Options{MaxBytes: o.MaxBytes}
	repository, err := git.OpenProject(location, options)
	if err == nil {
		return repository, nil
	}
	if !errors.Is(err, domain.NotFound) {
		return nil, err
	}
	return files.OpenProject(location, options)
}
