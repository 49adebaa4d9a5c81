package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"joinery/app/config"
	"joinery/app/confirm"
	"joinery/app/db"
	"joinery/app/draft"
)

// checkData writes to out what is to know of the folder of the site and of its files, and
// creates nothing there. It returns the configuration with which the rest is checked: where
// a file has no tables yet, or those of an earlier version, it names other files, in a
// folder that done removes.
func (p *program) checkData(ctx context.Context, cfg config.Config, out io.Writer) (checked config.Config, done func(), err error) {
	done = func() {}
	checkTimes(p.getenv("TZ"), cfg, out)
	checkSpace(cfg.Data, out)
	checkOwner(cfg, out)
	checkFormer(ctx, cfg, out)
	pending, err := pendingMigrations(ctx, cfg)
	if err := errors.Join(err, checkChangedForm(ctx, cfg, pending), checkBackupsBefore(cfg, out)); err != nil {
		return cfg, done, err
	}
	members, drafts := begun(ctx, cfg.Database, db.Migrations()), begun(ctx, cfg.Drafts, draft.Migrations())
	switch {
	case !members:
		fmt.Fprintf(out, "no database at %s yet: the first start of the site makes it\n", cfg.Database)
	case len(pending) > 0:
		fmt.Fprintf(out, "the start of this version changes the tables, after a backup: %s\n", strings.Join(pending, ", "))
		sayWhereHeadIs(pending, out)
	case !drafts && cfg.RedisURL == "":
		fmt.Fprintf(out, "no drafts at %s yet: the next start of the site makes the file\n", cfg.Drafts)
	default:
		return cfg, done, nil
	}
	dir, err := os.MkdirTemp("", "joinery-check-")
	if err != nil {
		return cfg, done, err
	}
	cfg.Drafts = filepath.Join(dir, "drafts.db")
	if !members || len(pending) > 0 {
		cfg.Database, cfg.MasterKeyFile = filepath.Join(dir, "joinery.db"), filepath.Join(dir, "master.key")
	}
	return cfg, func() { os.RemoveAll(dir) }, mayWrite(existing(cfg.Data))
}

// checkChangedForm is refuseChangedForm, but for a form that cannot be read: Open reports it,
// beside all else that is wrong.
func checkChangedForm(ctx context.Context, cfg config.Config, pending []string) error {
	if _, err := readForm(cfg); err != nil {
		return nil
	}
	return refuseChangedForm(ctx, cfg, pending)
}

// sayWhereHeadIs says how to learn the head of the chain of consents before an upgrade, if
// the version that runs has a chain. This version cannot read it yet.
func sayWhereHeadIs(pending []string, out io.Writer) {
	if !slices.Contains(pending, "0020_consent_chain.sql") {
		fmt.Fprintln(out, "the chain of consents is read once the tables are those of this version: note its head with joinery consents verify of the version that runs")
	}
}

// begun reports whether a start of the site, of any version, has made the tables of a file.
func begun(ctx context.Context, path string, migrations fs.FS) bool {
	file, err := db.OpenReading(ctx, path, migrations)
	if err == nil {
		file.Close()
		return true
	}
	earlier := new(db.EarlierVersion)
	return errors.As(err, &earlier) && !earlier.Empty
}

// checkTimes says by which clocks times are told, and how long what is kept.
func checkTimes(tz string, cfg config.Config, out io.Writer) {
	if tz != "" {
		fmt.Fprintf(out, "TZ has no effect on the times that people read: they are those of TIME_ZONE, %s\n", cfg.Zone)
	}
	fmt.Fprintf(out, "kept: drafts %s after their last save; applications that wait %s; former answers %s; new addresses that are not confirmed %s; letters that have ended, a week; "+
		"what is known of ended applications and changes of address, without answers and addresses, a year; the proof of consents of those who left %s; members until they are erased\n",
		days(cfg.DraftTTL), days(cfg.WaitingTTL), days(confirm.KeepFormer), days(confirm.AddressTTL), days(cfg.ConsentKeep))
}

// days tells a time in days.
func days(d time.Duration) string {
	if n := d.Hours() / 24; n != 1 {
		return fmt.Sprintf("%g days", n)
	}
	return "1 day"
}

// lowSpace is how many bytes free are few.
const lowSpace = 1 << 30

// checkSpace says how much is free on the disk of a folder.
func checkSpace(folder string, out io.Writer) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(existing(folder), &disk); err != nil {
		fmt.Fprintf(out, "nobody knows how much is free in %s: %v\n", folder, err)
		return
	}
	free, all := disk.Bavail*uint64(disk.Bsize), disk.Blocks*uint64(disk.Bsize)
	said := "ok"
	if free < lowSpace || free < all/10 {
		said = "warning"
	}
	fmt.Fprintf(out, "%s: %d MB of %d are free in %s\n", said, free>>20, all>>20, folder)
}

// existing returns the folder, or the nearest one above it that exists.
func existing(folder string) string {
	for {
		if _, err := os.Stat(folder); err == nil || folder == filepath.Dir(folder) {
			return folder
		}
		folder = filepath.Dir(folder)
	}
}

// checkOwner warns when this user is not the one whose files the site has.
func checkOwner(cfg config.Config, out io.Writer) {
	for _, path := range []string{cfg.Database, cfg.Drafts, cfg.MasterKeyFile, cfg.Data} {
		info, err := os.Stat(path)
		if err != nil {
			continue
		}
		if owner, ok := info.Sys().(*syscall.Stat_t); ok && int(owner.Uid) != os.Geteuid() {
			fmt.Fprintf(out, "warning: %s belongs to the user %d, and this is the user %d: run check, and the site, as the same user\n", path, owner.Uid, os.Geteuid())
		}
	}
}

// mayWrite returns an error unless this user can write to a folder.
func mayWrite(folder string) error {
	const write = 2 // as access(2) calls it
	if err := syscall.Access(folder, write); err != nil {
		return fmt.Errorf("nothing can be saved in %s: %w", folder, err)
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return errors.Join(fmt.Errorf("nothing can be saved in %s: it is not a directory", folder), err)
	}
	return nil
}
