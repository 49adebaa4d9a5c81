// Joinery is a membership application that anyone can finish. Its commands
// stand in package cli; joinery help lists them.
package main

import (
	"context"
	"embed"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"joinery/app/cli"
)

//go:embed views partials static
var files embed.FS

func main() {
	log := cli.NewLog(os.Stderr)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := cli.Run(ctx, files, os.Args[1:], os.Getenv, os.Stdout, log)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "joinery:", err)
		os.Exit(1)
	}
}
