package cli

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

// version is the version of the program. The Makefile sets it by -ldflags.
var version = "development"

// versionLine returns the version with the Go release and the platform of the
// build.
func versionLine() string {
	return fmt.Sprintf("joinery %s (%s, %s/%s)", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// versionCommand prints the version.
func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Long: `version prints the version of Joinery, the version of Go that built it, and the
platform it was built for. joinery --version prints the same.

Environment: none is read.

Exit codes: 0.`,
		Example: "  joinery version",
		Args:    refuseArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(c.OutOrStdout(), versionLine())
			return err
		},
	}
}
