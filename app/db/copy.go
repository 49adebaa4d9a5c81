package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// CopyTo writes a copy of the file at path, of any version, to a new file that only this
// user can read. The copy is that of one moment, also beside a running site, and has
// nothing of deleted rows. When CopyTo returns, the copy is on the disk.
func CopyTo(ctx context.Context, path, to string) error {
	d, err := OpenAnyVersion(ctx, path)
	if err != nil {
		return err
	}
	defer d.Close()
	file, err := os.OpenFile(to, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("db: copy: %w", err)
	}
	defer file.Close()
	if _, err := d.read.ExecContext(ctx, `VACUUM INTO $1`, to); err != nil {
		return fmt.Errorf("db: copy: %w", err)
	}
	return file.Sync()
}

// CheckSound returns an error unless the file at path, which no program uses, is a sound
// database, of any version. It reads all of the file, and writes nothing.
func CheckSound(ctx context.Context, path string) error {
	d, err := readOnly(ctx, path, "immutable", "1")
	if err != nil {
		return fmt.Errorf("db: %s: %w", path, err)
	}
	defer d.Close()
	var verdict string
	if err := d.read.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&verdict); err != nil {
		return fmt.Errorf("db: %s: %w", path, err)
	}
	if verdict != "ok" {
		return fmt.Errorf("db: %s is damaged: %s", path, verdict)
	}
	return nil
}

// Pending returns the names of the migrations that [Open] would apply to the file at path:
// none when there is no file, or no table in it yet.
func Pending(ctx context.Context, path string, migrations fs.FS) ([]string, error) {
	d, err := OpenReading(ctx, path, migrations)
	earlier := new(EarlierVersion)
	switch {
	case err == nil:
		return nil, d.Close()
	case errors.Is(err, fs.ErrNotExist), errors.As(err, &earlier) && earlier.Empty:
		return nil, nil
	case errors.As(err, &earlier):
		return earlier.Missing, nil
	}
	return nil, err
}
