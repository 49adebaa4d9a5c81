//go:build e2e

package harness

import (
	"context"
	"fmt"
	"os/exec"
	"sync"

	"github.com/chromedp/chromedp"
)

// Browser starts the Chromium of the package, without windows: it shows pages like the
// one with windows, for half the work, but asks for no icon and no manifest. Its first
// caller waits for it.
var Browser = sync.OnceValues(func() (ctx context.Context, err error) {
	path, err := exec.LookPath(Chromium)
	if err != nil {
		return nil, fmt.Errorf("these tests need %[1]s: install it, for example with apt-get install %[1]s: %w", Chromium, err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.WindowSize(1000, 900), chromedp.Flag("disable-component-update", true), chromedp.Flag("no-pings", true),
		chromedp.Flag("allow-pre-commit-input", true)) // otherwise Chromium drops clicks and keys until it has drawn a new page
	ctx, closeBrowser = chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ = chromedp.NewContext(ctx) //nolint:govet // it ends with the one above
	return ctx, chromedp.Do(ctx)
})

// Chromium is the name of the program.
const Chromium = "chromium-headless-shell"

var closeBrowser = func() {}
