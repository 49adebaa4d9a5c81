// Package cli is the command line of Joinery: one file for each command, and
// in wire.go how the parts of the program fit together.
package cli

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"joinery/app/config"
)

// Run carries out the command that args name, by default serve, and returns
// when it is done or when ctx is. Files are the templates and static files,
// getenv is usually [os.Getenv]. What a command prints goes to out, what
// happens meanwhile to log. Help, version and completion do not call getenv.
func Run(ctx context.Context, files fs.FS, args []string, getenv func(string) string, out io.Writer, log *slog.Logger) error {
	root := (&program{files, getenv, time.Now, log}).root(out)
	root.SetArgs(append([]string{}, args...)) // with nil, cobra would read os.Args
	return root.ExecuteContext(ctx)
}

// A program is what the commands share.
type program struct {
	embedded fs.FS
	getenv   func(string) string
	now      func() time.Time
	log      *slog.Logger
}

// root returns the command line with all its commands.
func (p *program) root(out io.Writer) *cobra.Command {
	serve := p.serveCommand()
	root := &cobra.Command{
		Use:   "joinery",
		Short: "A membership application that anyone can finish",
		Long: `Joinery is a membership application that anyone can finish. Without a command
it runs the site, as joinery serve does.

Environment: Joinery reads its settings from environment variables. Each has a
default that works on a laptop. docs/operations.md lists them all, and joinery
check says which of them are wrong.

Exit codes: 0 when a command has done what it is for, 1 when it has not. The
reason stands on standard error.`,
		Example: `  joinery
  BASE_URL=https://join.example.org DATA=/var/lib/joinery joinery serve
  joinery members --format csv > members.csv`,
		Version:                    versionLine(),
		Args:                       refuseCommands,
		RunE:                       serve.RunE,
		SilenceErrors:              true, // the caller of Run prints the error
		SilenceUsage:               true,
		SuggestionsMinimumDistance: 2,
	}
	root.SetOut(out)
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetFlagErrorFunc(refuseFlag)
	root.AddCommand(
		serve,
		p.membersCommand(),
		p.consentsCommand(),
		p.findCommand(),
		p.waitingCommand(),
		p.showCommand(),
		p.exportCommand(),
		p.eraseCommand(),
		p.changeAddressCommand(),
		p.scannersCommand(),
		p.mailCommand(),
		p.checkCommand(),
		p.backupCommand(),
		p.restoreCommand(),
		p.keysCommand(),
		versionCommand(),
	)
	root.SetHelpCommand(helpCommand())
	completeStrictly(root)
	return root
}

// refuseCommands refuses every argument of root: arguments that remain there
// are names of commands that do not exist.
func refuseCommands(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if similar := root.SuggestionsFor(args[0]); len(similar) > 0 {
		return fmt.Errorf("there is no command %q; did you mean %s?", args[0], strings.Join(similar, " or "))
	}
	return fmt.Errorf("there is no command %q; joinery help lists the commands", args[0])
}

// refuseArguments refuses every argument of a command that takes none.
func refuseArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("%s takes no argument %q; %[1]s --help says what it takes", c.CommandPath(), args[0])
}

// refuseFlag adds to the error about a flag where the flags are explained.
func refuseFlag(c *cobra.Command, err error) error {
	return fmt.Errorf("%w; %s --help lists the flags", err, c.CommandPath())
}

// settings reads the configuration.
func (p *program) settings() (config.Config, error) {
	cfg, err := config.Load(p.getenv)
	if err != nil {
		return cfg, fmt.Errorf("the configuration has mistakes:\n%w", err)
	}
	return cfg, nil
}

// files returns the templates and static files: those in the program or, for
// development, those in the working directory.
func (p *program) files(cfg config.Config) fs.FS {
	if cfg.Dev {
		return os.DirFS(".")
	}
	return p.embedded
}
