package backup

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"joinery/app/db"
)

// Restore puts the files of an archive in the place of those of the site, and returns the
// paths under which it keeps what was there. First it checks that the archive is whole, and
// asks accept about each of its files. It changes nothing and returns [db.ErrInUse] while a
// site has one of the files open.
//
// Whenever it is interrupted, each file is the one of before or the one of the archive,
// whole; Restore can then be called again.
func Restore(ctx context.Context, archive string, files []File, accept func(File) error, now time.Time, progress Progress) (kept []string, err error) {
	files, err = resolved(files)
	if err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	dirs, remove, err := folders(files)
	if err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	defer remove()
	unpacked, err := unpack(ctx, archive, func(name string) string { return dirs[name] }, progress)
	if err != nil {
		return nil, fmt.Errorf("backup: %s cannot be restored: %w", archive, err)
	}
	for _, f := range unpacked {
		if err := accept(f); err != nil {
			return nil, err
		}
	}
	return replace(ctx, files, unpacked, now)
}

// resolved returns the files to which links lead.
func resolved(files []File) (all []File, err error) {
	for _, f := range files {
		if f.Path, err = db.Resolve(f.Path); err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}

// folders makes a folder beside each of the files, to unpack it on the same disk.
func folders(files []File) (byName map[string]string, remove func(), err error) {
	byName = make(map[string]string)
	var all []func()
	remove = func() {
		for _, done := range all {
			done()
		}
	}
	for _, f := range files {
		var done func()
		byName[f.Name], done, err = scratch(filepath.Dir(f.Path), ".restore-")
		if err != nil {
			remove()
			return nil, nil, err
		}
		all = append(all, done)
	}
	return byName, remove, nil
}

// replace puts files in the places of those of the same names, and returns under which
// names the old ones are kept.
func replace(ctx context.Context, places, by []File, now time.Time) (kept []string, err error) {
	var all []db.Replacement
	for _, f := range by {
		i := slices.IndexFunc(places, func(place File) bool { return place.Name == f.Name })
		all = append(all, db.Replacement{Path: places[i].Path, From: f.Path, Kept: places[i].Path + ".replaced-" + stamp(now)})
	}
	err = db.Replace(ctx, all...)
	for _, r := range all {
		if _, missing := os.Stat(r.Kept); missing == nil {
			kept = append(kept, r.Kept)
		}
	}
	return kept, err
}

// unpack writes the files of an archive to the folders that dir names for them, and returns
// those that are whole and sound databases. A file for which dir names no folder, or none
// at all, is an error.
func unpack(ctx context.Context, archive string, dir func(name string) string, progress Progress) (files []File, err error) {
	in, err := os.Open(archive)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	r := tar.NewReader(in)
	for {
		head, err := r.Next()
		switch {
		case errors.Is(err, io.EOF) && len(files) > 0:
			return files, nil
		case err != nil:
			return nil, fmt.Errorf("it is no whole backup of Joinery: %w", err)
		case dir(head.Name) == "" || filepath.Base(head.Name) != head.Name:
			return nil, errors.New("it has a file that is none of Joinery's")
		}
		f := File{head.Name, filepath.Join(dir(head.Name), head.Name)}
		if err := extract(ctx, r, f, head.Size, progress); err != nil {
			return nil, err
		}
		files = append(files, f)
	}
}

// extract writes one file of an archive, and returns when it is sound and on the disk.
func extract(ctx context.Context, r io.Reader, f File, size int64, progress Progress) error {
	out, err := os.OpenFile(f.Path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	bar := progress("unpacking "+f.Name, size)
	if _, err := io.Copy(io.MultiWriter(out, bar), untilDone{ctx, r}); err != nil {
		return err
	}
	if err := errors.Join(out.Sync(), out.Close()); err != nil {
		return err
	}
	progress("verifying "+f.Name, -1)
	return db.CheckSound(ctx, f.Path)
}
