package set

import (
	"cmp"
	"io/fs"
	"slices"
)

// layered is several file systems laid over each other: the migrations of contexts
// that share a database. Where two hold a file of one name, the first counts.
type layered []fs.FS

// Open implements fs.FS.
func (l layered) Open(name string) (fs.File, error) {
	for _, layer := range l {
		if file, err := layer.Open(name); err == nil {
			return file, nil
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ReadDir implements fs.ReadDirFS: it lists what is in the folder of any layer.
func (l layered) ReadDir(name string) ([]fs.DirEntry, error) {
	var all []fs.DirEntry
	for _, layer := range l {
		entries, err := fs.ReadDir(layer, name)
		if err != nil {
			continue
		}
		for _, entry := range entries {
			if !slices.ContainsFunc(all, func(known fs.DirEntry) bool { return known.Name() == entry.Name() }) {
				all = append(all, entry)
			}
		}
	}
	if all == nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return all, nil
}
