package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"joinery/app/backup"
	"joinery/app/config"
)

// backupCommand writes a backup.
func (p *program) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup [DIR]",
		Short: "Write a backup of members, applications, mail and drafts",
		Long: `backup writes all that the site has stored to one file in the folder DIR, by
default DATA/backups, and prints its path. Its name tells the time, in UTC. The
site may run meanwhile. The file appears when it is whole and verified, and only
this user can read it. It holds personal data: guard it, and remove it when it
is not needed any more.

It does not hold the master key, DATA/master.key or MASTER_KEY. Keep a copy of
that elsewhere: without it, a backup cannot be used. Drafts in Redis are not in
it either.

Environment: DATA, DATABASE_URL and REDIS_URL. They must be those of the site.

Exit codes: 0 when the backup is written; 1 when there is no database, or it
cannot be read, or the folder cannot be written. No part of a backup is left.`,
		Example: `  joinery backup
  joinery backup /mnt/backups`,
		Args: atMostOneArgument,
		RunE: func(c *cobra.Command, args []string) error {
			cfg, err := p.settings()
			if err != nil {
				return err
			}
			dir := cfg.Backups
			if len(args) > 0 {
				dir = args[0]
			}
			return p.writeBackup(c, cfg, dir)
		},
	}
}

func (p *program) writeBackup(c *cobra.Command, cfg config.Config, dir string) error {
	bar := newProgress(c)
	defer bar.end()
	path, err := backup.Write(c.Context(), dir, backup.Name(p.now()), siteFiles(cfg), bar.step)
	if err != nil {
		return err
	}
	bar.end()
	fmt.Fprintln(c.OutOrStdout(), path)
	fmt.Fprintf(c.ErrOrStderr(), "The master key is not in it (%s): keep a copy of it elsewhere.\n", masterKeyPlace(cfg))
	if cfg.RedisURL != "" {
		fmt.Fprintln(c.ErrOrStderr(), "Drafts are in Redis, and not in it.")
	}
	return nil
}

// siteFiles returns the SQLite files of a site.
func siteFiles(cfg config.Config) []backup.File {
	members := backup.File{Name: "joinery.db", Path: cfg.Database}
	if cfg.RedisURL != "" {
		return []backup.File{members}
	}
	return []backup.File{{Name: "drafts.db", Path: cfg.Drafts}, members}
}

// masterKeyPlace says where the master key is.
func masterKeyPlace(cfg config.Config) string {
	if cfg.MasterKey != "" {
		return "MASTER_KEY"
	}
	return cfg.MasterKeyFile
}

// atMostOneArgument refuses a second argument of a command.
func atMostOneArgument(c *cobra.Command, args []string) error {
	if len(args) <= 1 {
		return nil
	}
	return fmt.Errorf("%s takes one argument, not also %q; %[1]s --help says what it takes", c.CommandPath(), args[1])
}
