package cli

import (
	"context"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"joinery/app/export"
	"joinery/app/member"
)

// A progress shows on a terminal how far a command has come.
type progress struct {
	terminal io.Writer // nil: standard error is no terminal, nothing is shown
	bar      *progressbar.ProgressBar
}

func newProgress(c *cobra.Command) *progress {
	if file, ok := c.ErrOrStderr().(*os.File); ok && isTerminal(file) {
		return &progress{terminal: file}
	}
	return new(progress)
}

// step ends the step before and shows the next, of which the size is counted in bytes, or
// is -1 when it is not known. The caller writes to the result what the step has done.
func (p *progress) step(name string, size int64) io.Writer {
	p.end()
	if p.terminal == nil {
		return io.Discard
	}
	p.bar = p.show(name, size, progressbar.OptionShowBytes(true))
	return p.bar
}

// counting shows how many members have gone by until end.
func (p *progress) counting(name string, members int, each export.Each) (shown export.Each, end func()) {
	if p.terminal == nil {
		return each, func() {}
	}
	p.bar = p.show(name, int64(members), progressbar.OptionShowCount())
	return func(ctx context.Context, do func(member.Member) error) error {
		return each(ctx, func(m member.Member) error {
			p.bar.Add(1) //nolint:errcheck // a terminal that is gone is no reason to stop
			return do(m)
		})
	}, p.end
}

func (p *progress) show(name string, size int64, options ...progressbar.Option) *progressbar.ProgressBar {
	return progressbar.NewOptions64(size, append(options,
		progressbar.OptionSetWriter(p.terminal), progressbar.OptionSetDescription(name),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())...)
}

// end takes the bar from the terminal.
func (p *progress) end() {
	if p.bar != nil {
		p.bar.Finish() //nolint:errcheck // a terminal that is gone is no reason to stop
		p.bar = nil
	}
}
