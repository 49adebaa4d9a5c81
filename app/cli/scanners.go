package cli

import (
	"github.com/spf13/cobra"

	"joinery/app/member"
)

// scannersCommand prints how often links in letters were opened by programs.
func (p *program) scannersCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "scanners",
		Short: "Print how often mail scanners opened links",
		Long: `scanners prints, by day and by domain of the mailbox, how often the links in
letters were opened in another browser than the applicant's. Most of these
visits come from programs that look into mail. Domains are named only when they
belong to a common mail provider; the rest is counted together as "other".

Environment: DATA and DATABASE_URL, which name the database. They must be those
of the site.

Exit codes: 0, also when nothing was counted yet; 1 when there is no database or
it cannot be read.`,
		Example: "  joinery scanners",
		Args:    refuseArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := p.settings()
			if err != nil {
				return err
			}
			stored, err := openReading(c.Context(), cfg)
			if err != nil {
				return err
			}
			defer stored.Close()
			return member.NewStore(stored, nil).WriteLinkOpens(c.Context(), c.OutOrStdout())
		},
	}
}
