package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"joinery/app/seal"
)

// keysCommand groups the commands about keys.
func (p *program) keysCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "keys",
		Short: "Change the keys that seal what is stored",
		Long: `keys has one command: keys rotate.

Environment: that of keys rotate.

Exit codes: 0 when the command has done what it is for, 1 when it has not.`,
		Example: "  joinery keys rotate",
		Args:    refuseArguments,
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.keysRotateCommand())
	return c
}

func (p *program) keysRotateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rotate",
		Short: "Make a new master key and a new key for data",
		Long: `rotate puts a new master key before the old ones in DATA/master.key, seals the
keys in the database with it, and adds a key that seals from then on. What was
sealed before stays readable. The site may run meanwhile, and uses the new keys
after its next start. Copy DATA/master.key to where you keep it. Backups that
were made before need an old line of that file: keep these lines as long.

With MASTER_KEY, do it in two steps, as the file is not used: put a new key, 32
random bytes in base64, before the old one in MASTER_KEY, with a comma between
them, then run this command.

Environment: DATA, DATABASE_URL and MASTER_KEY. They must be those of the site.

Exit codes: 0 when the new keys are in use; 1 when nothing is changed.`,
		Example: "  joinery keys rotate",
		Args:    refuseArguments,
		RunE:    func(c *cobra.Command, _ []string) error { return p.rotateKeys(c) },
	}
}

func (p *program) rotateKeys(c *cobra.Command) error {
	cfg, err := p.settings()
	if err != nil {
		return err
	}
	file, _, err := openWriting(c.Context(), cfg)
	if err != nil {
		return err
	}
	defer file.Close()
	masters := seal.FromFile(cfg.MasterKeyFile)
	if cfg.MasterKey != "" {
		masters = seal.Given(string(cfg.MasterKey))
		if keys, err := masters(); err != nil || len(keys) < 2 {
			return errors.Join(errors.New("MASTER_KEY has one key: put a new one before it, with a comma between them (openssl rand -base64 32 makes one), and run this again"), err)
		}
	} else if err := seal.AddToFile(cfg.MasterKeyFile); err != nil {
		return err
	}
	if err := seal.Rotate(c.Context(), file, masters, p.now()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.OutOrStdout(), "The new keys are in use. Keep a copy of %s; old keys in it are needed for backups that were made before.\n", masterKeyPlace(cfg))
	return err
}
