//go:build e2e

package harness

import (
	"context"
	"fmt"
	"os/exec"
	"sync"

	"github.com/chromedp/chromedp"
)

// Browser starts the Chromium of the package. Its first caller waits for it.
var Browser = sync.OnceValues(func() (ctx context.Context, err error) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		return nil, fmt.Errorf("these tests need chromium: install it, for example with apt-get install chromium: %w", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.WindowSize(1000, 900), chromedp.Flag("disable-component-update", true), chromedp.Flag("no-pings", true))
	ctx, closeBrowser = chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ = chromedp.NewContext(ctx) //nolint:govet // it ends with the one above
	return ctx, chromedp.Do(ctx)
})

var closeBrowser = func() {}
