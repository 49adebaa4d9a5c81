// Package backup writes the SQLite files of a site into one file, a tar archive, and puts
// them back. It never reads the master key, without which the archive tells nothing of
// people who are not members.
package backup

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"joinery/app/db"
)

// A File is one SQLite file of the site, under its name in archives.
type File struct {
	Name string
	Path string
}

// A Progress is told of each step that takes long, with its size in bytes or -1, and gets
// what the step has done as bytes.
type Progress func(step string, size int64) io.Writer

// Name returns the name of an archive that is made at a time.
func Name(now time.Time) string { return "joinery-" + stamp(now) + ".tar" }

func stamp(at time.Time) string { return at.UTC().Format("2006-01-02T150405Z") }

// Write writes those of the files that exist to an archive of the given name in the folder
// dir, which it makes if it is missing, and returns the path. The archive has that name
// only when it is whole, on the disk and verified. Only this user can read it. The site may
// run meanwhile: each file is as it was at one moment.
func Write(ctx context.Context, dir, name string, files []File, progress Progress) (string, error) {
	unfinished, remove, err := scratch(dir, ".backup-")
	if err != nil {
		return "", fmt.Errorf("backup: %w", err)
	}
	defer remove()
	copies, err := copyAll(ctx, unfinished, files, progress)
	if err != nil {
		return "", err
	}
	archive := filepath.Join(unfinished, "archive")
	if err := pack(ctx, archive, copies, progress); err != nil {
		return "", fmt.Errorf("backup: %w", err)
	}
	if _, err := unpack(ctx, archive, func(string) string { return unfinished }, progress); err != nil {
		return "", fmt.Errorf("backup: the archive is not what it should be: %w", err)
	}
	path := filepath.Join(dir, name)
	if err := os.Rename(archive, path); err != nil {
		return "", fmt.Errorf("backup: %w", err)
	}
	return path, syncFolder(dir)
}

// copyAll copies the files that exist to a folder. It is an error when there are none.
func copyAll(ctx context.Context, to string, files []File, progress Progress) (copies []File, err error) {
	for _, f := range files {
		if _, err := os.Stat(f.Path); errors.Is(err, os.ErrNotExist) {
			continue
		}
		progress("copying "+f.Name, -1)
		c := File{f.Name, filepath.Join(to, f.Name+".copy")}
		if err := db.CopyTo(ctx, f.Path, c.Path); err != nil {
			return nil, fmt.Errorf("backup: %w", err)
		}
		copies = append(copies, c)
	}
	if len(copies) == 0 {
		return nil, errors.New("backup: there is no database yet; are DATA and DATABASE_URL those of the site?")
	}
	return copies, nil
}

// pack moves files into a new archive, and returns when it is on the disk.
func pack(ctx context.Context, archive string, files []File, progress Progress) error {
	out, err := os.OpenFile(archive, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	w := tar.NewWriter(out)
	for _, f := range files {
		if err := add(ctx, w, f, progress); err != nil {
			return err
		}
	}
	return errors.Join(w.Close(), out.Sync(), out.Close())
}

// add moves one file into an archive.
func add(ctx context.Context, w *tar.Writer, f File, progress Progress) error {
	in, err := os.Open(f.Path)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	if err := w.WriteHeader(&tar.Header{Name: f.Name, Mode: 0o600, Size: info.Size(), ModTime: info.ModTime()}); err != nil {
		return err
	}
	bar := progress("packing "+f.Name, info.Size())
	if _, err := io.Copy(io.MultiWriter(w, bar), untilDone{ctx, in}); err != nil {
		return err
	}
	return os.Remove(f.Path)
}

// untilDone reads until a context is done.
type untilDone struct {
	ctx context.Context
	in  io.Reader
}

func (u untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.in.Read(p)
}

// syncFolder makes the names in a folder survive a power loss.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
