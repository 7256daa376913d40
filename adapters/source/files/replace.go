package files

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
	port "github.com/docsteward/docsteward/ports/source"
)

var _ port.Editor = (*Folder)(nil)

// Replace puts content in the place of a file; see ports/source. It is written
// beside the file and then takes its name.
func (f *Folder) Replace(ctx context.Context, item source.Item, content []byte) (source.Item, error) {
	if ctx.Err() != nil {
		return item, domain.FaultOf(ctx.Err())
	}
	info, err := f.root.Lstat(item.Path)
	switch {
	case err != nil:
		return item, faultOf(item.Path, err)
	case !info.Mode().IsRegular():
		return item, domain.Rejected.New(item.Path + " is a link and is not written through; mend the file that it leads to.")
	case itemOf(item.Path, info).Stamp != item.Stamp:
		return item, domain.Conflict.New(item.Path + " was changed meanwhile and is left as it is; run again.")
	}
	beside := path.Join(path.Dir(item.Path), "."+path.Base(item.Path)+".docsteward")
	if err := f.writeNew(beside, content, info.Mode().Perm()); err != nil {
		return item, faultOf(item.Path, errors.Join(err, f.root.RemoveAll(beside)))
	}
	if err := f.root.Rename(beside, item.Path); err != nil {
		return item, faultOf(item.Path, errors.Join(err, f.root.RemoveAll(beside)))
	}
	return f.item(item.Path)
}

// writeNew writes over what a process that was killed may have left there.
func (f *Folder) writeNew(name string, content []byte, mode fs.FileMode) error {
	file, err := f.root.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close(), f.root.Chmod(name, mode))
}
