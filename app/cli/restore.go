package cli

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"joinery/app/backup"
	"joinery/app/config"
	"joinery/app/db"
	"joinery/app/draft"
)

// restoreCommand puts a backup back.
func (p *program) restoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup in the place of what is stored",
		Long: `restore puts what joinery backup has written in the place of what the site has
stored. Stop the site first: while it runs, or any other program has the
database open, restore refuses and changes nothing. It checks first that the
backup is whole, that this version knows its tables, and that the master key
opens it.

What was there is kept beside it, under a name with .replaced- and the time, and
its path is printed. Remove it when you are sure that you do not need it: it
holds personal data. People who were erased since the backup are in it again:
erase them once more.

When restore is stopped, also by a power loss, each file is the old one or the
new one, whole. Run it again.

Environment: DATA, DATABASE_URL, REDIS_URL and MASTER_KEY. They must be those of
the site.

Exit codes: 0 when the backup is in its place; 1 when the site runs, or the
backup cannot be used. Then nothing is changed.`,
		Example: "  joinery restore /mnt/backups/joinery-2026-12-01T170203Z.tar",
		Args:    oneArgument("FILE, the backup to restore"),
		RunE: func(c *cobra.Command, args []string) error {
			cfg, err := p.settings()
			if err != nil {
				return err
			}
			return p.restoreBackup(c, cfg, args[0])
		},
	}
}

func (p *program) restoreBackup(c *cobra.Command, cfg config.Config, archive string) error {
	bar := newProgress(c)
	defer bar.end()
	accept := func(f backup.File) error { return acceptBackup(c.Context(), cfg, f) }
	kept, err := backup.Restore(c.Context(), archive, placesOf(cfg), accept, p.now(), bar.step)
	bar.end()
	for _, path := range kept {
		fmt.Fprintln(c.OutOrStdout(), path)
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(c.ErrOrStderr(), "The backup is in its place. Start the site.")
	if cfg.RedisURL != "" {
		fmt.Fprintln(c.ErrOrStderr(), "Drafts are in Redis: they are as they were before. Those that began since the backup cannot be opened any more.")
	}
	return nil
}

// placesOf returns where the files of an archive go: those of drafts too, which a site
// with Redis does not read.
func placesOf(cfg config.Config) []backup.File {
	return []backup.File{{Name: "drafts.db", Path: cfg.Drafts}, {Name: "joinery.db", Path: cfg.Database}}
}

// acceptBackup returns an error unless this version of the program can use a file of a
// backup, with the master key of the site.
func acceptBackup(ctx context.Context, cfg config.Config, f backup.File) error {
	if f.Name != "joinery.db" {
		_, err := db.Pending(ctx, f.Path, draft.Migrations())
		return err
	}
	pending, err := db.Pending(ctx, f.Path, db.Migrations())
	if err != nil || slices.Contains(pending, "0017_keys.sql") { // nothing is sealed in it
		return err
	}
	file, err := db.OpenAnyVersion(ctx, f.Path)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = loadRing(ctx, cfg, file)
	return err
}

// oneArgument refuses any number of arguments of a command but one, which it names.
func oneArgument(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch len(args) {
		case 0:
			return fmt.Errorf("%s takes %s; %[1]s --help says more", c.CommandPath(), what)
		case 1:
			return nil
		}
		return atMostOneArgument(c, args)
	}
}
