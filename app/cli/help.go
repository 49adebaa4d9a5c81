package cli

import "github.com/spf13/cobra"

// helpCommand explains a command, and refuses the name of one that does not
// exist.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Explain a command",
		Long: `help explains a command: what it does, its flags, the environment it reads and
its exit codes. Without the name of a command it lists the commands.

Environment: none is read.

Exit codes: 0, or 1 when there is no such command.`,
		Example: "  joinery help members",
		ValidArgsFunction: func(c *cobra.Command, args []string, _ string) (names []string, _ cobra.ShellCompDirective) {
			parent, _, _ := c.Root().Find(args)
			for _, child := range parent.Commands() {
				names = append(names, cobra.CompletionWithDesc(child.Name(), child.Short))
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			explained, rest, err := c.Root().Find(args)
			if err != nil {
				return err
			}
			if len(rest) > 0 {
				return refuseCommands(explained, rest)
			}
			explained.InitDefaultHelpFlag() // for help to list these flags
			explained.InitDefaultVersionFlag()
			return explained.Help()
		},
	}
}

// completeStrictly adds cobra's command completion to root, and has it refuse
// shells that it does not know: by itself it would print its help.
func completeStrictly(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	completion, _, _ := root.Find([]string{"completion"})
	completion.Short = "Print a script that completes commands in a shell"
	completion.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
}
